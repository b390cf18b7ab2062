import GraphIR
import Tensors

/// An operator that puts the slices of several tensors together into one.
///
/// What both of them share stands here.
public protocol Stitching: Operator {}

extension Stitching {
  static var stitchSignature: Signature {
    Signature(
      inputs: [
        .init("indices", .fixed(.int32), count: "N"), .init("data", "T", count: "N"),
      ],
      outputs: [.init("merged", "T")], types: ["T": .any])
  }

  /// How many slices the result has follows from the largest index.
  public static var traits: OperatorTraits { .sizesDependOnValues }

  /// Slices as those of `data`, behind the axes that `indices` has.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let count = request.inputs.count / 2
    var slice = Shape.unknown
    for number in 0..<count {
      let (indices, data) = (request.inputs[number], request.inputs[count + number])
      guard let first = indices.shape.dimensions, let sizes = data.shape.dimensions else {
        continue
      }
      guard sizes.count >= first.count,
        Shape(dimensions: Array(sizes.prefix(first.count))).isCompatible(with: indices.shape)
      else {
        throw ShapeError(
          "indices[\(number)] is \(indices), but data[\(number)] is \(data), which must have the"
            + " same first sizes")
      }
      let own = Shape(dimensions: Array(sizes.dropFirst(first.count)))
      guard let merged = slice.merged(with: own) else {
        throw ShapeError(
          "data[\(number)] is \(data), whose slices \(own) are not as those before, \(slice)")
      }
      slice = merged
    }
    return [slice.dimensions.map { Shape(dimensions: [nil] + $0) } ?? .unknown]
  }

  /// What flows back into a slice is what flows back into the place where it was put.
  static func stitchGradient(_ g: GradientContext) -> [Value?] {
    let count = g.inputs.count / 2
    let none = [Value?](repeating: nil, count: count)
    return none
      + (0..<count).map { number in
        guard g.isNeeded[count + number] else { return nil }
        let tuples = reshape(g.inputs[number], to: [-1, 1])
        return reshape(gatherNd(g.outputGradient, tuples), like: g.inputs[count + number])
      }
  }

  /// There is none: the number of slices is not known when kernels are made.
  public func kernel(_ request: KernelRequest) throws -> Kernel {
    throw GraphError("the number of slices is known only after the indices")
  }

  /// The result, as far as the limits that a graph has by default allow.
  public func evaluate(_ inputs: [Tensor]) throws -> [Tensor] {
    try evaluate(inputs, limits: GraphLimits())
  }

  /// Slices that no index gives are zeros; of several for one index, the last one stays.
  public func evaluate(_ inputs: [Tensor], limits: GraphLimits) throws -> [Tensor] {
    let count = inputs.count / 2
    let indices = try inputs.prefix(count).map { try $0.elements(as: Int32.self) }
    var length = 0
    for (number, list) in indices.enumerated() {
      for index in list {
        guard index >= 0 else {
          throw KernelError("indices[\(number)] holds \(index), which is less than 0")
        }
        length = max(length, Int(index) + 1)
      }
    }
    let dataType = inputs[count].dataType
    guard dataType != .string else { throw KernelError("texts cannot be put together here") }
    let sizes = Array(inputs[count].dimensions.dropFirst(inputs[0].rank))
    let type = TensorType(dataType, Shape([length] + sizes))
    try requireMemory(type, limits)
    let size = (Shape.elementCount(of: sizes) ?? 0) * dataType.byteCount
    let result = try Tensor(uninitialized: dataType, dimensions: [length] + sizes) { bytes in
      guard size > 0, length > 0, let target = bytes.baseAddress else { return }
      _ = bytes.initializeMemory(as: UInt8.self, repeating: 0)
      for number in 0..<count {
        inputs[count + number].withUnsafeBytes { source in
          for (position, index) in indices[number].enumerated() {
            (target + Int(index) * size)
              .copyMemory(from: source.baseAddress! + position * size, byteCount: size)
          }
        }
      }
    }
    return [result]
  }
}

/// What both of them are tried with.
@_optimize(none)
func stitchSamples(_ operation: some Stitching) -> [Sample] {
  [
    Sample(
      "two lists", operation,
      [Tensor([Int32(0), 2, 4]), Tensor([Int32(3), 1]), .sample([3]), .sample([2], seed: 2)]
    ),
    Sample(
      "rows, one on its own", operation,
      [
        Tensor(Int32(2)), Tensor([Int32(1), 0]), .sample([2]), .sample([2, 2], seed: 2),
      ]),
    Sample(
      "indices in a matrix", operation,
      [try! Tensor([Int32(3), 1, 2, 0], dimensions: [2, 2]), .sample([2, 2, 3])]),
    Sample(
      "an empty list", operation,
      [Tensor([Int32]()), Tensor([Int32(0)]), .sample([0, 2]), .sample([1, 2])]),
    Sample("nothing", operation, [Tensor([Int32]()), .sample([0, 2])]),
    Sample(
      "empty slices", operation, [Tensor([Int32(0), 1]), .sample([2, 0])], differentiable: false),
    Sample(
      failing: "other first sizes", operation, [Tensor([Int32(0), 1]), .sample([3, 2])],
      message: "indices[0] is Int32[2], but data[0] is Float64[3, 2], which must have the same"
        + " first sizes"),
    Sample(
      failing: "slices that differ", operation,
      [Tensor([Int32(0)]), Tensor([Int32(1)]), .sample([1, 2]), .sample([1, 3])],
      message: "data[1] is Float64[1, 3], whose slices [3] are not as those before, [2]"),
  ]
}
