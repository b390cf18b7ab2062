import Foundation
import Testing

/// The Python that has TensorFlow, and the scripts that run in it.
package enum Python {
  /// The interpreter that `Tools/test` names, or the project's virtual environment.
  package static var interpreter: String? {
    let named = ProcessInfo.processInfo.environment["STATICGRAPH_PYTHON"]
    let usual = root.appendingPathComponent(".venv/bin/python").path
    return [named, usual].compactMap(\.self).first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// The project's root.
  package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Whether there is a Python to compare with; `Tools/test` makes one.
  package static var isThere: Bool { interpreter != nil }

  /// Why a comparison is skipped.
  package static let missing: Comment =
    "no Python with TensorFlow: run Tools/setup --tensorflow, or set STATICGRAPH_PYTHON"

  /// Runs a script of `Tools/tensorflow`.
  ///
  /// - Returns: The exit code, and what the script printed.
  package static func run(_ script: String, _ arguments: [String]) throws -> (
    status: Int32, text: String
  ) {
    let process = try process(script, arguments)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  /// What a script of `Tools/tensorflow` writes to standard output, when it ends well.
  package static func output(of script: String, _ arguments: [String]) throws -> Data {
    try withTemporaryFolder { folder in
      let process = try process(script, arguments)
      let errors = folder.appendingPathComponent("errors.log")
      #expect(FileManager.default.createFile(atPath: errors.path, contents: nil))
      let output = Pipe()
      process.standardOutput = output
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      try #require(
        process.terminationStatus == 0,
        "\((try? String(contentsOf: errors, encoding: .utf8)) ?? "")")
      return data
    }
  }

  private static func process(_ script: String, _ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(interpreter))
    process.arguments = [root.appendingPathComponent("Tools/tensorflow/\(script)").path] + arguments
    var environment = ProcessInfo.processInfo.environment
    environment["TF_CPP_MIN_LOG_LEVEL"] = "3"
    environment["CUDA_VISIBLE_DEVICES"] = "-1"
    process.environment = environment
    return process
  }

  /// Makes a folder, which whoever asked for it removes.
  package static func makeTemporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("staticgraph-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Calls `body` with a folder that is removed afterwards.
  package static func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = try makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}
