import GraphIR
import Tensors

/// A product of matrices that stand in the last two axes of tensors.
protocol BatchMatrixOperator: Operator {
  /// Whether the axes before those of the matrices broadcast; else they are equal.
  static var broadcasts: Bool { get }
  /// Whether the matrices of x are transposed first.
  var transposeX: Bool { get set }
  /// Whether the matrices of y are transposed first.
  var transposeY: Bool { get set }
  /// A hint for TensorFlow's own compiler, which changes no result.
  var isGradientOfX: Bool { get set }
  /// A hint for TensorFlow's own compiler, which changes no result.
  var isGradientOfY: Bool { get set }
}

extension BatchMatrixOperator {
  static var flags: [Attribute<Self>] {
    [
      .init(
        "adj_x", \.transposeX, "Whether the matrices of x are transposed first.",
        label: "transposeX"),
      .init(
        "adj_y", \.transposeY, "Whether the matrices of y are transposed first.",
        label: "transposeY"),
      .init(
        "grad_x", \.isGradientOfX, "A hint for TensorFlow's own compiler.", isArgument: false),
      .init(
        "grad_y", \.isGradientOfY, "A hint for TensorFlow's own compiler.", isArgument: false),
    ]
  }

  init(transposeX: Bool, transposeY: Bool) {
    self.init()
    self.transposeX = transposeX
    self.transposeY = transposeY
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let (x, y) = (request.shape(0), request.shape(1))
    for (input, name) in ["x", "y"].enumerated() {
      if let rank = request.shape(input).rank, rank < 2 {
        throw ShapeError("\(name) must have at least rank 2, but it is \(request.inputs[input])")
      }
    }
    guard let ranks = x.rank.flatMap({ x in y.rank.map { (x: x, y: $0) } }) else {
      return [.unknown]
    }
    let left = (rows: x[ranks.x - 2], columns: x[ranks.x - 1])
    let right = (rows: y[ranks.y - 2], columns: y[ranks.y - 1])
    if let inner = transposeX ? left.rows : left.columns,
      let other = transposeY ? right.columns : right.rows, inner != other
    {
      throw ShapeError("the inner sizes differ: x is \(text(request, 0)), y is \(text(request, 1))")
    }
    let (batchX, batchY) = (Self.batch(x), Self.batch(y))
    guard
      let batch = Self.broadcasts ? batchX.broadcast(with: batchY) : batchX.merged(with: batchY)
    else {
      throw ShapeError(
        "the axes before the matrices \(Self.broadcasts ? "do not broadcast" : "differ"):"
          + " x is \(request.inputs[0]), y is \(request.inputs[1])")
    }
    let matrix = [
      transposeX ? left.columns : left.rows, transposeY ? right.rows : right.columns,
    ]
    return [Shape(dimensions: batch.dimensions! + matrix)]
  }

  private func text(_ request: ShapeRequest, _ input: Int) -> String {
    "\(request.inputs[input])" + ((input == 0 ? transposeX : transposeY) ? " transposed" : "")
  }

  private static func batch(_ shape: Shape) -> Shape {
    Shape(dimensions: Array(shape.dimensions!.dropLast(2)))
  }

  // As for one pair of matrices; matrices that were repeated gather from all their products.
  public static var gradient: GradientRule {
    .rule { g in
      let operation = g.operation(as: Self.self)
      let (x, y, d) = (g.x, g.y, g.outputGradient)
      let (tx, ty) = (operation.transposeX, operation.transposeY)
      func product(_ a: Value, _ b: Value, _ ta: Bool, _ tb: Bool, like input: Value) -> Value {
        let gradient = batchMatmul(a, b, transposeX: ta, transposeY: tb)
        return broadcasts ? g.reduced(gradient, toShapeOf: input) : gradient
      }
      return [
        !g.isNeeded[0]
          ? nil : tx ? product(y, d, ty, true, like: x) : product(d, y, false, !ty, like: x),
        !g.isNeeded[1]
          ? nil : ty ? product(d, x, true, tx, like: y) : product(x, d, !tx, false, like: y),
      ]
    }
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    for other in [request.inputs[1].dataType, request.outputs[0].dataType] where other != type {
      throw unsupported(other)
    }
    let (x, y) = (request.inputSizes(0), request.inputSizes(1))
    let output = request.outputSizes()
    return try BatchMatrixProduct(
      product: MatrixProduct(
        rows: output[output.count - 2], columns: output[output.count - 1],
        inner: x[x.count - (transposeX ? 2 : 1)], transposeA: transposeX, transposeB: transposeY),
      batch: output.dropLast(2), batchA: x.dropLast(2), batchB: y.dropLast(2)
    ).kernel(for: type)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    let x = request.inputSizes(0)
    let inner = Double(x[x.count - (transposeX ? 2 : 1)])
    return Cost(
      operations: 2 * inner * Double(request.outputCount()), bytesMoved: Cost.moving(request))
  }

  /// What all of them are tried with.
  @_optimize(none)
  static var commonSamples: [Sample] {
    func make(
      _ label: String, _ x: [Int], _ y: [Int], _ tx: Bool = false, _ ty: Bool = false
    ) -> Sample {
      Sample(
        label, Self(transposeX: tx, transposeY: ty), [.sample(x), .sample(y, seed: 2)])
    }
    return [
      make("one pair of matrices", [2, 3], [3, 4]),
      make("a batch", [3, 2, 3], [3, 3, 4]),
      make("two axes of batches", [2, 3, 2, 4], [2, 3, 4, 1]),
      make("x transposed", [2, 3, 2], [2, 3, 4], true),
      make("y transposed", [2, 2, 3], [2, 4, 3], false, true),
      make("both transposed", [2, 3, 2], [2, 4, 3], true, true),
      make("no matrices", [0, 2, 3], [0, 3, 4]),
      make("an inner size of 0", [2, 2, 0], [2, 0, 3]),
      make("more than tiny matrices", [3, 9, 8], [3, 8, 7]),
      Sample(
        failing: "inner sizes that differ", Self(transposeX: false, transposeY: true),
        [.sample([2, 2, 3]), .sample([2, 3, 4])],
        message: "the inner sizes differ: x is Float64[2, 2, 3],"
          + " y is Float64[2, 3, 4] transposed"),
      Sample(
        failing: "a vector", Self(), [.sample([3]), .sample([3, 4])],
        message: "x must have at least rank 2, but it is Float64[3]"),
      Sample(
        failing: "batches that differ", Self(), [.sample([2, 3, 4]), .sample([3, 4, 2])],
        message: "the axes before the matrices \(broadcasts ? "do not broadcast" : "differ"):"
          + " x is Float64[2, 3, 4], y is Float64[3, 4, 2]"),
    ]
  }

  /// What those that broadcast are tried with besides.
  @_optimize(none)
  static var broadcastingSamples: [Sample] {
    [
      ([3, 2, 4], [4, 2]), ([2, 4], [3, 4, 2]), ([2, 1, 2, 3], [4, 3, 2]), ([1, 2, 3], [2, 3, 1]),
    ]
    .map { x, y in
      Sample("\(x) with \(y)", Self(), [.sample(x), .sample(y, seed: 2)])
    }
  }
}
