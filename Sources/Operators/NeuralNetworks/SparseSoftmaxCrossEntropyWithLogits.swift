import CKernels
import GraphIR
import Tensors

/// For each row, the cross entropy between the one right class and the softmax of logits, and its
/// gradient.
public struct SparseSoftmaxCrossEntropyWithLogits: Operator {
  public static let name = "SparseSoftmaxCrossEntropyWithLogits"
  public static let summary =
    "For each row, the cross entropy of the right class and softmax of logits, and its gradient."
  public static let signature = Signature(
    inputs: [.init("features", "T"), .init("labels", "Tlabels")],
    outputs: [.init("loss", "T"), .init("backprop", "T")],
    types: ["T": .floatingPoint, "Tlabels": .index])

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 2, of: 0, named: "features")
    try request.require(rank: 1, of: 1, named: "labels")
    let (batch, labels) = (request.shape(0)[0], request.shape(1)[0])
    if let batch, let labels, batch != labels {
      throw ShapeError(
        "features is \(request.inputs[0]) with \(batch) rows, but labels is \(request.inputs[1])")
    }
    let rows = batch ?? labels
    return [Shape(dimensions: [rows]), Shape(dimensions: [rows, request.shape(0)[1]])]
  }

  // With s = softmax x, the gradient of the loss is backprop, and that of backprop is that of s.
  public static let gradient = GradientRule.rule { g in
    var parts: [Value] = []
    if let loss = g.outputGradients[0] { parts.append(reshape(loss, to: [-1, 1]) * g.outputs[1]) }
    if let backprop = g.outputGradients[1] {
      parts.append(throughSoftmax(backprop, softmax: softmax(g.x)))
    }
    return [parts.dropFirst().reduce(parts[0], +), nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard let loop = Self.loops[type] else { throw unsupported(type) }
    let (batch, classes) = (request.inputSizes(0)[0], request.inputSizes(0)[1])
    let labelSize = request.inputs[1].dataType.byteCount
    let work = RowPieces(rows: batch, columns: classes)
    return Kernel { context in
      let labels = context.inputs[1]
      let wrong = staticgraph_first_label_outside(batch, labelSize, labels, Int64(classes))
      guard wrong == batch else {
        let label =
          labelSize == 4
          ? Int(context.input(1, as: Int32.self)[wrong])
          : Int(context.input(1, as: Int64.self)[wrong])
        throw KernelError(
          "element \(wrong) of labels is \(label), but there are \(classes) classes")
      }
      context.parallelFor(pieces: work.pieces) { piece in
        let rows = work[piece]
        let start = rows.lowerBound * classes * type.byteCount
        loop(
          rows.count, classes, context.inputs[0] + start, labelSize,
          labels + rows.lowerBound * labelSize,
          context.outputs[0] + rows.lowerBound * type.byteCount, context.outputs[1] + start)
      }
    }
  }

  static let loops: [DataType: staticgraph_sparse_cross_entropy] = [
    .float32: staticgraph_sparse_cross_entropy_float32,
    .float64: staticgraph_sparse_cross_entropy_float64,
  ]

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: 32 * Double(request.outputCount(1)), bytesMoved: Cost.moving(request))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a batch", Self(), [.sample([3, 4]), Tensor([Int32(1), 3, 0])]),
      Sample("labels in Int64", Self(), [.sample([2, 3]), Tensor([Int64(2), 2])]),
      Sample("one class", Self(), [.sample([2, 1]), Tensor([Int32(0), 0])]),
      Sample("nothing", Self(), [.sample([0, 3]), Tensor([Int32]())]),
      Sample(
        "many rows", Self(),
        [.sample([5000, 10]), Tensor((0..<5000).map { Int64($0 * 7 % 10) })],
        differentiable: false),
      Sample(
        failing: "another number of labels", Self(), [.sample([2, 3]), Tensor([Int32(1)])],
        message: "features is Float64[2, 3] with 2 rows, but labels is Int32[1]"),
      Sample(
        failing: "labels for each class", Self(),
        [.sample([1, 2]), try! Tensor([Int32(1), 0], dimensions: [1, 2])],
        message: "labels must have rank 1, but it is Int32[1, 2]"),
    ]
  }
}

/// For each row, the cross entropy between the one right class and the softmax of logits, and its
/// gradient.
///
/// Running the graph throws where a label is none of the classes.
///
/// - Parameters:
///   - features: A matrix of logits with a row for each case and a column for each class.
///   - labels: The number of the right class of each row, from 0 up, `Int32` or `Int64`.
/// - Returns: The loss, a vector with a number for each row; and backprop, its gradient for the
///   logits.
public func sparseSoftmaxCrossEntropyWithLogits(
  _ features: Value, _ labels: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> (loss: Value, backprop: Value) {
  let node = features.graph.append(
    SparseSoftmaxCrossEntropyWithLogits(), [features, labels], name: name,
    origin: Origin(fileID: fileID, line: line))
  return (node.output(0), node.output(1))
}
