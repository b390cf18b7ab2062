import Testing

@testable import Tensors

@Suite("Literals")
struct LiteralTests {
  @Test("A literal is Int64, Float64, Bool or String")
  func kinds() throws {
    let integer: Tensor = -3
    let float: Tensor = 1.5
    let boolean: Tensor = true
    let text: Tensor = "a"
    #expect(try integer.scalar(as: Int.self) == -3)
    #expect(try float.scalar(as: Double.self) == 1.5)
    #expect(try boolean.scalar(as: Bool.self))
    #expect(try text.strings() == [[0x61]])
    for tensor in [integer, float, boolean, text] {
      #expect(tensor.isLiteral)
      #expect(tensor.literalError == nil)
      #expect(tensor.dimensions == [])
    }
  }

  @Test("Lists nest, and mixed numbers are Float64")
  func lists() throws {
    let matrix: Tensor = [[1, 2, 3], [-4, 5.5, 6]]
    #expect(matrix.type == TensorType(.float64, [2, 3]))
    #expect(try matrix.elements(as: Double.self) == [1, 2, 3, -4, 5.5, 6])
    #expect(matrix.isLiteral)
    let words: Tensor = [["a", "b"], ["c", "d"]]
    #expect(words.type == TensorType(.string, [2, 2]))
    let flags: Tensor = [true, false]
    #expect(try flags.elements(as: Bool.self) == [true, false])
    let empty: Tensor = []
    #expect(empty.type == TensorType(.float64, [0]))
    let twoEmpty: Tensor = [[], []]
    #expect(twoEmpty.type == TensorType(.float64, [2, 0]))
  }

  @Test("A list that is no tensor keeps its error and throws it everywhere")
  func invalid() throws {
    let ragged: Tensor = [[1, 2], [3]]
    let error = try #require(ragged.literalError)
    #expect(error.description.contains("part 0 is [2], part 1 is [1]"))
    #expect(ragged.isLiteral)
    let deeper: Tensor = [1, [2]]
    #expect(deeper.literalError != nil)
    let mixed: Tensor = [1, true]
    #expect(mixed.literalError?.description == "a list mixes Int64 and Bool")
    let words: Tensor = ["a", 1]
    #expect(words.literalError?.description == "a list mixes String and Int64")
    let outer: Tensor = [[[1, 2], [3]]]
    #expect(outer.literalError == error)

    #expect(throws: error) { try ragged.elements(as: Double.self) }
    #expect(throws: error) { try ragged.scalar(as: Double.self) }
    #expect(throws: error) { try ragged.strings() }
    #expect(throws: error) { try ragged.adopting(.float64) }
    #expect(throws: error) { try ragged.converted(to: .float32) }
    #expect(throws: error) { try ragged.reshaped(to: [0, 1]) }
    #expect(throws: error) { try ragged.npy() }
    #expect(ragged != [])
  }

  @Test("Tensors in a list are stacked, and literals among them adopt their type")
  func stacking() throws {
    let row = Tensor([1, 2] as [Float])
    let matrix: Tensor = [row, [3, 4.5]]
    #expect(matrix.type == TensorType(.float32, [2, 2]))
    #expect(!matrix.isLiteral)
    #expect(try matrix.elements(as: Float.self) == [1, 2, 3, 4.5])
    let wrong: Tensor = [row, Tensor([1, 2] as [Int32])]
    #expect(wrong.literalError?.description == "a list mixes Float32 and Int32")
    let unfit: Tensor = [Tensor([1, 2] as [UInt8]), [1, 300]]
    #expect(unfit.literalError?.description.contains("300 at [1]") == true)
    #expect(message { _ = try Tensor(stacking: [row, 1]) }.contains("part 1 is []"))
  }

