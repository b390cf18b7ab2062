import Tensors

/// The names of classes, by number.
///
/// ```swift
/// let names = try ClassNames(contentsOf: "imagenet.json")
/// print(names[281] ?? "?")                    // tabby, tabby cat
/// print(try names.number(of: "tarantula"))    // 76
/// ```
public struct ClassNames: Sendable {
  /// The names in the order of their classes; empty where a class has none.
  public let names: [String]
  /// The file that they come from.
  public let path: String
  /// The classes that a name may mean, in small letters.
  private let classes: [String: [Int]]

  /// The most classes.
  private static let limit = 1 << 20

  /// The names in a file: a JSON list, a JSON object from numbers to names, or one name a line.
  ///
  /// Where a name has several parts with commas between them, each is a name of its own too.
  ///
  /// - Throws: `TensorError` with the path when the file cannot be read, or holds none of these.
  public init(contentsOf path: String) throws {
    try self.init(readFile(path, limit: 1 << 26), path: path)
  }

  /// The names in a file's bytes.
  public init(_ bytes: [UInt8], path: String) throws {
    self.path = path
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    switch first {
    case UInt8(ascii: "["): names = try Self.list(bytes, path)
    case UInt8(ascii: "{"): names = try Self.object(bytes, path)
    default: names = try Self.lines(bytes, path)
    }
    guard names.contains(where: { !$0.isEmpty }) else {
      throw TensorError("'\(path)' names no class")
    }
    var classes: [String: [Int]] = [:]
    for (number, name) in names.enumerated() {
      for key in Set([Self.key(name)] + Self.parts(name).map(Self.key)) where !key.isEmpty {
        classes[key, default: []].append(number)
      }
    }
    self.classes = classes
  }

  /// The name of a class; `nil` where it has none.
  public subscript(number: Int) -> String? {
    guard names.indices.contains(number), !names[number].isEmpty else { return nil }
    return names[number]
  }

  /// The class that a name means, be its letters small or large.
  ///
  /// - Throws: `TensorError` with the nearest names when there is none, and with the classes when
  ///   several have the name.
  public func number(of name: String) throws -> Int {
    let key = Self.key(name)
    let found = classes[key] ?? []
    if found.count == 1 { return found[0] }
    // A name that is all of one class's is that one's.
    let whole = found.filter { Self.key(names[$0]) == key }
    if whole.count == 1 { return whole[0] }
    guard found.isEmpty else {
      let list = found.map { "\($0) (\(names[$0]))" }.joined(separator: ", ")
      throw TensorError("several classes are called '\(name)': \(list); give the number")
    }
    let near = nearest(to: key)
    let help =
      near.isEmpty ? "" : "; near it are " + near.map { "'\($0)'" }.joined(separator: ", ")
    throw TensorError("'\(path)' has no class '\(name)'\(help)")
  }

  /// Up to three names that are like a text, or hold it.
  private func nearest(to key: String) -> [String] {
    var candidates = classes.keys.sorted()
    var result: [String] = []
    while result.count < 3, let near = nearestName(to: key, among: candidates) {
      result.append(near)
      candidates.removeAll { $0 == near }
    }
    let letters = Array(key)
    if letters.count > 2 {
      result += candidates.lazy.filter { name in
        name.split(separator: " ").contains { $0.elementsEqual(letters) }
      }.prefix(3 - result.count)
    }
    return result
  }

  private static func key(_ name: some StringProtocol) -> String {
    name.lowercased().split { " _\t".contains($0) }.joined(separator: " ")
  }

  private static func parts(_ name: String) -> [Substring] {
    name.split(separator: ",").map { $0.drop { $0 == " " } }
  }
}

// MARK: - Files

extension ClassNames {
  private static func list(_ bytes: [UInt8], _ path: String) throws -> [String] {
    var reader = JSONReader(bytes, file: path, origin: 0)
    var result: [String] = []
    try reader.list("the names") { reader in
      result.append(try reader.string("a name"))
      if result.count > limit { throw reader.failure("there are more than \(limit) classes") }
    }
    try reader.end()
    return result
  }

  private static func object(_ bytes: [UInt8], _ path: String) throws -> [String] {
    var reader = JSONReader(bytes, file: path, origin: 0)
    var result: [String] = []
    try reader.object("the names") { reader, key in
      guard let number = Int(key), 0..<limit ~= number else {
        throw reader.failure("'\(key)' is no number of a class from 0 to \(limit - 1)")
      }
      while result.count <= number { result.append("") }
      result[number] = try reader.string("a name")
    }
    try reader.end()
    return result
  }

  private static func lines(_ bytes: [UInt8], _ path: String) throws -> [String] {
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
      throw TensorError("'\(path)' is no list of names: JSON, or text with one name a line")
    }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.count <= limit else {
      throw TensorError("'\(path)' has more than \(limit) classes")
    }
    return lines.map(String.init)
  }

  /// Where a file of names is, given how a graph calls it.
  ///
  /// Looked for, in this order, in the graph's folder, in the working directory, in
  /// `$STATICGRAPH_DATA` and in `../shared/data`.
  ///
  /// - Returns: The first path at which there is a file; `nil` when there is none.
  public static func find(_ file: String, besideGraph graph: String) -> String? {
    if file.hasPrefix("/") { return isReadable(file) ? file : nil }
    let folder = graph.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(graph[...$0]) } ?? ""
    var places = [folder, ""]
    if let data = environmentVariable("STATICGRAPH_DATA") { places.append(data + "/") }
    places.append("../shared/data/")
    return places.map { $0 + file }.first(where: isReadable)
  }

  private static func isReadable(_ path: String) -> Bool {
    guard let file = try? OpenFile(reading: path) else { return false }
    file.close()
    return true
  }
}
