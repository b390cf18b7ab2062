import StaticGraph
import Tensors

/// Turns what a command line feeds to a graph into tensors.
struct FeedReader {
  private let frozen: FrozenGraph
  private let graphPath: String
  private let preparations: [String: ImagePreparation]
  private let labelsPath: String?
  private let seed: UInt64

  /// A reader for the graph of a file.
  ///
  /// - Throws: `GraphError` when the options speak of what the graph does not have.
  init(_ frozen: FrozenGraph, path: String, _ options: ImageOptions, seed: UInt64) throws {
    self.frozen = frozen
    graphPath = path
    labelsPath = options.labels
    self.seed = seed
    var preparations: [String: ImagePreparation] = [:]
    for (name, arguments) in try assignments(options.image, option: "--image") {
      let endpoint = try frozen.endpoint(named: name)
      let declared = frozen.imagePreparation(of: endpoint) ?? ImagePreparation()
      do {
        let changed = try declared.changed(by: arguments)
        try changed.check(for: frozen.type(of: endpoint))
        preparations[name] = changed
      } catch let error as ShapeError {
        throw GraphError(
          "--image \(name)=\(arguments): \(error)", notes: error.suggestion.map { [$0] } ?? [])
      }
    }
    self.preparations = preparations
  }

  /// The tensors of all feeds, by the value that each is fed to.
  func feeds(_ arguments: [String], _ graph: Graph) throws -> [Value: Tensor] {
    var feeds: [Value: Tensor] = [:]
    for (name, text) in try assignments(arguments, option: "--feed").sorted(by: {
      $0.key < $1.key
    }) {
      let endpoint = try frozen.endpoint(named: name)
      try checkIsValue(endpoint, name)
      feeds[graph.value(at: endpoint)] = try tensor(text, for: name)
    }
    return feeds
  }

  /// Sees to it that what is fed is not a handle, through which every read would pass it by.
  private func checkIsValue(_ endpoint: Endpoint, _ name: String) throws {
    guard frozen.nodes[endpoint.nodeIndex].operation is VarHandleOp else { return }
    let reader = frozen.nodes.first {
      $0.operation is ReadVariableOp && $0.inputs.first?.nodeIndex == endpoint.nodeIndex
    }
    throw GraphError(
      "feed '\(name)': this is a variable, whose value is not fed",
      notes: [
        reader.map { "feed what is read from it: --feed \($0.name)=…" }
          ?? "give it a value with --restore"
      ])
  }

  private func tensor(_ text: String, for name: String) throws -> Tensor {
    let endpoint = try frozen.endpoint(named: name)
    let type = frozen.type(of: endpoint)
    do {
      if let files = Self.pictures(text) {
        let preparation =
          preparations[name] ?? frozen.imagePreparation(of: endpoint) ?? ImagePreparation()
        return try Self.batch(files, type, preparation)
      }
      if type.dataType.isInteger, Self.isName(text),
        let names = try classNames(of: endpoint, isNeeded: true)
      {
        return try Tensor(Int64(names.number(of: Self.unquoted(text)))).converted(to: type.dataType)
      }
    } catch let error as TensorError {
      throw GraphError("feed '\(name)': \(error)")
    }
    var hash = StableHash(seed: seed)
    hash.combine(name)
    return try FeedArgument.tensor(text, for: name, type: type, seed: hash.value)
  }

  /// The names of the classes that a value speaks of.
  ///
  /// - Parameter isNeeded: Whether a file that the graph names must be there; else it is told that
  ///   there is none.
  /// - Returns: `nil` when no file is named.
  func classNames(of endpoint: Endpoint, isNeeded: Bool) throws -> ClassNames? {
    if let labelsPath { return try ClassNames(contentsOf: labelsPath) }
    guard let file = frozen.labelsFile(of: endpoint) else { return nil }
    guard let path = ClassNames.find(file, besideGraph: graphPath) else {
      let reason =
        "the classes' names should be in '\(file)', which is neither beside the graph nor in the"
        + " working directory nor in $STATICGRAPH_DATA; say where they are with --labels"
      if isNeeded { throw TensorError(reason) }
      writeError("note: \(reason)")
      return nil
    }
    return try ClassNames(contentsOf: path)
  }

  /// Whether `--feed` may feed a class by its name, as what is fed is an integer.
  static func mayNameClass(_ feed: String) -> Bool {
    feed.firstIndex(of: "=").map { isName(String(feed[feed.index(after: $0)...])) } ?? false
  }

  /// Whether a text for integers is a name: neither a number, nor a list, nor a file, nor zeros.
  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !"[@".contains(Character(first)),
      Double(text) == nil, !["true", "false"].contains(text)
    else { return false }
    let word = text.split(separator: ":").first ?? ""
    return !["zeros", "ones", "random"].contains(word)
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    return String(text.dropFirst().dropLast())
  }
}

// MARK: - Pictures

extension FeedReader {
  /// The files of `@a.jpg`, or of `@a.jpg,@b.png`; `nil` for anything else, arrays among it.
  private static func pictures(_ text: String) -> [String]? {
    guard text.hasPrefix("@") else { return nil }
    var files = [String(text.dropFirst())]
    while let comma = files[files.count - 1].firstRange(of: ",@") {
      let last = files.removeLast()
      files.append(String(last[..<comma.lowerBound]))
      files.append(String(last[comma.upperBound...]))
    }
    let isArray = files.contains { $0.hasSuffix(".npy") || $0.hasSuffix(".npz") }
    return isArray && files.count == 1 ? nil : files
  }

  /// Pictures of one size as a batch, or one alone.
  private static func batch(
    _ files: [String], _ type: TensorType, _ preparation: ImagePreparation
  ) throws -> Tensor {
    guard files.count > 1 else {
      return try Image.tensor(contentsOf: files[0], for: type, preparedBy: preparation)
    }
    let sizes = type.shape.dimensions ?? [nil, nil, nil, nil]
    guard sizes.count == 4, sizes[0] == nil || sizes[0] == files.count
    else { throw TensorError("\(files.count) pictures do not fit \(type)") }
    let single = TensorType(type.dataType, Shape(dimensions: Array(sizes.dropFirst())))
    var pictures: [Tensor] = []
    for file in files {
      let picture = try Image.tensor(contentsOf: file, for: single, preparedBy: preparation)
      if let first = pictures.first, first.dimensions != picture.dimensions {
        throw TensorError(
          "'\(files[0])' becomes \(first.shape) and '\(file)' \(picture.shape); pictures of one"
            + " batch have one size, as with crop: .center")
      }
      pictures.append(picture)
    }
    return try Tensor(stacking: pictures)
  }
}