  @Test("Nested arrays become tensors unless they are ragged")
  func nestedArrays() throws {
    let rows: [[Float]] = [[1, 2, 3], [4, 5, 6]]
    #expect(try Tensor(rows).type == TensorType(.float32, [2, 3]))
    let cube = [rows, rows]
    #expect(try Tensor(cube).type == TensorType(.float32, [2, 2, 3]))
    #expect(try Tensor([cube]).type == TensorType(.float32, [1, 2, 2, 3]))
    #expect(try Tensor([cube]).elements(as: Float.self) == [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6])
    #expect(try Tensor([["a"], ["b"]] as [[String]]).dimensions == [2, 1])
    #expect(try Tensor([] as [[Int32]]).dimensions == [0, 0])
    #expect(try !Tensor(rows).isLiteral)
    #expect(
      message { _ = try Tensor([[1, 2], [3]] as [[Int]]) }
        == "the lists differ in length: list 0 holds 2 elements, list 1 holds 1")
    #expect(throws: TensorError.self) { try Tensor([[[1], [2]], [[3]]] as [[[Int]]]) }
    #expect(throws: TensorError.self) { try Tensor([[[[1, 2]]], [[[1]]]] as [[[[Int]]]]) }
  }

  @Test("A literal adopts a type that holds its values")
  func adopting() throws {
    let numbers: Tensor = [1, 2, 255]
    #expect(try numbers.adopting(.uint8) == Tensor([1, 2, 255] as [UInt8]))
    #expect(try numbers.adopting(.float32) == Tensor([1, 2, 255] as [Float]))
    #expect(try !numbers.adopting(.int64).isLiteral)
    #expect(try Tensor(2.0).asLiteral().adopting(.int32) == Tensor(Int32(2)))
    #expect(try (0.1 as Tensor).adopting(.float32) == Tensor(Float(0.1)))
    #expect(try (-0.0 as Tensor).adopting(.int8) == Tensor(Int8(0)))
    let infinite: Tensor = [.init(floatLiteral: .infinity), .init(floatLiteral: .nan)]
    #expect(try infinite.adopting(.float16).elements(as: Float16.self)[0] == .infinity)
    #expect(try ([] as Tensor).adopting(.string).type == TensorType(.string, [0]))
    #expect(try ([[], []] as Tensor).adopting(.bool).type == TensorType(.bool, [2, 0]))
    #expect(
      try (9_007_199_254_740_993 as Tensor).adopting(.uint64)
        == Tensor(UInt64(9_007_199_254_740_993)))
  }

  @Test("A value that does not fit is named with its place and the type")
  func misfits() {
    func refusal(_ tensor: Tensor, _ type: DataType) -> String {
      message { _ = try tensor.adopting(type) }
    }
    #expect(
      refusal(1.5, .int32)
        == "1.5 is not a value of Int32, which holds -2147483648 through 2147483647")
    #expect(
      refusal([[1, 2], [3, 300]], .uint8)
        == "300 at [1, 1] is not a value of UInt8, which holds 0 through 255")
    #expect(refusal(-1, .uint64).hasPrefix("-1 is not a value of UInt64"))
    #expect(refusal(9_223_372_036_854_775_808.0, .int64).contains("is not a value of Int64"))
    #expect(refusal([Tensor(floatLiteral: .nan)], .int8).hasPrefix("nan at [0]"))
    #expect(refusal(1e39, .float32) == "1.0e+39 is not a value of Float32")
    #expect(refusal(70_000, .float16) == "70000 is not a value of Float16")
    #expect(refusal("abc", .float32) == "'abc' is not a value of Float32")
    #expect(refusal(["a", "b"], .int32) == "'a' at [0] is not a value of Int32")
    #expect(refusal(true, .float32) == "true is not a value of Float32")
    #expect(refusal(1, .bool) == "1 is not a value of Bool")
    #expect(refusal(1, .string) == "1 is not a value of String")
  }

  @Test("What is no literal is not converted")
  func strictness() throws {
    let tensor = Tensor([1, 2] as [Float])
    #expect(try tensor.adopting(.float32) == tensor)
    let text = message { _ = try tensor.adopting(.float64) }
    #expect(text.contains("Float32") && text.contains("Float64"))
  }
}
