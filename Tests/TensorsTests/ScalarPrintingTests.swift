import Foundation
import Testing

@testable import Tensors

func expect(
  _ tensor: Tensor, prints text: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(tensor.description == text, sourceLocation: sourceLocation)
}

@Suite("Printing single values, and as JSON")
struct ScalarPrintingTests {
  @Test("A scalar has up to 8 significant digits")
  func scalars() {
    expect(Tensor(-2.0000000000000018), prints: "-2.0")
    expect(Tensor(-3.0), prints: "-3.0")
    expect(Tensor(0.1 + 0.2), prints: "0.3")
    expect(Tensor(1.0 / 3), prints: "0.33333333")
    expect(Tensor(Float(1) / 3), prints: "0.33333334")
    expect(Tensor(Float(0.1)), prints: "0.1")
    expect(Tensor(12345678.4), prints: "12345678.0")
    expect(Tensor(123456789.0), prints: "1.2345679e+08")
    expect(Tensor(99999999.9), prints: "1e+08")
    expect(Tensor(0.0001), prints: "0.0001")
    expect(Tensor(0.00001234), prints: "1.234e-05")
    expect(Tensor(-0.0), prints: "-0.0")
    expect(Tensor(Double.leastNonzeroMagnitude), prints: "5e-324")
    expect(Tensor(Double.nan), prints: "nan")
    expect(Tensor(-Float.infinity), prints: "-inf")
    expect(Tensor(Float16(65504)), prints: "65500.0")
    expect(Tensor(BFloat16(0.1)), prints: "0.1")
    expect(Tensor(BFloat16(3.3895314e38)), prints: "3.39e+38")
    expect(Tensor(Int64.min), prints: "-9223372036854775808")
    expect(Tensor(UInt8(200)), prints: "200")
    expect(Tensor([true][0]), prints: "True")
    expect(Tensor("it's"), prints: "\"it's\"")
  }

  @Test("BFloat16 has the columns of a type of two digits")
  func brainFloat() {
    expect(Tensor([1, 0.5, 3.140625].map { BFloat16($0) }), prints: "[1.   0.5  3.14]")
    expect(Tensor([100, 1].map { BFloat16($0) }), prints: "[1.e+02 1.e+00]")
  }

  @Test("A string's invalid bytes are escaped")
  func invalidStrings() throws {
    let tensor = try Tensor(strings: [[0x61, 0xFF, 0xC3], []], dimensions: [2])
    expect(tensor, prints: #"['a\xff\xc3' '']"#)
    #expect(tensor.json() == "[\"a\u{FFFD}\u{FFFD}\", \"\"]")
  }

  @Test("Too many dimensions, or a literal that is none, do not print elements")
  func unprintable() throws {
    let deep = try Tensor([1.0], dimensions: Array(repeating: 1, count: 100_000))
    #expect(deep.description.hasPrefix("[...] of type Float64[1, 1"))
    let wrong: Tensor = [[1, 2], [3]]
    #expect(wrong.description.hasPrefix("invalid literal: "))
  }

  @Test("JSON nests lists and has strings for what is no number")
  func json() throws {
    #expect(Tensor(1.5).json() == "1.5")
    #expect(Tensor(Float(0.1)).json() == "0.1")
    #expect(Tensor([false][0]).json() == "false")
    #expect(Tensor([1, -2] as [Int32]).json() == "[1, -2]")
    #expect(
      Tensor([.nan, .infinity, -.infinity, -0.0]).json()
        == "[\"NaN\", \"Infinity\", \"-Infinity\", -0.0]")
    #expect(
      try Tensor((0..<8).map { UInt8($0) }, dimensions: [2, 2, 2]).json()
        == "[[[0, 1], [2, 3]], [[4, 5], [6, 7]]]")
    #expect(try Tensor(zeros: .bool, dimensions: [2, 0, 3]).json() == "[[], []]")
    #expect(try Tensor(zeros: .bool, dimensions: [1 << 40, 0]).json() == "[]")
    #expect(Tensor(["a\"\\\n\u{1}é"]).json() == "[\"a\\\"\\\\\\n\\u0001é\"]")
    #expect(
      Tensor([1e22, 1e-7, 123456789012345680]).json()
        == "[1.0e+22, 1.0e-07, 1.2345678901234568e+17]"
    )
  }

  @Test("JSON's digits give the same numbers back")
  func roundTrip() throws {
    var random = SplitMix(seed: 5)
    let doubles = (0..<2000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    let read = try JSONDecoder().decode(
      [Double].self, from: Data(Tensor(doubles).json().utf8))
    #expect(read.map(\.bitPattern) == doubles.map(\.bitPattern))
    let floats = (0..<2000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
    }
    .filter(\.isFinite)
    let texts = Tensor(floats).json().dropFirst().dropLast().split(separator: ",")
    #expect(texts.map { Float($0.drop { $0 == " " })!.bitPattern } == floats.map(\.bitPattern))
  }

  @Test("Every BFloat16 and Float16 is told apart by its digits")
  func shortDigits() {
    for pattern in UInt16.min...UInt16.max {
      let brain = BFloat16(bitPattern: pattern)
      if brain.floatValue.isFinite {
        #expect(BFloat16(narrowing: Double(brain.roundTripText)!).bitPattern == pattern)
      }
      let half = Float16(bitPattern: pattern)
      if half.isFinite { #expect(Float16(half.roundTripText)!.bitPattern == pattern) }
    }
  }
}
