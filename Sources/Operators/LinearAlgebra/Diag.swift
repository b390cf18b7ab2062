import GraphIR
import Tensors

/// A tensor of twice as many axes that holds another along its diagonal, and zeros beside it.
public struct Diag: MovingOperator {
  public static let name = "Diag"
  public static let summary =
    "A tensor of twice as many axes that holds another along its diagonal, and zeros beside it."
  public static let signature = Signature(
    inputs: [.init("diagonal", "T")], outputs: [.init("output", "T")],
    types: ["T": [.bfloat16, .float16, .float32, .float64, .int32, .int64]])
  public static let function: GraphFunction? = .derived(from: Diag.self, named: "diagonal")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard let dimensions = request.shape(0).dimensions else { return [.unknown] }
    if dimensions.isEmpty {
      throw ShapeError("diagonal must have at least rank 1, but it is \(request.inputs[0])")
    }
    return [Shape(dimensions: dimensions + dimensions)]
  }

  public static let gradient = GradientRule.rule { g in [diagonalPart(g.outputGradient)] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let count = request.inputCount(0)
    return try diagonalKernel(request, output: [count, count])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a vector", Diag(), [.sample([3])]),
      Sample("a matrix", Diag(), [.sample([2, 3])]),
      Sample("nothing", Diag(), [.sample([0])]),
      Sample(
        failing: "a scalar", Diag(), [.sample([])],
        message: "diagonal must have at least rank 1, but it is Float64"),
    ]
  }
}

/// A tensor of twice as many axes that holds another along its diagonal, and zeros beside it.
///
/// - Parameter diagonal: A tensor of rank 1 or more.
/// - Returns: A tensor whose element at (i, …, i, …) is that of `diagonal` at (i, …).
public func diagonal(
  _ diagonal: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  diagonal.graph.append(
    Diag(), [diagonal], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
