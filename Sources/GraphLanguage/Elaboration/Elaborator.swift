import GraphIR
import Tensors

/// Runs the statements of a file, and so builds its graph.
///
/// Statements and expressions are walked recursively. The walk is limited in depth, so that the
/// stack suffices, and in the number of its steps, so that it ends in reasonable time.
final class Elaborator {
  /// The most calls of blocks inside of one another.
  static let callLimit = 64
  /// The most levels of expressions, blocks and calls together.
  static let depthLimit = 1_000
  /// The most rounds of a loop.
  static let roundLimit = 1_000_000

  /// The most errors, of which those that repeat an earlier one are not shown.
  static let errorLimit = 200

  /// A call of a block that has not returned.
  struct ActiveCall {
    let block: Block
    let place: Place
  }

  let graph: Graph
  let registry: OperatorRegistry
  let limits: GraphLimits
  /// The most statements and parts of expressions that are evaluated.
  let stepLimit: Int
  let definitions: [String: String]
  let reader: ImportReader

  var diagnostics = ElaborationDiagnostics()
  /// The number of errors so far, those that were reported before included.
  var errorCount = 0
  /// The file whose statements run.
  var file: ElaboratedFile
  /// The innermost scope.
  var scope: Scope
  var calls: [ActiveCall] = []
  /// The number of `scope`, `for` and `func` blocks around the statement that runs.
  var blockDepth = 0
  var depth = 0
  var steps = 0
  /// Whether nothing more is to be evaluated.
  var isStopped = false

  /// What stands before the names of nodes: empty, or ending in a slash.
  var prefix = ""
  /// The nodes that a statement has named.
  var namedNodes: Set<Int> = []
  /// The prefixes that are taken.
  var prefixes: Set<String> = []
  /// The last number that was put behind a name or prefix to make it unique.
  var suffixes: [String: Int] = [:]
  /// The number of the graph's diagnostics that have been reported.
  var reportedFaults = 0

  /// The parameters declared so far.
  var parameters: [String] = []
  /// The outputs and targets declared so far, with their places.
  var outputs: [String: Place] = [:]
  var targets: [String: Place] = [:]

  /// The files elaborated so far, by identity.
  var files: [String: ElaboratedFile] = [:]
  /// The files whose statements have not all run, with the `import` that asked for them.
  var activeFiles: [(file: ElaboratedFile, importPlace: Place?)] = []
  var importedBytes = 0
  /// Whether names may be missing because an import failed.
  var isIncomplete = false

  init(
    registry: OperatorRegistry, limits: GraphLimits, definitions: [String: String] = [:],
    reader: ImportReader = ImportReader()
  ) {
    graph = Graph(limits: limits)
    self.registry = registry
    self.limits = limits
    // A node takes a few steps; blocks and loops that make none must end as well.
    stepLimit = 10_000 + 20 * min(limits.nodeCount, 1_000_000)
    self.definitions = definitions
    self.reader = reader
    file = ElaboratedFile(source: SourceFile(name: "", text: ""), index: 0)
    scope = file.scope
  }

  /// The graph of a file.
  ///
  /// - Throws: `GraphError` with everything that is wrong.
  func run(_ source: SourceFile) throws(GraphError) -> Graph {
    let (tree, faults) = source.parse()
    guard faults.isEmpty else { throw GraphError(faults) }
    file = ElaboratedFile(source: source, index: 0)
    scope = file.scope
    files[reader.identity(of: source)] = file
    activeFiles = [(file, nil)]
    scope.statements = tree.statements
    execute(tree.statements)
    var result = diagnostics.sorted
    result += undeclaredDefinitions()
    guard result.isEmpty else { throw GraphError(result) }
    return graph
  }
}

// MARK: - Messages

extension Elaborator {
  /// Reports an error in the current file, and gives what to throw.
  @discardableResult
  func report(
    _ message: String, at range: SourceRange, notes: [Diagnostic.Note] = []
  ) -> ElaborationFailure {
    let callNotes = calls.reversed().prefix(5).map { call in
      Diagnostic.Note("'\(call.block.name)' is called here", at: call.place.location)
    }
    return report(file.source.diagnostic(message, at: range, notes: notes + callNotes), range)
  }

  /// Reports an error as it is.
  @discardableResult
  func report(_ diagnostic: Diagnostic, _ range: SourceRange) -> ElaborationFailure {
    errorCount += 1
    diagnostics.add(diagnostic, file: file.index, offset: range.start)
    if diagnostics.isFull || errorCount >= Self.errorLimit { isStopped = true }
    return ElaborationFailure()
  }

  /// A note without a place.
  func note(_ message: String) -> Diagnostic.Note { Diagnostic.Note(message) }

  /// A note that suggests the nearest of some names; none when no name is near.
  func suggestion(for name: String, among names: [String]) -> [Diagnostic.Note] {
    // Every other letter is near to a name of one.
    if name.utf8.count == 1 { return [] }
    return nearestName(to: name, among: names).map { [note("did you mean '\($0)'?")] } ?? []
  }

  func place(_ range: SourceRange) -> Place { Place(file: file, range: range) }

  /// A range of the current file, as nodes keep it.
  func origin(_ range: SourceRange) -> Origin { .source(file.location(of: range)) }

  /// One step deeper; to be undone by subtracting 1 from `depth`.
  func enter(_ range: SourceRange) throws(ElaborationFailure) {
    guard !isStopped else { throw ElaborationFailure() }
    guard depth < Self.depthLimit else {
      throw report(
        "expressions and blocks are nested more than \(Self.depthLimit) levels deep here",
        at: range)
    }
    try spend(1, range)
    depth += 1
  }

  /// Counts the work of building the graph.
  func spend(_ count: Int, _ range: SourceRange) throws(ElaborationFailure) {
    steps += count
    guard steps > stepLimit else { return }
    let failure = report(
      "building the graph takes more than \(stepLimit) steps", at: range,
      notes: [note("loops and blocks are unrolled, so that their work multiplies")])
    isStopped = true
    throw failure
  }

  /// Reports what the graph has recorded since it was last asked, if anything.
  func checkFaults(_ range: SourceRange) throws(ElaborationFailure) {
    let faults = graph.diagnostics
    guard faults.count > reportedFaults else { return }
    let new = faults[reportedFaults...]
    reportedFaults = faults.count
    for fault in new { report(fault.message, at: range, notes: fault.notes) }
    throw ElaborationFailure()
  }
}
