import Testing

@testable import Tensors

@Suite("Conversion")
struct ConversionTests {
  private func convert<Source: FixedSizeElement, Target: FixedSizeElement>(
    _ values: [Source], to type: Target.Type
  ) throws -> [Target] {
    try Tensor(values).converted(to: Target.dataType).elements(as: type)
  }

  @Test("Floating point becomes integers toward zero, within their range")
  func floatToInteger() throws {
    let values: [Double] = [1.9, -1.9, 0.5, -0.5, 1e300, -1e300, .infinity, -.infinity, .nan]
    #expect(try convert(values, to: Int32.self) == [1, -1, 0, 0, .max, .min, .max, .min, 0])
    #expect(try convert(values, to: Int64.self) == [1, -1, 0, 0, .max, .min, .max, .min, 0])
    #expect(try convert(values, to: UInt8.self) == [1, 0, 0, 0, 255, 0, 255, 0, 0])
    #expect(try convert(values, to: UInt64.self) == [1, 0, 0, 0, .max, 0, .max, 0, 0])
    #expect(try convert(values.map { Float($0) }, to: Int8.self).suffix(3) == [127, -128, 0])
    let edges: [Double] = [127.9, 128, -128.9, -129, 0x1p63, 0x1.fffffffffffffp62, 0x1p64]
    #expect(try convert(edges, to: Int8.self) == [127, 127, -128, -128, 127, 127, 127])
    #expect(try convert(edges, to: Int64.self)[4...] == [.max, 9_223_372_036_854_774_784, .max])
    #expect(
      try convert(edges, to: UInt64.self)[4...] == [1 << 63, 9_223_372_036_854_774_784, .max])
    #expect(try convert([Float16(65504), -1.5], to: Int16.self) == [.max, -1])
    #expect(try convert([BFloat16(-3.5), BFloat16(200)], to: UInt8.self) == [0, 200])
  }

  @Test("Integers keep their low bits")
  func integerToInteger() throws {
    #expect(try convert([300, -1, -129] as [Int32], to: UInt8.self) == [44, 255, 127])
    #expect(try convert([300, -1, -129] as [Int64], to: Int8.self) == [44, -1, 127])
    #expect(try convert([UInt64.max, 1 << 63], to: Int64.self) == [-1, .min])
    #expect(try convert([Int8(-1)], to: UInt64.self) == [.max])
    #expect(try convert([UInt8(255)], to: Int8.self) == [-1])
  }

  @Test("Everything but 0 is true, and true is 1")
  func booleans() throws {
    #expect(
      try convert([0, -0.0, .nan, 1e-300, -2], to: Bool.self) == [false, false, true, true, true])
    #expect(try convert([0, 256] as [Int32], to: Bool.self) == [false, true])
    #expect(try convert([true, false], to: Float16.self) == [1, 0])
    #expect(try convert([true, false], to: Int64.self) == [1, 0])
    let odd = try Tensor(uninitialized: .bool, dimensions: [3]) { $0.copyBytes(from: [0, 2, 255]) }
    #expect(try odd.elements(as: Bool.self) == [false, true, true])
    #expect(try odd.converted(to: .int32) == Tensor([0, 1, 1] as [Int32]))
    #expect(odd.json() == "[false, true, true]")
  }

  @Test("Numbers are rounded once, to the nearest, ties to even")
  func rounding() throws {
    #expect(
      try convert([16_777_217, 16_777_219] as [Int64], to: Float.self) == [16_777_216, 16_777_220])
    #expect(try convert([UInt64.max], to: Float.self) == [0x1p64])
    #expect(try convert([1e300, -1e300], to: Float.self) == [.infinity, -.infinity])
    // The tie of the shorter type with a little more, which passing through Float would lose.
    #expect(try convert([0x1.002p0 + 0x1p-40], to: Float16.self) == [0x1.004p0])
    #expect(try convert([65519.99, 65520], to: Float16.self) == [65504, .infinity])
    #expect(
      try convert([Int64(65519), 65520, .max], to: Float16.self) == [65504, .infinity, .infinity])
    let brain = try convert([0x1.01p0 + 0x1p-40, 0x1.01p0, 0x1.03p0], to: BFloat16.self)
    #expect(brain.map(\.floatValue) == [0x1.02p0, 1, 0x1.04p0])
    let large: [Int64] = [(0x101 << 54) + 1, 0x101 << 54, -(0x101 << 54) - 1]
    #expect(
      try convert(large, to: BFloat16.self).map(\.floatValue) == [0x1.02p62, 0x1p62, -0x1.02p62])
    let extremes = try convert([.nan, .infinity, 3.4e38, 1e300, -1e300, 1e-45], to: BFloat16.self)
    #expect(extremes[0].floatValue.isNaN)
    #expect(
      extremes.dropFirst().map(\.floatValue) == [.infinity, .infinity, .infinity, -.infinity, 0])
  }

  @Test("Random numbers become the nearest BFloat16")
  func nearestBrainFloat() throws {
    var random = SplitMix(seed: 3)
    for _ in 0..<20_000 {
      let low = BFloat16(bitPattern: UInt16.random(in: 0..<0x7F7F, using: &random))
      let high = BFloat16(bitPattern: low.bitPattern + 1)
      let (below, above) = (low.double, high.double)
      let middle = below / 2 + above / 2
      let even = low.bitPattern % 2 == 0 ? low : high
      #expect(BFloat16(narrowing: middle) == even)
      #expect(BFloat16(narrowing: middle.nextUp) == high)
      #expect(BFloat16(narrowing: middle.nextDown) == low)
      #expect(BFloat16(narrowing: -middle.nextUp).double == -above)
      #expect(BFloat16(narrowing: below) == low)
    }
  }

  @Test("Every pair of types but those with String converts")
  func allPairs() throws {
    for source in DataType.allCases {
      for target in DataType.allCases {
        let tensor = try Tensor(zeros: source, dimensions: [2, 3])
        if (source == .string) == (target == .string) {
          #expect(try tensor.converted(to: target) == Tensor(zeros: target, dimensions: [2, 3]))
        } else {
          let text = message { _ = try tensor.converted(to: target) }
          #expect(text.contains("\(source)[2, 3]") && text.contains("\(target)"))
        }
        if source.isNumeric, target.isNumeric || target == .bool {
          let ones = try Tensor([1, 1] as [Int8]).converted(to: source)
          #expect(try ones.converted(to: target).converted(to: .int64) == Tensor([1, 1]))
        }
      }
    }
  }

  @Test("A conversion to the same type shares the memory and is no literal")
  func sameType() throws {
    let tensor: Tensor = [1.5, 2.5]
    let same = try tensor.converted(to: .float64)
    #expect(same.memoryIdentity == tensor.memoryIdentity)
    #expect(!same.isLiteral)
  }
}
