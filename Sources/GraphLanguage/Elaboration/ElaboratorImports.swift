import GraphIR

extension Elaborator {
  /// The most files that one graph is made of.
  static let fileLimit = 256
  /// The most bytes that all imported files have together.
  static let importedByteLimit = 64 << 20

  /// A path with the place where it is written.
  private struct Path {
    var text: String
    var range: SourceRange
  }

  /// Runs the statements of another file, unless that has been done, and makes visible what it
  /// declares.
  func importFile(_ string: StringSyntax, at range: SourceRange) throws(ElaborationFailure) {
    guard stands(outsideOf: "a block", blockDepth == 0, "import", at: range) else { return }
    let path: Path
    let imported: ElaboratedFile
    do throws(ElaborationFailure) {
      path = Path(text: try text(of: string), range: string.range)
      imported = try elaboratedFile(path)
    } catch {
      isIncomplete = true
      throw error
    }
    for (name, symbol) in imported.scope.symbols.sorted(by: { $0.key < $1.key }) {
      if let first = scope.symbols[name], first !== symbol {
        conflict(name, path, first.place, symbol.place)
      } else {
        scope.symbols[name] = symbol
      }
    }
    for (name, block) in imported.scope.blocks.sorted(by: { $0.key < $1.key }) {
      if let first = scope.blocks[name], first !== block {
        conflict(name, path, first.place, block.place)
      } else {
        scope.blocks[name] = block
      }
    }
  }

  private func conflict(_ name: String, _ path: Path, _ first: Place, _ second: Place) {
    report(
      "'\(name)' of '\(path.text)' is already declared", at: path.range,
      notes: [
        Diagnostic.Note("the first one is here", at: first.location),
        Diagnostic.Note("the second one is here", at: second.location),
      ])
  }

  private func elaboratedFile(
    _ path: Path
  ) throws(ElaborationFailure) -> ElaboratedFile {
    let source: SourceFile
    do {
      source = try reader.read(path.text, from: file.source)
    } catch {
      throw report("\(error)", at: path.range)
    }
    let identity = reader.identity(of: source)
    if let known = files[identity] {
      try checkCycle(known, path)
      return known
    }
    importedBytes += source.utf8.count
    guard files.count < Self.fileLimit, importedBytes <= Self.importedByteLimit,
      activeFiles.count < Elaborator.callLimit
    else {
      throw report(
        "a graph is made of at most \(Self.fileLimit) files with \(Self.importedByteLimit) bytes,"
          + " which import each other over at most \(Elaborator.callLimit) levels", at: path.range)
    }
    let imported = ElaboratedFile(source: source, index: files.count)
    files[identity] = imported
    try run(imported, importedAt: place(path.range))
    return imported
  }

  private func checkCycle(
    _ known: ElaboratedFile, _ path: Path
  ) throws(ElaborationFailure) {
    guard let first = activeFiles.firstIndex(where: { $0.file === known }) else { return }
    let notes = activeFiles[(first + 1)...].map { step in
      Diagnostic.Note(
        "'\(step.file.source.name)' is imported here", at: step.importPlace?.location)
    }
    throw report(
      "the import of '\(path.text)' closes a circle: '\(known.source.name)' imports itself",
      at: path.range, notes: notes)
  }

  private func run(
    _ imported: ElaboratedFile, importedAt place: Place
  ) throws(ElaborationFailure) {
    let (tree, faults) = imported.source.parse()
    let importer = (file, scope)
    file = imported
    scope = imported.scope
    activeFiles.append((imported, place))
    defer {
      (file, scope) = importer
      activeFiles.removeLast()
    }
    guard faults.isEmpty else {
      for (number, fault) in faults.enumerated() {
        report(fault, SourceRange(start: number, end: number))
      }
      throw ElaborationFailure()
    }
    scope.statements = tree.statements
    execute(tree.statements)
  }
}
