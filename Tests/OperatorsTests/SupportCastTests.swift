import GraphIR
import Tensors
import Testing

@testable import Operators

@Suite struct SupportCastTests {
  static let types = DataType.allCases.filter { $0 != .string }

  @Test(arguments: types)
  func agreesWithTensorsConversion(_ source: DataType) throws {
    let numbers = Tensor([0, 1, 0.5, 2.75, 3, 99.5, 100, 127, 64.25, 12, 13.5, 14, 15, 16, 17, 18])
    let signed = Tensor([-1, -0.5, -2.75, -128, -100.5, 0, -0.0, 1])
    for target in Self.types {
      for input in try [numbers.converted(to: source), signed.converted(to: source)] {
        // Out of range, the fraction of a negative number's conversion aside, they may differ.
        if source.isFloatingPoint, !isSigned(target), input.dimensions == [8] { continue }
        let result = try cast(input, to: target)
        #expect(try result == input.converted(to: target), "\(source) to \(target)")
      }
    }
  }

  @Test func numbersOutOfRange() throws {
    let input = Tensor([Double.nan, .infinity, -.infinity, 3e9, -3e9, 1e19, -1e19, 300, -1, -0.5])
    for source in [DataType.float32, .float64] {
      let numbers = try input.converted(to: source)
      #expect(
        try cast(numbers, to: .int32).elements(as: Int32.self)
          == [.min, .min, .min, .min, .min, .min, .min, 300, -1, 0])
      #expect(
        try cast(numbers, to: .int64).elements(as: Int64.self)
          == [.min, .min, .min, 3_000_000_000, -3_000_000_000, .min, .min, 300, -1, 0])
      #expect(
        try cast(numbers, to: .uint8).elements(as: UInt8.self)
          == [0, 255, 0, 255, 0, 255, 0, 255, 0, 0])
      #expect(
        try cast(numbers, to: .bool).elements(as: Bool.self)
          == [true, true, true, true, true, true, true, true, true, true])
    }
  }

  @Test func anyByteButZeroIsTrue() throws {
    let truths = try [UInt8(0), 1, 2, 255].withUnsafeBytes {
      try Tensor(viewing: $0, dataType: .bool, dimensions: [4]) {}
        .withUnsafeBytes { bytes in
          try Tensor(uninitialized: .bool, dimensions: [4]) { $0.copyMemory(from: bytes) }
        }
    }
    #expect(try cast(truths, to: .float32).elements(as: Float.self) == [0, 1, 1, 1])
    #expect(try cast(truths, to: .int64).elements(as: Int64.self) == [0, 1, 1, 1])
  }

  private func isSigned(_ type: DataType) -> Bool {
    type.isFloatingPoint || [.int8, .int16, .int32, .int64].contains(type)
  }

  private func cast(_ input: Tensor, to type: DataType) throws -> Tensor {
    try runKernel(Cast(to: type), [input], outputs: [TensorType(type, input.shape)])[0]
  }
}
