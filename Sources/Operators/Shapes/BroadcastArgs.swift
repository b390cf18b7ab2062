import GraphIR
import Tensors

/// The shape that two shapes broadcast to.
public struct BroadcastArgs: Operator {
  public static let name = "BroadcastArgs"
  public static let summary = "The shape that two shapes broadcast to."
  public static let signature = Signature(
    inputs: [.init("s0", "T"), .init("s1", "T")], outputs: [.init("r0", "T")],
    types: ["T": .index])
  public static let function: GraphFunction? = .derived(
    from: BroadcastArgs.self, named: "broadcastArguments")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "s0")
    try request.require(rank: 1, of: 1, named: "s1")
    let lengths = [request.shape(0)[0], request.shape(1)[0]].compactMap { $0 }
    return [Shape(dimensions: [lengths.count == 2 ? lengths.max() : nil])]
  }

  public static let gradient = GradientRule.none(because: "sizes do not change with the elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let counts = (request.inputCount(0), request.inputCount(1))
    if request.outputs[0].dataType == .int32 { return Self.kernel(counts, Int32.self) }
    return Self.kernel(counts, Int64.self)
  }

  private static func kernel<Element: FixedWidthInteger & Sendable>(
    _ counts: (Int, Int), _ type: Element.Type
  ) -> Kernel {
    let rank = max(counts.0, counts.1)
    return Kernel { context in
      let (s0, s1) = (context.input(0, as: type), context.input(1, as: type))
      let result = context.output(as: type)
      for axis in 0..<rank {
        let left = axis < rank - counts.0 ? 1 : s0[axis - (rank - counts.0)]
        let right = axis < rank - counts.1 ? 1 : s1[axis - (rank - counts.1)]
        guard left == right || left == 1 || right == 1 else {
          throw KernelError(
            "the shapes do not broadcast: on axis \(axis) s0 has \(left), s1 \(right)")
        }
        result[axis] = left == 1 ? right : left
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "a row against a matrix", BroadcastArgs(), [Tensor([Int32(2), 3]), Tensor([Int32(3)])]),
      Sample(
        "a column against a row", BroadcastArgs(), [Tensor([Int64(2), 1]), Tensor([Int64(1), 3])]),
      Sample("scalars", BroadcastArgs(), [Tensor([Int32]()), Tensor([Int32]())]),
      Sample(
        failing: "a matrix", BroadcastArgs(),
        [Tensor([Int32(2)]), try! Tensor([Int32(2)], dimensions: [1, 1])],
        message: "s1 must have rank 1, but it is Int32[1, 1]"),
    ]
  }
}

/// The shape that two shapes broadcast to.
///
/// - Parameters:
///   - s0: A vector of sizes, `Int32` or `Int64`.
///   - s1: A vector of sizes of the same type.
public func broadcastArguments(
  _ s0: Value, _ s1: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  s0.graph.append(
    BroadcastArgs(), [s0, s1], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
