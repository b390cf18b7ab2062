import CKernels
import GraphIR
import Tensors

/// What becomes of indices that lie outside.
public enum BadIndicesPolicy: String, EnumeratedAttribute {
  /// As `error` here; a GPU of TensorFlow's ignores them.
  case unspecified = ""
  /// As `unspecified`.
  case usual = "DEFAULT"
  /// The run fails.
  case error = "ERROR"
  /// They give zeros, and what should go there goes nowhere.
  case ignore = "IGNORE"
}

/// The types of indices that operators on slices declare.
let sliceIndexTypes: TypeSet = [.int16, .int32, .int64]

/// How tuples of indices point to slices of a tensor, for known sizes.
struct SliceIndexing: Sendable {
  /// The number of tuples.
  let count: Int
  /// The number of elements of each slice.
  let sliceCount: Int
  private let depth: Int
  private let isWide: Bool
  private let sizes: [Int64]
  private let tensor: TensorType
  private let name: String
  private let policy: BadIndicesPolicy

  /// - Parameters:
  ///   - indices: Type and sizes of the tuples.
  ///   - tensor: What they point into.
  ///   - name: What messages call the tensor.
  ///   - policy: What becomes of indices that lie outside.
  /// - Throws: `GraphError` for indices of a type that is not computed with.
  init(
    _ indices: TensorType, into tensor: TensorType, named name: String, policy: BadIndicesPolicy
  ) throws {
    guard TypeSet.index.contains(indices.dataType) else { throw unsupported(indices.dataType) }
    let tuples = indices.shape.known!
    depth = tuples.last ?? 0
    // Tuples of no indices all point to the whole tensor; where that is empty, they may be so
    // many that their number means nothing.
    let slice = tensor.shape.known!.dropFirst(depth)
    sliceCount = Shape.elementCount(of: Array(slice)) ?? 0
    let number = Shape.elementCount(of: Array(tuples.dropLast())) ?? 0
    count = depth == 0 && sliceCount == 0 ? 0 : number
    isWide = indices.dataType == .int64
    sizes = tensor.shape.known!.prefix(depth).map { Int64($0) }
    self.tensor = tensor
    self.name = name
    self.policy = policy
  }

  /// The bytes for the number of each slice.
  var scratchByteCount: Int { count * MemoryLayout<Int64>.size }

  /// Writes the number of each slice, −1 for one to ignore.
  ///
  /// - Throws: `KernelError` for indices that lie outside, unless these are ignored.
  func resolve(_ indices: UnsafeRawPointer, into numbers: UnsafeMutablePointer<Int64>) throws {
    let first = sizes.withUnsafeBufferPointer { sizes in
      // The sizes of a list without elements have no address, and are not looked at.
      sizes.baseAddress.map {
        staticgraph_slice_numbers(count, depth, indices, isWide, $0, numbers)
      }
    }
    guard let first else {
      numbers.update(repeating: 0, count: count)
      return
    }
    guard first >= 0, policy != .ignore else { return }
    let tuple = (first * depth..<(first + 1) * depth).map { position in
      isWide
        ? Int(indices.assumingMemoryBound(to: Int64.self)[position])
        : Int(indices.assumingMemoryBound(to: Int32.self)[position])
    }
    throw KernelError(
      "tuple \(first) of the indices is \(tuple), which is not in \(name), \(tensor)")
  }
}

extension ShapeRequest {
  /// The shape of what tuples of indices take from a tensor: one slice for each tuple.
  ///
  /// - Throws: `ShapeError` when the tuples are longer than the tensor has axes.
  func slices(at indices: Int, of tensor: TensorType, named name: String) throws -> Shape {
    guard let tuples = shape(indices).dimensions else { return .unknown }
    guard let last = tuples.last else {
      throw ShapeError("indices must have at least rank 1, but it is \(inputs[indices])")
    }
    guard let depth = last else { return .unknown }
    guard let sizes = tensor.shape.dimensions else { return .unknown }
    guard depth <= sizes.count else {
      throw ShapeError(
        "indices is \(inputs[indices]), whose tuples have \(depth) indices, but \(name) is"
          + " \(tensor)")
    }
    return Shape(dimensions: tuples.dropLast() + sizes.dropFirst(depth))
  }

  /// Throws unless an input has the shape of what tuples of indices take from a tensor.
  func requireSlices(
    _ updates: Int, at indices: Int, of tensor: TensorType, named name: String
  ) throws {
    let wanted = try slices(at: indices, of: tensor, named: name)
    guard wanted.isCompatible(with: shape(updates)) else {
      throw ShapeError(
        "updates must have the shape \(wanted), one slice of \(name), \(tensor), for each tuple of"
          + " indices, \(inputs[indices]), but it is \(inputs[updates])")
    }
  }
}
