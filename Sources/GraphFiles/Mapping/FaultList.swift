import GraphIR

/// What is wrong with the nodes of a file, gathered so that a user is told of several at once.
struct FaultList {
  /// The most faults that one error tells of.
  static let limit = 20

  /// What messages call the file.
  let file: String
  private var diagnostics: [Diagnostic] = []

  init(file: String) {
    self.file = file
  }

  /// Whether no further fault would be told.
  var isFull: Bool { diagnostics.count >= Self.limit }

  /// Notes a fault of a node, or of the file as a whole.
  mutating func add(
    _ message: String, node: NodeRecord? = nil, at location: SourceLocation? = nil,
    note: String? = nil
  ) {
    guard !isFull else { return }
    let place = node.map { "node '\($0.name)' (\($0.op)): " } ?? ""
    diagnostics.append(
      Diagnostic(
        "\(file): \(place)\(message)", at: location,
        notes: note.map { [Diagnostic.Note($0)] } ?? []))
  }

  /// Throws all faults, if there are any.
  func throwIfAny() throws {
    if !diagnostics.isEmpty { throw GraphError(diagnostics) }
  }
}
