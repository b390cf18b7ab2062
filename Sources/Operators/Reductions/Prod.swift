import CKernels
import GraphIR
import Tensors

/// The product over some axes.
public struct Prod: Reduction {
  public static let name = "Prod"
  public static let summary = "The product over some axes."
  public static let signature = reductionSignature(.numeric)
  public static let function: GraphFunction? = reductionFunction("prod")

  /// Whether an axis that is multiplied over stays, with size 1.
  public var keepsDimensions = false

  public init() {}

  // Each element's part is the product of all others. Of one axis it is the product of those
  // before and those after it, so that zeros do no harm; the products over one axis after the
  // other give the parts of the next.
  public static let gradient = GradientRule.rule { g in
    var share = keepingAxes(g.outputGradient, of: g)
    guard let axes = g.graph.constantIntegers(g.y) else {
      return [reshape(others(g.x, over: g.y) * share, like: g.x), nil]
    }
    var products = g.x
    for axis in axes {
      share = others(products, axis: axis) * share
      products = prod(products, axes: [axis], keepDimensions: true)
    }
    return [axes.isEmpty ? reshape(share, like: g.x) : share, nil]
  }

  /// For each element the product of all others along an axis.
  private static func others(_ x: Value, axis: Int) -> Value {
    cumprod(x, axis: axis, exclusive: true)
      * cumprod(x, axis: axis, exclusive: true, reverse: true)
  }

  /// The same over axes that are known only in a run, which become the columns of a matrix.
  private static func others(_ x: Value, over axes: Value) -> Value {
    func constant(_ number: Int32) -> Value { x.graph.constant(Tensor(number), origin: .unknown) }
    func product(_ sizes: Value) -> Value { prod(sizes, axes: [0]) }
    let rank = rank(x)
    let folded = floorMod(cast(reshape(axes, to: [-1]), to: .int32), rank)
    let kept = listDiff(range(constant(0), rank, by: constant(1)), folded).values
    let order = concat([folded, kept], axis: 0)
    let turned = transpose(x, permutation: order)
    let sizes = shape(x)
    let columns = reshape(
      turned, to: stack([product(gather(sizes, folded)), product(gather(sizes, kept))]))
    return transpose(
      reshape(others(columns, axis: 0), like: turned), permutation: invertPermutation(order))
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try foldingKernel(request, Self.loops)
  }

  static let loops: FoldLoops = [
    .float32: FoldLoop(
      staticgraph_prod_float32_rows, staticgraph_prod_float32_columns, from: .init(Float(1))),
    .float64: FoldLoop(
      staticgraph_prod_float64_rows, staticgraph_prod_float64_columns, from: .init(1.0)),
    .int32: FoldLoop(
      staticgraph_prod_int32_rows, staticgraph_prod_int32_columns, from: .init(Int32(1))),
    .int64: FoldLoop(
      staticgraph_prod_int64_rows, staticgraph_prod_int64_columns, from: .init(Int64(1))),
    .uint8: FoldLoop(
      staticgraph_prod_uint8_rows, staticgraph_prod_uint8_columns, from: .init(UInt8(1))),
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    reductionSamples(Prod.self) + [
      Sample(
        "of nothing", Prod(), [.sample([0, 2]), Tensor([Int32(0)])], differentiable: false),
      Sample(
        "products larger than their type", Prod(),
        [Tensor([Int32.max, 3, 5]), Tensor([Int32(0)])], everyType: false, differentiable: false),
    ]
  }
}

/// The product over some axes.
///
/// The product of nothing is 1. Products of integers wrap.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: The axes to multiply over, negative ones counted from the end; all without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: The products, of the type of `input`.
public func prod(
  _ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Prod(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}

/// The product over axes that the graph computes.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: A scalar or vector of axes, `Int32` or `Int64`.
///   - keepDimensions: Whether such an axis stays, with size 1.
public func prod(
  _ input: Value, axes: Value, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Prod(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}
