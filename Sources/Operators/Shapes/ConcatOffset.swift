import GraphIR
import Tensors

/// Where each of several tensors begins in their concatenation.
public struct ConcatOffset: Operator {
  public static let name = "ConcatOffset"
  public static let summary = "Where each of several tensors begins in their concatenation."
  public static let signature = Signature(
    inputs: [
      .init("concat_dim", .fixed(.int32)), .init("shape", "shape_type", count: "N"),
    ],
    outputs: [.init("offset", "shape_type", count: "N")], types: ["shape_type": .index])
  public static let function: GraphFunction? = nil

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard request.inputs.count >= 3 else {
      throw ShapeError(
        "shape must hold at least 2 tensors, but it holds \(request.inputs.count - 1)")
    }
    try request.require(rank: 0, of: 0, named: "concat_dim")
    var shape = Shape.unknown(rank: 1)
    for input in 1..<request.inputs.count {
      try request.require(rank: 1, of: input, named: "shape[\(input - 1)]")
      guard let merged = shape.merged(with: request.shape(input)) else {
        throw ShapeError(
          "shape[0] is \(request.inputs[1]), but shape[\(input - 1)] is \(request.inputs[input]);"
            + " all must have the same length")
      }
      shape = merged
    }
    return Array(repeating: shape, count: request.inputs.count - 1)
  }

  public static let gradient = GradientRule.none(because: "offsets do not change with elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let (count, rank) = (request.outputs.count, request.outputCount())
    if request.outputs[0].dataType == .int32 { return Self.kernel(count, rank, Int32.self) }
    return Self.kernel(count, rank, Int64.self)
  }

  private static func kernel<Element: FixedWidthInteger & Sendable>(
    _ count: Int, _ rank: Int, _ type: Element.Type
  ) -> Kernel {
    Kernel { context in
      let stated = Int(context.input(0, as: Int32.self)[0])
      guard (-rank..<rank).contains(stated) else {
        throw KernelError("concat_dim is \(stated), but the shapes have \(rank) axes")
      }
      let axis = stated < 0 ? stated + rank : stated
      var total: Element = 0
      let first = context.input(1, as: type)
      for number in 0..<count {
        let shape = context.input(number + 1, as: type)
        let offset = context.output(number, as: type)
        for position in 0..<rank {
          offset[position] = 0
          if position != axis, shape[position] != first[position] {
            throw KernelError(
              "shape[0] has size \(first[position]) on axis \(position), but shape[\(number)] has"
                + " \(shape[position])")
          }
        }
        offset[axis] = total
        total &+= shape[axis]
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "the first axis", ConcatOffset(),
        [Tensor(Int32(0)), Tensor([Int32(2), 3]), Tensor([Int32(4), 3]), Tensor([Int32(1), 3])]),
      Sample(
        "the last axis, in Int64", ConcatOffset(),
        [Tensor(Int32(-1)), Tensor([Int64(2), 3]), Tensor([Int64(2), 5])]),
      Sample(
        failing: "ranks that differ", ConcatOffset(),
        [Tensor(Int32(0)), Tensor([Int32(2), 3]), Tensor([Int32(2)])],
        message: "shape[0] is Int32[2], but shape[1] is Int32[1]; all must have the same length"),
    ]
  }
}

/// Where each of several tensors begins in their concatenation, from the axis and their shapes.
func concatOffset(_ axis: Value, _ shapes: [Value]) -> [Value] {
  if shapes.count == 1 { return [shapes[0] - shapes[0]] }
  let node = axis.graph.append(ConcatOffset(), [axis] + shapes, origin: .unknown)
  return shapes.indices.map { node.output($0) }
}
