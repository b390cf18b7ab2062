import GraphIR
import Tensors

/// The same elements in the same order under another shape.
public struct Reshape: Operator {
  public static let name = "Reshape"
  public static let summary = "The same elements in the same order under another shape."
  public static let signature = Signature(
    inputs: [.init("tensor", "T"), .init("shape", "Tshape", label: "to")],
    outputs: [.init("output", "T")], types: ["T": .any, "Tshape": .index])
  public static let traits: OperatorTraits = .view
  public static let shapeInputs = [1]

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 1, named: "shape")
    if let wanted = request.integers(1) { return [try resolved(wanted, request)] }
    if let sizes = request.sizes(1) { return [sizes] }
    return [request.shape(1)[0].map { Shape.unknown(rank: $0) } ?? .unknown]
  }

  private func resolved(_ wanted: [Int], _ request: ShapeRequest) throws -> Shape {
    let tensor = request.inputs[0]
    guard wanted.allSatisfy({ $0 >= -1 }), wanted.filter({ $0 == -1 }).count <= 1 else {
      throw ShapeError("shape may hold sizes and at most one -1, but it is \(wanted)")
    }
    let stated = wanted.filter { $0 >= 0 }
    guard let known = Shape.elementCount(of: stated) else {
      throw ShapeError("shape \(wanted) is larger than any memory")
    }
    guard let count = tensor.shape.elementCount else {
      return Shape(dimensions: wanted.map { $0 < 0 ? nil : $0 })
    }
    if stated.count == wanted.count {
      guard known == count else { throw mismatch(tensor, count, wanted, "\(known)") }
      return Shape(wanted)
    }
    guard known > 0, count % known == 0 else {
      throw mismatch(tensor, count, wanted, "a multiple of \(known)")
    }
    return Shape(wanted.map { $0 < 0 ? count / known : $0 })
  }

  private func mismatch(
    _ tensor: TensorType, _ count: Int, _ wanted: [Int], _ needed: String
  ) -> ShapeError {
    ShapeError("tensor is \(tensor) with \(count) elements, but shape \(wanted) needs \(needed)")
  }

  public static let gradient = GradientRule.rule { g in
    [reshape(g.outputGradient, like: g.x), nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel { copyKernel(request) }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix to a vector", Reshape(), [.sample([2, 3]), Tensor([Int32(6)])]),
      Sample("a size to find", Reshape(), [.sample([2, 6]), Tensor([Int32(3), -1])]),
      Sample("a vector to a scalar", Reshape(), [.sample([1]), Tensor([Int32]())]),
      Sample("sizes in Int64", Reshape(), [.sample([4]), Tensor([Int64(2), 2])]),
      Sample("nothing", Reshape(), [.sample([0, 3]), Tensor([Int32(3), 0])]),
      Sample(
        failing: "too few elements", Reshape(), [.sample([2, 3]), Tensor([Int32(4)])],
        message: "tensor is Float64[2, 3] with 6 elements, but shape [4] needs 4"),
      Sample(
        failing: "no such size", Reshape(), [.sample([2, 3]), Tensor([Int32(4), -1])],
        message: "tensor is Float64[2, 3] with 6 elements, but shape [4, -1] needs a multiple of 4"),
      Sample(
        failing: "two sizes to find", Reshape(), [.sample([2, 3]), Tensor([Int32(-1), -1])],
        message: "shape may hold sizes and at most one -1, but it is [-1, -1]"),
    ]
  }
}

/// The same elements in the same order under another shape.
///
/// - Parameters:
///   - tensor: Any tensor.
///   - shape: The sizes; one of them may be −1, to be found from the number of elements.
public func reshape(
  _ tensor: Value, to shape: [Int], name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return reshape(
    tensor, to: sizesConstant(shape, tensor.graph, origin), name: name, fileID: fileID, line: line)
}

/// The same elements in the same order under a shape that the graph computes.
///
/// - Parameters:
///   - tensor: Any tensor.
///   - shape: A vector of sizes, `Int32` or `Int64`; one of them may be −1.
public func reshape(
  _ tensor: Value, to shape: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  tensor.graph.append(
    Reshape(), [tensor, shape], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}

/// The elements of a tensor under the shape of another.
func reshape(_ tensor: Value, like other: Value) -> Value {
  if tensor.shape == other.shape, tensor.shape.isKnown { return tensor }
  return reshape(tensor, to: shapeTensor(other))
}

/// A constant vector of sizes or axes: `Int32`, or `Int64` where one needs it.
package func sizesConstant(_ sizes: [Int], _ graph: Graph, _ origin: Origin) -> Value {
  let fits = sizes.allSatisfy { Int32(exactly: $0) != nil }
  let tensor = fits ? Tensor(sizes.map { Int32($0) }) : Tensor(sizes.map { Int64($0) })
  return graph.constant(tensor, origin: origin)
}
