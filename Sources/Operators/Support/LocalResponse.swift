import CKernels
import GraphIR
import Tensors

/// How elements are divided by those of channels near theirs.
public struct LocalResponse: Hashable, Sendable {
  /// How many channels on either side count.
  public var depthRadius = 5
  /// What is added to the sum of squares.
  public var bias: Float = 1
  /// The factor of the sum of squares.
  public var alpha: Float = 1
  /// The power that the sum is raised to.
  public var beta: Float = 0.5

  /// The defaults, or those.
  public init(depthRadius: Int = 5, bias: Float = 1, alpha: Float = 1, beta: Float = 0.5) {
    self.depthRadius = depthRadius
    self.bias = bias
    self.alpha = alpha
    self.beta = beta
  }
}

/// Division by channels near each, or its gradient.
public protocol LocalResponseOperator: Operator {
  /// How elements are divided.
  var response: LocalResponse { get set }
}

extension LocalResponseOperator {
  /// An operator that divides so.
  public init(_ response: LocalResponse) {
    self.init()
    self.response = response
  }

  public static var attributes: [Attribute<Self>] {
    [
      .init(
        "depth_radius", \.response.depthRadius, "How many channels on either side count."),
      .init("bias", \.response.bias, "What is added to the sum of squares."),
      .init("alpha", \.response.alpha, "The factor of the sum of squares."),
      .init("beta", \.response.beta, "The power that the sum is raised to."),
    ]
  }

  /// The shape of images that are all of one shape.
  func imagesShape(_ request: ShapeRequest) throws -> Shape {
    guard (0...Int(Int32.max)).contains(response.depthRadius) else {
      throw ShapeError(
        "depthRadius must be from 0 to \(Int32.max), but it is \(response.depthRadius)")
    }
    var shape = Shape.unknown(rank: 4)
    let parameters = Self.signature.inputs
    for (input, parameter) in parameters.enumerated() {
      try request.require(rank: 4, of: input, named: parameter.name)
      guard let merged = shape.merged(with: request.shape(input)) else {
        throw ShapeError(
          "\(parameter.name) is \(request.inputs[input]), but \(parameters[0].name) is"
            + " \(request.inputs[0])")
      }
      shape = merged
    }
    return shape
  }

  public func cost(_ request: KernelRequest) -> Cost {
    let neighbours = Double(min(2 * response.depthRadius + 1, 2 * request.inputSizes(0)[3] + 1))
    return Cost(
      operations: (neighbours + 32) * Double(request.outputCount()),
      bytesMoved: Cost.moving(request))
  }
}

/// How work on rows of channels is cut, with room for each piece to work in.
struct LocalResponseWork: Sendable {
  let rows: RowPieces
  let columns: Int
  let response: staticgraph_response
  /// The bytes of an element.
  let size: Int

  /// - Precondition: The images have elements.
  init(_ request: KernelRequest, _ response: LocalResponse) {
    columns = request.inputSizes(0)[3]
    rows = RowPieces(rows: request.inputCount(0) / columns, columns: columns)
    // Neighbours farther away than the last channel are none.
    self.response = staticgraph_response(
      radius: min(response.depthRadius, columns), bias: response.bias, alpha: response.alpha,
      beta: response.beta)
    size = request.inputs[0].dataType.byteCount
  }

  private var roomByteCount: Int { 2 * (columns + Int(response.radius)) * size }
  var scratchByteCount: Int { rows.pieces * roomByteCount }

  /// Calls `body` for each piece with its rows, where they begin, and its room.
  func forEachPiece(
    _ context: KernelContext,
    _ body: (_ rows: Int, _ start: Int, _ room: UnsafeMutableRawPointer) -> Void
  ) {
    context.parallelFor(pieces: rows.pieces) { piece in
      body(
        rows[piece].count, rows[piece].lowerBound * columns * size,
        context.scratch + piece * roomByteCount)
    }
  }
}

/// For each channel of images, the sum over those near it.
struct NeighbourSums {
  /// 1 for each pair of channels that are near, 0 for others.
  private let band: Value

  init(_ images: Value, radius: Int) {
    let graph = images.graph
    let one = images.scalar(1, origin: .unknown)
    if let channels = images.shape.rank == 4 ? images.shape[3] : nil {
      let ones = broadcast(one, to: [channels, channels])
      let width = min(radius, channels)
      band = matrixBandPart(ones, lower: width, upper: width)
    } else {
      let channels = slice(shape(images), begin: [3], size: [1])
      let ones = broadcast(one, to: concat([channels, channels], axis: 0))
      // A band may be no wider than the matrix.
      let width = minimum(reshape(channels, to: []), Double(radius))
      band = graph.append(MatrixBandPart(), [ones, width, width], origin: .unknown).output
    }
  }

  /// The sums over neighbours in images of that shape.
  func callAsFunction(_ images: Value) -> Value {
    images.graph.append(BatchMatMulV2(), [images, band], origin: .unknown).output
  }
}
