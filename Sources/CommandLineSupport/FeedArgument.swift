import StaticGraph
import Tensors

/// What stands behind `--feed name=`.
enum FeedArgument {
  /// The tensor that a text means for a value of some type.
  ///
  /// A number, `true`, a text, a nested list, `@file.npy`, or `zeros`, `ones`, `random` with
  /// `:2x3` where the placeholder leaves sizes open.
  ///
  /// - Throws: `GraphError` that names the feed when the text means none.
  static func tensor(
    _ text: String, for name: String, type: TensorType, seed: UInt64
  ) throws -> Tensor {
    do {
      if text.hasPrefix("@") {
        let tensor = try file(String(text.dropFirst()), type)
        try checkType(of: tensor, text, for: name, type)
        return tensor
      }
      if let filled = try filled(text, type, seed) { return filled }
      var reader = ListReader(text)
      return try reader.read().adopting(type.dataType)
    } catch let error as TensorError {
      throw GraphError("feed '\(name)': \(error)")
    }
  }

  private static func file(_ path: String, _ type: TensorType) throws -> Tensor {
    let tensor: Tensor
    if path.hasSuffix(".npz") {
      let archive = try TensorArchive(npzFile: path)
      guard archive.names.count == 1, let only = archive[archive.names[0]] else {
        throw TensorError("'\(path)' holds \(archive.names.count) arrays; a feed takes one")
      }
      tensor = only
    } else if path.hasSuffix(".npy") {
      tensor = try Tensor(npyFile: path)
    } else {
      throw TensorError("'\(path)' is neither a .npy nor a .npz file")
    }
    // A file of Float64, NumPy's usual type, may feed a Float32 placeholder.
    if tensor.dataType.isFloatingPoint, type.dataType.isFloatingPoint {
      return try tensor.converted(to: type.dataType)
    }
    return tensor
  }

  /// - Throws: `GraphError` where the numbers of a file are of another type, with NumPy's word for it.
  private static func checkType(
    of tensor: Tensor, _ text: String, for name: String, _ type: TensorType
  ) throws {
    guard tensor.dataType != type.dataType else { return }
    let canConvert = tensor.dataType.isNumeric && type.dataType.isNumeric
    throw GraphError(
      "feed '\(name)': '\(text.dropFirst())' holds \(tensor.type), but the graph has \(type)",
      notes: canConvert
        ? ["convert it first, in NumPy: array.astype('\(caseName(of: type.dataType))')"] : [])
  }

  private static func filled(_ text: String, _ type: TensorType, _ seed: UInt64) throws -> Tensor? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let word = parts.first, ["zeros", "ones", "random"].contains(word), parts.count <= 2,
      type.dataType != .string
    else { return nil }
    let sizes = try sizes(parts.count == 2 ? String(parts[1]) : nil, type, String(word))
    guard TensorType(.float64, Shape(sizes)).byteCount ?? .max <= GraphLimits().byteCount else {
      throw TensorError("sizes \(sizes) are larger than any feed may be")
    }
    switch word {
    case "zeros": return try Tensor(zeros: type.dataType, dimensions: sizes)
    case "ones":
      return try Tensor(repeating: UInt8(1), dimensions: sizes).converted(to: type.dataType)
    default:
      return try standardNormal(sizes, seed: seed).converted(to: type.dataType)
    }
  }

  /// Numbers of the standard normal distribution, the same for the same seed.
  private static func standardNormal(_ sizes: [Int], seed: UInt64) throws -> Tensor {
    let graph = Graph()
    // Seeds that are both 0 would give other numbers each time.
    let numbers = graph.randomNormal(
      sizes, type: .float64, seed: Int(truncatingIfNeeded: seed), seed2: 1)
    return try Session(graph).run(numbers)
  }

  /// The sizes that `2x3` means, or those of the placeholder.
  private static func sizes(_ text: String?, _ type: TensorType, _ word: String) throws -> [Int] {
    guard let text else {
      guard let known = type.shape.known else {
        throw TensorError("\(type) leaves sizes open: write \(word):2x3 with the sizes wanted")
      }
      return known
    }
    guard let sizes = parseSizes(text) else {
      throw TensorError("'\(text)' is no list of sizes such as 2x3")
    }
    guard Shape(sizes).isCompatible(with: type.shape) else {
      throw TensorError("sizes \(text) do not fit \(type)")
    }
    return sizes
  }

  /// The sizes that `2x3` means; `nil` for anything else.
  static func parseSizes(_ text: String) -> [Int]? {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    let sizes = parts.compactMap { Int($0) }
    return sizes.count == parts.count && sizes.allSatisfy { $0 >= 0 } ? sizes : nil
  }
}
