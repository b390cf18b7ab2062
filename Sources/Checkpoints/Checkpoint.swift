import Tensors

/// Stored tensors: a bundle of TensorFlow's `Saver`, a safetensors file or a `.npz` file.
///
/// ```swift
/// let checkpoint = try Checkpoint.open("weights/squeezenet.ckpt")
/// for entry in checkpoint.entries { print(entry.name, entry.storedType, entry.dimensions) }
/// let kernel = try checkpoint.tensor(named: "features/layer0/weights")
/// ```
/// Opening reads what the files list; the elements of a tensor are read when it is asked for. The
/// files stay open, so that they may be replaced or deleted meanwhile.
public struct Checkpoint: Sendable {
  /// How tensors are stored.
  public enum Format: String, Hashable, Sendable, CaseIterable {
    /// TensorFlow's bundle: `PREFIX.index` and `PREFIX.data-00000-of-00001`.
    case bundle
    /// A length, a header in JSON, the elements.
    case safetensors
    /// A zip file of `.npy` files.
    case npz
  }

  /// What is known of a stored tensor before it is read.
  public struct Entry: Hashable, Sendable {
    /// The name, which is the name of a variable.
    public let name: String
    /// The type of the elements; `nil` when no tensor holds it, so that it cannot be read.
    public let dataType: DataType?
    /// The name of the type: ours where there is one, else the format's, as `complex64`.
    public let storedType: String
    /// The size of each dimension.
    public let dimensions: [Int]

    /// The type of the elements together with the shape, or `nil` when no tensor holds it.
    public var type: TensorType? {
      dataType.map { TensorType($0, Shape(dimensions)) }
    }
  }

  /// The tensors in the order of the bytes of their names.
  public let entries: [Entry]
  private let source: any CheckpointSource
  /// Where in `entries`, and where in the source.
  private let positions: [String: (entry: Int, source: Int)]

  init(_ source: some CheckpointSource) throws {
    self.source = source
    let listed = source.entries
    let order = listed.indices.sorted {
      listed[$0].name.utf8.lexicographicallyPrecedes(listed[$1].name.utf8)
    }
    entries = order.map { listed[$0] }
    var positions: [String: (entry: Int, source: Int)] = [:]
    for (entry, place) in order.enumerated() {
      guard positions.updateValue((entry, place), forKey: listed[place].name) == nil else {
        throw TensorError(
          "'\(source.path)' holds two tensors of the name '\(listed[place].name)', which only "
            + "their bytes tell apart")
      }
    }
    self.positions = positions
  }

  /// How the tensors are stored.
  public var format: Format { source.format }
  /// The file that was opened, or the prefix of a bundle's files.
  public var path: String { source.path }
  /// What a safetensors file says of itself; nothing in the other formats.
  public var metadata: [String: String] { source.metadata }
  /// The names of the tensors in the order of their bytes.
  public var names: [String] { entries.map(\.name) }
  /// The number of tensors.
  public var count: Int { entries.count }

  /// What is known of the tensor of that name; `nil` when there is none.
  public func entry(named name: String) -> Entry? {
    positions[name].map { entries[$0.entry] }
  }

  /// Reads a tensor.
  ///
  /// Checksums are compared where the format has them.
  ///
  /// - Throws: `TensorError` with the nearest name when there is no such tensor, and one that names
  ///   the file and the byte when its elements are damaged or of a type that no tensor holds.
  public func tensor(named name: String) throws -> Tensor {
    try source.tensor(at: try position(of: name).source)
  }

  /// Reads the elements of a tensor to where they are to lie.
  ///
  /// - Parameters:
  ///   - name: The name of a tensor whose elements are no texts.
  ///   - memory: As many bytes as the tensor takes; what they hold after an error is undefined.
  /// - Throws: `TensorError` as `tensor(named:)` does, and when the memory is of another size.
  public func readTensor(
    named name: String, into memory: UnsafeMutableRawBufferPointer
  ) throws {
    let position = try position(of: name)
    let entry = entries[position.entry]
    let byteCount = Tensor.extent(entry.dataType, entry.dimensions)?.byteCount
    guard entry.dataType != .string, byteCount == memory.count else {
      throw TensorError(
        "'\(path)': '\(name)' is \(entry.type?.description ?? entry.storedType), which \(memory.count) bytes do not hold"
      )
    }
    try source.read(at: position.source, into: memory)
  }

  private func position(of name: String) throws -> (entry: Int, source: Int) {
    if let position = positions[name] { return position }
    let nearest = nearestName(to: name, among: entries.lazy.map(\.name))
    let hint =
      nearest.map { "did you mean '\($0)'?" }
      ?? "it holds \(count)" + (entries.first.map { ", as '\($0.name)'" } ?? "")
    throw TensorError("'\(path)' holds no tensor '\(name)'; \(hint)")
  }

  /// Reads all tensors.
  ///
  /// - Throws: `TensorError` as `tensor(named:)` does.
  public func tensors() throws -> [String: Tensor] {
    try positions.mapValues { try source.tensor(at: $0.source) }
  }
}
