import Foundation
import Testing

/// The Python that has TensorFlow, and the script that reads and writes checkpoints there.
enum Python {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The interpreter that `Tools/test` names, or the one of the project's virtual environment.
  static var interpreter: String? {
    let named = ProcessInfo.processInfo.environment["STATICGRAPH_PYTHON"]
    let usual = root.appendingPathComponent(".venv/bin/python").path
    return [named, usual].compactMap(\.self).first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  static var isThere: Bool { interpreter != nil }

  static let missing: Comment =
    "no Python with TensorFlow: run Tools/setup --tensorflow, or set STATICGRAPH_PYTHON"

  /// What `Tools/tensorflow/checkpoints.py` prints.
  static func run(_ arguments: String...) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(interpreter))
    process.arguments =
      [root.appendingPathComponent("Tools/tensorflow/checkpoints.py").path] + arguments
    var environment = ProcessInfo.processInfo.environment
    environment["TF_CPP_MIN_LOG_LEVEL"] = "3"
    environment["CUDA_VISIBLE_DEVICES"] = "-1"
    process.environment = environment
    let errors = FileManager.default.temporaryDirectory
      .appendingPathComponent("checkpoints-\(UUID().uuidString).log")
    #expect(FileManager.default.createFile(atPath: errors.path, contents: nil))
    defer { try? FileManager.default.removeItem(at: errors) }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(
      process.terminationStatus == 0, "\((try? String(contentsOf: errors, encoding: .utf8)) ?? "")")
    return data
  }
}
