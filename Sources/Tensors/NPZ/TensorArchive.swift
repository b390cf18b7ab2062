/// Named tensors in order: what a `.npz` file holds.
///
/// ```swift
/// var archive = TensorArchive()
/// try archive.append(weights, named: "dense/kernel")
/// try archive.writeNPZ(to: "model.npz")
/// let kernel = try TensorArchive(npzFile: "model.npz")["dense/kernel"]
/// ```
public struct TensorArchive: Hashable, Sendable {
  /// The names in the order of the file, without the suffix `.npy`.
  public private(set) var names: [String] = []
  /// The tensors in the order of the names.
  public private(set) var tensors: [Tensor] = []
  private var positions: [String: Int] = [:]

  /// An archive of nothing.
  public init() {}

  /// An archive of the given tensors, in alphabetical order of the bytes of their names.
  ///
  /// - Throws: `TensorError` for a name that `append` refuses.
  public init(_ tensors: [String: Tensor]) throws {
    let sorted = tensors.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (name, tensor) in sorted { try append(tensor, named: name) }
  }

  /// Adds a tensor at the end.
  ///
  /// - Parameters:
  ///   - tensor: Any tensor; that its type can be written is seen when the archive is.
  ///   - name: Not empty; a suffix `.npy` is no part of it.
  /// - Throws: `TensorError` when the name is empty, taken, longer than 65,000 bytes, or holds a
  ///   NUL.
  public mutating func append(_ tensor: Tensor, named name: String) throws {
    let name = try Self.checkedName(name) { positions[$0] != nil }
    positions[name] = tensors.count
    names.append(name)
    tensors.append(tensor)
  }

  /// The tensor of that name, with or without `.npy`, or `nil`.
  public subscript(name: String) -> Tensor? {
    positions[Self.stem(of: name)].map { tensors[$0] }
  }

  /// The tensors by name.
  public var dictionary: [String: Tensor] { positions.mapValues { tensors[$0] } }

  /// The number of tensors.
  public var count: Int { tensors.count }

  /// A name without `.npy`, once it can be that of another tensor in an archive.
  ///
  /// - Throws: `TensorError` as `append`.
  static func checkedName(_ name: String, isTaken: (String) -> Bool) throws -> String {
    let name = stem(of: name)
    guard !name.isEmpty, name.utf8.count <= 65_000, !name.utf8.contains(0) else {
      throw TensorError("'\(name.prefix(100))' cannot be the name of a tensor in an archive")
    }
    guard !isTaken(name) else {
      throw TensorError("an archive holds one tensor of each name, but '\(name)' comes twice")
    }
    return name
  }

  private static func stem(of name: String) -> String {
    name.utf8.suffix(4).elementsEqual(".npy".utf8)
      ? String(decoding: name.utf8.dropLast(4), as: UTF8.self) : name
  }
}
