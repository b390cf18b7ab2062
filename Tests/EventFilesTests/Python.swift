import Foundation
import Testing

/// The Python that has TensorBoard, and the script that reads event files there.
enum Python {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The interpreter that `Tools/test` names, or the one of the project's virtual environment.
  private static var interpreter: String? {
    let named = ProcessInfo.processInfo.environment["STATICGRAPH_PYTHON"]
    let usual = root.appendingPathComponent(".venv/bin/python").path
    return [named, usual].compactMap(\.self).first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  static var isThere: Bool { interpreter != nil }

  static let missing: Comment =
    "no Python with TensorBoard: run Tools/setup --tensorflow, or set STATICGRAPH_PYTHON"

  /// What `Tools/tensorflow/read_events.py` prints, as JSON.
  static func readEvents(_ arguments: String...) throws -> [String: Any] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(interpreter))
    process.arguments =
      [root.appendingPathComponent("Tools/tensorflow/read_events.py").path] + arguments
    let errors = FileManager.default.temporaryDirectory
      .appendingPathComponent("events-\(UUID().uuidString).log")
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
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}

/// A folder that is gone at the end of a test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "events-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The bytes of the only file of a folder in it.
  func onlyFile(in name: String = "") throws -> [UInt8] {
    let folder = name.isEmpty ? path : "\(path)/\(name)"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    try #require(names.count == 1)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(names[0])")))
  }
}
