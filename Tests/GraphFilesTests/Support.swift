import Foundation
import GraphIR
import Tensors

@testable import GraphFiles

/// Builds protocol buffers byte by byte, independently of the writer under test.
struct WireBuilder {
  var bytes: [UInt8] = []

  static func varint(_ number: UInt64) -> [UInt8] {
    number < 0x80
      ? [UInt8(number)] : [UInt8(number & 0x7F) | 0x80] + varint(number >> 7)
  }

  /// A field that holds bytes, text or a message.
  static func field(_ number: UInt64, _ content: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(UInt64(content.count)) + content
  }

  static func field(_ number: UInt64, _ text: String) -> [UInt8] {
    field(number, Array(text.utf8))
  }

  /// A field that holds a number.
  static func field(_ number: UInt64, varint value: UInt64) -> [UInt8] {
    varint(number << 3) + varint(value)
  }

  /// A graph of one node 'c' with the attribute 'value' of the given content.
  static func graph(value: [UInt8]) -> [UInt8] {
    field(1, field(1, "c") + field(2, "Const") + field(5, field(1, "value") + field(2, value)))
  }

  /// A graph of one constant.
  static func graph(tensor: [UInt8]) -> [UInt8] {
    graph(value: field(8, tensor))
  }

  /// The shape of a tensor, as a field of the tensor.
  static func shape(_ sizes: [Int64]) -> [UInt8] {
    field(2, sizes.flatMap { field(2, field(1, varint: UInt64(bitPattern: $0))) })
  }
}

/// The description of what `body` throws, or what it gave.
func message<Result>(_ body: () throws -> Result) -> String {
  do {
    return "no error: \(try body())"
  } catch {
    return "\(error)"
  }
}

/// The constant of a graph of one node.
func constant(of bytes: [UInt8]) throws -> Tensor? {
  let file = try GraphFile.decode(bytes, name: "test.pb")
  guard case .tensor(.value(let tensor)) = file.nodes[0].attributes["value"] else { return nil }
  return tensor
}

/// Real graphs of TensorFlow 1; none where the folder is missing.
func realFiles(suffix: String = "model.pb") -> [String] {
  let named = ProcessInfo.processInfo.environment["STATICGRAPH_DATA"]
  let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/data").standardizedFileURL.path
  let folder = "\(named ?? beside)/tf1"
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  let paths = names.sorted().map { "\(folder)/\($0)/\(suffix)" }
    .filter { FileManager.default.fileExists(atPath: $0) }
  if paths.isEmpty { print("note: no \(suffix) below \(folder); the test has nothing to read") }
  return paths
}

/// A pseudo-random sequence that is the same in every run.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
