import Foundation
import Tensors
import Testing

@testable import Checkpoints

/// Calls `body` with the path of an empty folder, which is removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("checkpoints-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// The message of the `TensorError` that `body` throws.
func message<Result>(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Result
) -> String {
  do {
    let result = try body()
    Issue.record("nothing was thrown, but there is \(result)", sourceLocation: sourceLocation)
  } catch let error as TensorError {
    return error.description
  } catch {
    Issue.record("not a TensorError: \(error)", sourceLocation: sourceLocation)
  }
  return ""
}

/// All bytes of a file.
func contents(_ path: String) throws -> [UInt8] {
  try readFile(path, limit: 1 << 30)
}

/// The names in a folder.
func names(in folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// Tensors of every type.
func sampleTensors() throws -> [String: Tensor] {
  var result: [String: Tensor] = [
    "strings": try Tensor(
      strings: [[], [0, 255], Array("größe".utf8), Array(repeating: 7, count: 300)],
      dimensions: [2, 2]),
    "empty": try Tensor(zeros: .float32, dimensions: [2, 0, 3]),
    "no strings": try Tensor(zeros: .string, dimensions: [0]),
    "dense/kernel": try Tensor((0..<6).map { Float($0) / 4 }, dimensions: [3, 2]),
    "\"größe\"\n": Tensor(Double.pi),
  ]
  for dataType in DataType.allCases where dataType != .string {
    let numbers = try Tensor([0, 1, 2, 3, 4, 5] as [Int32], dimensions: [2, 3])
    result["matrix/\(dataType)"] = try numbers.converted(to: dataType)
    result["scalar/\(dataType)"] = try Tensor(1 as Int32).converted(to: dataType)
  }
  return result
}

/// A pseudo-random sequence that is the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Checkpoints that others made; none where the folder is missing.
enum RealData {
  static let folder: String = {
    let named = ProcessInfo.processInfo.environment["STATICGRAPH_DATA"]
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("../shared/data").standardizedFileURL.path
    return named ?? beside
  }()

  /// The prefix below the folder, or `nil` with a note when it is not there.
  static func prefix(_ name: String) -> String? {
    let prefix = "\(folder)/\(name)"
    if FileManager.default.fileExists(atPath: prefix + ".index") { return prefix }
    print("note: no '\(prefix).index'; the test has nothing to read")
    return nil
  }
}
