import Tensors

/// Writes what is told of each epoch to a file of values between commas.
///
/// The first line has the names: `epoch`, then those of the first epoch.
public final class CSVLogger: Callback {
  private let path: String
  private var names: [String] = []
  private var text = ""

  /// A callback that writes a file, which replaces one that is there.
  public init(_ path: String) { self.path = path }

  public func trainingBegins(_ model: Model) throws {
    names = []
    text = ""
  }

  public func epochEnds(_ epoch: Int, _ logs: Logs, _ model: Model) throws {
    if names.isEmpty {
      names = logs.names
      text = (["epoch"] + names).joined(separator: ",") + "\n"
    }
    let numbers = names.map { name in logs[name].map { "\($0)" } ?? "" }
    text += (["\(epoch)"] + numbers).joined(separator: ",") + "\n"
    try writeFileAtomically(path, bytes: Array(text.utf8))
  }
}
