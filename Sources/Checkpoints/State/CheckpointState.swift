import Tensors

/// Which checkpoints a folder has: its file `checkpoint`, in the form that TensorFlow keeps it.
public struct CheckpointState: Hashable, Sendable {
  private static let sizeLimit = 1 << 24

  /// The prefix of the latest checkpoint; a path that does not begin with `/` is relative to the
  /// folder.
  public var latest: String?
  /// The prefixes of all checkpoints that are kept, the oldest first.
  public var all: [String]

  /// A state of those checkpoints.
  public init(latest: String? = nil, all: [String] = []) {
    self.latest = latest
    self.all = all
  }

  /// Reads the file `checkpoint` of a folder.
  ///
  /// - Throws: `TensorError` that names the file, and the byte where it is damaged.
  public init(folder: String) throws {
    self.init()
    let path = Self.path(in: folder)
    var text = StateText(try readFile(path, limit: Self.sizeLimit), file: path)
    var state = self
    try text.read { name, value in
      switch (name, value) {
      case ("model_checkpoint_path", let value?): state.latest = value
      case ("all_model_checkpoint_paths", let value?): state.all.append(value)
      case ("model_checkpoint_path", nil), ("all_model_checkpoint_paths", nil):
        throw TensorError("'\(path)': the value of '\(name)' is no text in quotes")
      default: break
      }
    }
    self = state
  }

  /// Writes the file `checkpoint` of a folder.
  ///
  /// The path names either what it named before or the whole file, at every moment.
  ///
  /// - Throws: `TensorError` with the path and the system's reason.
  public func write(folder: String) throws {
    var text = ""
    if let latest { text += "model_checkpoint_path: \(stateText(latest))\n" }
    for path in all { text += "all_model_checkpoint_paths: \(stateText(path))\n" }
    try writeFileAtomically(Self.path(in: folder), bytes: Array(text.utf8))
  }

  /// Where the state of a folder stands.
  static func path(in folder: String) -> String { join(folder, "checkpoint") }

  /// The latest checkpoint as a path that can be opened, or `nil` when none is named.
  ///
  /// A path from the root that leads nowhere is looked for in the folder, since folders are moved.
  func latestPrefix(in folder: String) -> String? {
    guard let latest, !latest.isEmpty else { return nil }
    guard latest.utf8.first == UInt8(ascii: "/") else { return join(folder, latest) }
    if isFile(latest + Table.suffix) { return latest }
    let moved = join(folder, lastComponent(of: latest))
    return isFile(moved + Table.suffix) ? moved : latest
  }
}
