import GraphIR
import Tensors

/// The diagonal of a tensor whose axes come in two equal halves.
public struct DiagPart: MovingOperator {
  public static let name = "DiagPart"
  public static let summary = "The diagonal of a tensor whose axes come in two equal halves."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("diagonal", "T")],
    types: ["T": [.bfloat16, .float16, .float32, .float64, .int32, .int64]])
  public static let function: GraphFunction? = .derived(from: DiagPart.self, named: "diagonalPart")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard let dimensions = request.shape(0).dimensions else { return [.unknown] }
    let half = dimensions.count / 2
    guard half > 0, dimensions.count % 2 == 0,
      let shape = Shape(dimensions: Array(dimensions.prefix(half)))
        .merged(with: Shape(dimensions: Array(dimensions.suffix(half))))
    else {
      throw ShapeError(
        "input is \(request.inputs[0]), whose axes do not come in two equal halves")
    }
    return [shape]
  }

  public static let gradient = GradientRule.rule { g in [diagonal(g.outputGradient)] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let count = request.outputCount()
    return try diagonalPartKernel(request, input: [count, count])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", DiagPart(), [.sample([3, 3])]),
      Sample("four axes", DiagPart(), [.sample([2, 3, 2, 3])]),
      Sample("nothing", DiagPart(), [.sample([0, 0])]),
      Sample(
        failing: "sides that differ", DiagPart(), [.sample([2, 3])],
        message: "input is Float64[2, 3], whose axes do not come in two equal halves"),
      Sample(
        failing: "three axes", DiagPart(), [.sample([2, 2, 2])],
        message: "input is Float64[2, 2, 2], whose axes do not come in two equal halves"),
    ]
  }
}

/// The diagonal of a tensor whose axes come in two equal halves.
///
/// - Parameter input: A tensor of rank 2, 4, …, the second half of whose sizes equals the first.
/// - Returns: A tensor of half as many axes.
public func diagonalPart(
  _ input: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    DiagPart(), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
