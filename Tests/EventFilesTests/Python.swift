import Foundation
import PythonSupport
import Testing

extension Python {
  /// What `Tools/tensorflow/read_events.py` prints, as JSON.
  static func readEvents(_ arguments: String...) throws -> [String: Any] {
    let data = try output(of: "read_events.py", arguments)
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
