import COpenBLAS
import GraphIR
import Tensors

/// The product of two matrices.
public struct MatMul: Operator {
  public static let name = "MatMul"
  public static let summary = "The product of two matrices, either of them transposed on request."
  public static let signature = Signature(
    inputs: [.init("a", "T"), .init("b", "T")], outputs: [.init("product", "T")],
    types: [
      "T": [
        .bfloat16, .float16, .float32, .float64, .int32, .int64, .uint8, .uint16, .uint32, .uint64,
      ]
    ])
  public static let attributes: [Attribute<MatMul>] = [
    .init("transpose_a", \.transposeA, "Whether a is transposed first."),
    .init("transpose_b", \.transposeB, "Whether b is transposed first."),
  ]
  public static let function: GraphFunction? = .derived(from: MatMul.self, named: "matmul")

  /// Whether a is transposed first.
  public var transposeA = false
  /// Whether b is transposed first.
  public var transposeB = false

  public init() {}

  /// A product of a and b, each transposed where its flag says so.
  public init(transposeA: Bool, transposeB: Bool) {
    self.transposeA = transposeA
    self.transposeB = transposeB
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 2, of: 0, named: "a")
    try request.require(rank: 2, of: 1, named: "b")
    let (a, b) = (request.shape(0), request.shape(1))
    if let left = a[transposeA ? 0 : 1], let right = b[transposeB ? 1 : 0], left != right {
      func text(_ input: Int, _ isTransposed: Bool) -> String {
        "\(request.inputs[input])" + (isTransposed ? " transposed" : "")
      }
      throw ShapeError(
        "the inner sizes differ: a is \(text(0, transposeA)), b is \(text(1, transposeB))")
    }
    return [Shape(dimensions: [a[transposeA ? 1 : 0], b[transposeB ? 0 : 1]])]
  }

  // C = op(A)·op(B):  ∂A = ∂C·op(B)ᵀ,  ∂B = op(A)ᵀ·∂C, transposed back where A or B was.
  public static let gradient = GradientRule.rule { g in
    let operation = g.operation(as: MatMul.self)
    let (a, b, dc) = (g.x, g.y, g.outputGradient)
    let (ta, tb) = (operation.transposeA, operation.transposeB)
    return [
      !g.isNeeded[0]
        ? nil
        : ta
          ? matmul(b, dc, transposeA: tb, transposeB: true)
          : matmul(dc, b, transposeB: !tb),
      !g.isNeeded[1]
        ? nil
        : tb
          ? matmul(dc, a, transposeA: true, transposeB: ta)
          : matmul(a, dc, transposeA: !ta),
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try product(request).kernel(for: request.inputs[0].dataType)
  }

  /// The product of inputs of known sizes.
  func product(_ request: KernelRequest) -> MatrixProduct {
    let (a, b) = (request.inputSizes(0), request.inputSizes(1))
    return MatrixProduct(
      rows: a[transposeA ? 1 : 0], columns: b[transposeB ? 0 : 1], inner: a[transposeA ? 0 : 1],
      transposeA: transposeA, transposeB: transposeB)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    let inner = Double(request.inputSizes(0)[transposeA ? 0 : 1])
    return Cost(
      operations: 2 * inner * Double(request.outputCount()), bytesMoved: Cost.moving(request))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("plain", MatMul(), [.sample([2, 3]), .sample([3, 4], seed: 2)]),
      Sample(
        "a transposed", MatMul(transposeA: true, transposeB: false),
        [.sample([3, 2]), .sample([3, 4], seed: 2)]),
      Sample(
        "b transposed", MatMul(transposeA: false, transposeB: true),
        [.sample([2, 3]), .sample([4, 3], seed: 2)]),
      Sample(
        "both transposed", MatMul(transposeA: true, transposeB: true),
        [.sample([3, 2]), .sample([4, 3], seed: 2)]),
      Sample("an inner size of 0", MatMul(), [.sample([2, 0]), .sample([0, 3])]),
      Sample("no rows", MatMul(), [.sample([0, 2]), .sample([2, 3])]),
      Sample("larger than a tile", MatMul(), [.sample([130, 70]), .sample([70, 90], seed: 2)]),
      Sample(
        failing: "inner sizes that differ", MatMul(), [.sample([2, 3]), .sample([4, 5])],
        message: "the inner sizes differ: a is Float64[2, 3], b is Float64[4, 5]"),
      Sample(
        failing: "a vector", MatMul(), [.sample([3]), .sample([3, 4])],
        message: "a must have rank 2, but it is Float64[3]"),
    ]
  }
}

/// The product of two matrices.
///
/// ```swift
/// let scores = matmul(features, weights)
/// ```
/// - Parameters:
///   - a: A matrix, [rows, inner], or [inner, rows] when it is transposed.
///   - b: A matrix of the same type, [inner, columns], or [columns, inner].
///   - transposeA: Whether a is transposed first; nothing is copied for it.
///   - transposeB: Whether b is transposed first; nothing is copied for it.
/// - Returns: A matrix, [rows, columns].
public func matmul(
  _ a: Value, _ b: Value, transposeA: Bool = false, transposeB: Bool = false,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  a.graph.append(
    MatMul(transposeA: transposeA, transposeB: transposeB), [a, b], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
