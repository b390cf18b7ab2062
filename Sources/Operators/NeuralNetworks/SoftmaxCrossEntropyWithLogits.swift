import CKernels
import GraphIR
import Tensors

/// For each row, the cross entropy between labels and the softmax of logits, and its gradient.
public struct SoftmaxCrossEntropyWithLogits: Operator {
  public static let name = "SoftmaxCrossEntropyWithLogits"
  public static let summary =
    "For each row, the cross entropy of labels and softmax of logits, and its gradient."
  public static let signature = Signature(
    inputs: [.init("features", "T"), .init("labels", "T")],
    outputs: [.init("loss", "T"), .init("backprop", "T")], types: ["T": .floatingPoint])

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let shape = try broadcastShape(request, ("features", "labels"))[0]
    guard let rank = shape.rank else { return [.unknown(rank: 1), .unknown(rank: 2)] }
    guard rank == 2 else {
      throw ShapeError(
        "features and labels must be matrices, but they are \(request.inputs[0])"
          + " and \(request.inputs[1])")
    }
    return [Shape(dimensions: [shape[0]]), shape]
  }

  // With s = softmax x, loss = −Σ l·log s and backprop = s − l, which is the gradient of the loss
  // for labels that add up to 1.
  public static let gradient = GradientRule.rule { g in
    let (features, labels) = (g.x, g.y)
    var parts: (features: [Value], labels: [Value]) = ([], [])
    if let loss = g.outputGradients[0] {
      let weight = reshape(loss, to: [-1, 1])
      if g.isNeeded[0] { parts.features.append(weight * g.outputs[1]) }
      if g.isNeeded[1] { parts.labels.append(-(weight * logSoftmax(features))) }
    }
    if let backprop = g.outputGradients[1] {
      if g.isNeeded[0] {
        parts.features.append(throughSoftmax(backprop, softmax: softmax(features)))
      }
      if g.isNeeded[1] { parts.labels.append(-backprop) }
    }
    func total(_ parts: [Value], _ input: Int) -> Value? {
      guard let first = parts.first else { return nil }
      return g.reduced(
        parts.dropFirst().reduce(first, +), toShapeOf: input, broadcastWith: 1 - input)
    }
    return [total(parts.features, 0), total(parts.labels, 1)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard let loop = Self.loops[type] else { throw unsupported(type) }
    let (batch, classes) = (request.outputSizes(1)[0], request.outputSizes(1)[1])
    let work = RowPieces(rows: batch, columns: classes)
    let strides = (0...1).map { Self.strides(request.inputSizes($0)) }
    return Kernel { context in
      context.parallelFor(pieces: work.pieces) { piece in
        let rows = work[piece]
        func matrix(_ input: Int) -> staticgraph_matrix {
          staticgraph_matrix(
            elements: context.inputs[input]
              + rows.lowerBound * strides[input].row * type.byteCount,
            row_stride: strides[input].row, column_stride: strides[input].column)
        }
        loop(
          rows.count, classes, matrix(0), matrix(1),
          context.outputs[0] + rows.lowerBound * type.byteCount,
          context.outputs[1] + rows.lowerBound * classes * type.byteCount)
      }
    }
  }

  /// The distances in elements along rows and columns of a matrix, or of what broadcasts to one.
  private static func strides(_ sizes: [Int]) -> (row: Int, column: Int) {
    let columns = sizes.last ?? 1
    return (sizes.count < 2 || sizes[0] == 1 ? 0 : columns, columns == 1 ? 0 : 1)
  }

  static let loops: [DataType: staticgraph_cross_entropy] = [
    .float32: staticgraph_cross_entropy_float32, .float64: staticgraph_cross_entropy_float64,
  ]

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: 32 * Double(request.outputCount(1)), bytesMoved: Cost.moving(request))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a batch", Self(), [.sample([2, 3]), labels([[0.2, 0.5, 0.3], [0, 1, 0]])]),
      Sample("one class", Self(), [.sample([2, 1]), labels([[1], [1]])]),
      Sample("nothing", Self(), [.sample([0, 3]), .sample([0, 3])]),
      Sample("no classes", Self(), [.sample([2, 0]), .sample([2, 0])], differentiable: false),
      Sample(
        "labels that do not add up to 1", Self(), [.sample([2, 3]), .sample([2, 3], seed: 2)],
        differentiable: false),
      Sample(
        "the same labels for all", Self(), [.sample([2, 3]), .sample([3], seed: 2)],
        differentiable: false),
      Sample(
        "the same features for all", Self(), [.sample([1, 3]), .sample([2, 3], seed: 2)],
        differentiable: false),
      Sample(
        "one feature for all classes", Self(), [.sample([2, 1]), .sample([2, 3], seed: 2)],
        differentiable: false),
      Sample(
        "many rows", Self(), [.sample([5000, 10]), .sample([5000, 10], seed: 2)],
        differentiable: false),
      Sample(
        "an impossible class", Self(),
        [labels([[0, -.infinity, 1]]), labels([[0.5, 0, 0.5]])], differentiable: false),
      Sample(
        failing: "shapes that do not broadcast", Self(), [.sample([2, 3]), .sample([2, 4])],
        message:
          "the shapes do not broadcast: features is Float64[2, 3], labels is Float64[2, 4]"),
      Sample(
        failing: "vectors", Self(), [.sample([3]), .sample([3])],
        message: "features and labels must be matrices, but they are Float64[3] and Float64[3]"),
    ]
  }

  private static func labels(_ rows: [[Double]]) -> Tensor {
    try! Tensor(rows.flatMap(\.self), dimensions: [rows.count, rows[0].count])
  }
}

/// For each row, the cross entropy between labels and the softmax of logits, and its gradient.
///
/// - Parameters:
///   - features: A matrix of logits with a row for each case and a column for each class.
///   - labels: The probability of each class, of the same type, of a shape that broadcasts with that
///     of `features`. The gradient is right where each row adds up to 1.
/// - Returns: The loss, a vector with a number for each row; and backprop, its gradient for the
///   logits, which is the softmax less the labels.
public func softmaxCrossEntropyWithLogits(
  _ features: Value, _ labels: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> (loss: Value, backprop: Value) {
  let node = features.graph.append(
    SoftmaxCrossEntropyWithLogits(), [features, labels], name: name,
    origin: Origin(fileID: fileID, line: line))
  return (node.output(0), node.output(1))
}
