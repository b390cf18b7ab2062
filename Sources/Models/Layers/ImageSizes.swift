import GraphIR
import Operators
import Tensors

/// How many rows and columns of zeros stand around an image.
public struct ImagePadding: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// Rows above and below.
  public var rows: (top: Int, bottom: Int) { (edges[0], edges[1]) }
  /// Columns on the left and on the right.
  public var columns: (left: Int, right: Int) { (edges[2], edges[3]) }
  let edges: [Int]

  /// As many on each side.
  public init(integerLiteral count: Int) { edges = [count, count, count, count] }

  /// As many above as below, and as many on the left as on the right.
  public static func symmetric(height: Int, width: Int) -> ImagePadding {
    .edges(top: height, bottom: height, left: width, right: width)
  }

  /// Another number on each side.
  public static func edges(top: Int, bottom: Int, left: Int, right: Int) -> ImagePadding {
    ImagePadding([top, bottom, left, right])
  }

  private init(_ edges: [Int]) { self.edges = edges }
}

/// Images with zeros around them.
public struct ZeroPadding2D: Layer {
  public let identity: LayerIdentity
  private let padding: ImagePadding

  /// Zeros around images.
  ///
  /// - Parameters:
  ///   - padding: How many rows and columns to put on each side.
  ///   - name: The name of the layer; `zero_padding2d`, … without it.
  public init(
    padding: ImagePadding = 1, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.padding = padding
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try inputs[0].type.require(rank: 4, "batch, height, width, channels")
    guard padding.edges.allSatisfy({ $0 >= 0 }) else {
      throw ShapeError("padding must be at least 0 on each side, but it is \(padding.edges)")
    }
    return pad(
      inputs[0],
      paddings: [
        [0, 0], [padding.rows.top, padding.rows.bottom],
        [padding.columns.left, padding.columns.right], [0, 0],
      ])
  }
}

/// Images whose rows and columns are repeated.
public struct UpSampling2D: Layer {
  public let identity: LayerIdentity
  private let factors: PerAxis

  /// Larger images.
  ///
  /// - Parameters:
  ///   - size: How often each row and each column stands: one number, or one for each.
  ///   - name: The name of the layer; `up_sampling2d`, … without it.
  public init(
    size: PerAxis = 2, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    factors = size
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let type = inputs[0].type
    try type.require(rank: 4, "batch, height, width, channels")
    let factors = try factors.pair("size")
    let (height, tooHigh) = try type.size(1, "the height")
      .multipliedReportingOverflow(by: factors.height)
    let (width, tooWide) = try type.size(2, "the width")
      .multipliedReportingOverflow(by: factors.width)
    guard !tooHigh, !tooWide else { throw ShapeError("size \(self.factors.numbers) is too large") }
    return resizeNearestNeighbor(inputs[0], size: [height, width])
  }
}
