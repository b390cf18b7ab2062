import GraphIR

/// A file that is being elaborated, or has been.
final class ElaboratedFile {
  let source: SourceFile
  /// 0 for the file that is compiled, then in the order of the imports.
  let index: Int
  /// The names declared at its top level.
  let scope: Scope
  /// The places that were asked for, by offset.
  private var locations: [Int: SourceLocation] = [:]
  /// The one that was found last.
  private var last: (offset: Int, location: SourceLocation)?

  init(source: SourceFile, index: Int) {
    self.source = source
    self.index = index
    scope = Scope(.file, parent: nil)
  }

  /// The place where a range begins.
  ///
  /// Found from the one before where both are in a line, so that a line of any length takes time
  /// in proportion to its length, however many places are in it.
  func location(of range: SourceRange) -> SourceLocation {
    if let known = locations[range.start] { return known }
    let location = neighbour(of: range.start) ?? source.location(of: range)
    locations[range.start] = location
    last = (range.start, location)
    return location
  }

  private func neighbour(of offset: Int) -> SourceLocation? {
    guard let last, last.offset < source.utf8.count, offset < source.utf8.count else { return nil }
    let between = min(offset, last.offset)..<max(offset, last.offset)
    guard !source.utf8[between].contains(where: \.isLineEnd) else { return nil }
    let range = SourceRange(start: between.lowerBound, end: between.upperBound)
    let distance = source.text(in: range).count
    var location = last.location
    location.column += offset < last.offset ? -distance : distance
    return location
  }
}

/// A stretch of a file.
struct Place {
  let file: ElaboratedFile
  let range: SourceRange

  var location: SourceLocation { file.location(of: range) }
}
