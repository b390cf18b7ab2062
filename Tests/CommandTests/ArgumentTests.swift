import StaticGraph
import Testing

@testable import CommandLineSupport

/// What `--feed` understands, and what it says of the rest.
@Suite struct FeedArgumentTests {
  private func feed(_ text: String, _ type: TensorType = TensorType(.float32, .unknown)) throws
    -> Tensor
  {
    try FeedArgument.tensor(text, for: "x", type: type, seed: 1)
  }

  private func told(_ text: String, _ type: TensorType = TensorType(.float32, .unknown)) -> String {
    do {
      return "\(try feed(text, type))"
    } catch {
      return (error as? GraphError)?.diagnostics[0].message ?? "\(error)"
    }
  }

  @Test func numbersAndLists() throws {
    #expect(try feed("1.5") == Tensor([Float(1.5)]).reshaped(to: []))
    #expect(try feed("-2e3", TensorType(.float64)).scalar(as: Double.self) == -2000)
    #expect(try feed("[[1, 2], [3, 4]]").dimensions == [2, 2])
    #expect(try feed("[]").dimensions == [0])
    #expect(
      try feed("[true, false]", TensorType(.bool, [2])).elements(as: Bool.self) == [true, false])
    #expect(try feed("nan").scalar(as: Float.self).isNaN)
  }

  @Test func filled() throws {
    #expect(try feed("zeros", TensorType(.int32, [2])).elements(as: Int32.self) == [0, 0])
    #expect(try feed("ones:2x3").elements(as: Float.self) == Array(repeating: 1, count: 6))
    let random = try feed("random:10000", TensorType(.float64, [nil])).elements(as: Double.self)
    let mean = random.reduce(0, +) / 10_000
    let variance = random.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10_000
    #expect(abs(mean) < 0.05)
    #expect(abs(variance - 1) < 0.05)
  }

  @Test func whatIsWrongIsTold() {
    #expect(
      told("1.5", TensorType(.int32))
        == "feed 'x': 1.5 is not a value of Int32, which holds -2147483648 through 2147483647")
    #expect(
      told("[1, 2") == "feed 'x': ']' was expected at column 6, but there is the end")
    #expect(
      told("[1; 2]")
        == "feed 'x': a number, true, false, \"text\" or a list was expected at column 2,"
        + " but there is '1; 2]'")
    #expect(
      told("cat")
        == "feed 'x': a number, true, false, \"text\" or a list was expected at column 1,"
        + " but there is 'cat'")
    #expect(
      told("random")
        == "feed 'x': Float32[*] leaves sizes open: write random:2x3 with the sizes wanted")
    #expect(
      told("zeros:2x4", TensorType(.float32, [nil, 3]))
        == "feed 'x': sizes 2x4 do not fit Float32[?, 3]")
    #expect(told("zeros:2xx") == "feed 'x': '2xx' is no list of sizes such as 2x3")
    #expect(told("@cat.txt") == "feed 'x': 'cat.txt' is neither a .npy nor a .npz file")
    #expect(
      told(String(repeating: "[", count: 100_000)) == "feed 'x': lists stand more than 32 deep")
  }

  @Test func namesOfAnOption() {
    #expect(names(in: ["y, dydx", "a,,b "]) == ["y", "dydx", "a", "b"])
    #expect(names(in: [" ,"]) == [])
  }

  @Test func namesOfClassesAreForScores() throws {
    func told(_ arguments: [String]) -> String {
      do {
        _ = try GraphrunCommand.Run.parse(["model.pb", "--labels", "names.txt"] + arguments)
        return "nothing"
      } catch { return GraphrunCommand.Run.message(for: error) }
    }
    #expect(told([]).hasPrefix("--labels names the classes that --top prints"))
    #expect(told(["--feed", "x=1"]).hasPrefix("--labels names"))
    #expect(told(["--top", "5"]) == "nothing")
    #expect(told(["--feed", "class=tarantula"]) == "nothing")
  }

  @Test func resultsAreAligned() throws {
    let results = [
      (name: "y", tensor: Tensor([-3.0000000000000004]).self),
      (name: "dydx", tensor: [[1, 2], [3, 4]]),
    ]
    #expect(
      ResultPrinter.text([(name: "y", tensor: try Tensor([-3.0]).reshaped(to: [])), results[1]])
        == """
        y    = -3.0
        dydx = [[1 2]
                [3 4]]
        """)
    #expect(
      ResultPrinter.json([(name: "a \"b\"", tensor: [1.5, .init([Double.nan]).first])])
        == #"{"a \"b\"": [1.5, "NaN"]}"#)
  }
}

extension Tensor {
  /// The only element as a scalar.
  fileprivate var first: Tensor { try! reshaped(to: []) }
}
