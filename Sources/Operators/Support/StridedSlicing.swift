import GraphIR
import Tensors

/// An operator that takes elements by begin, end and strides: a strided slice or its gradient.
public protocol StridedSlicing: MovingOperator {
  /// A bit for each position of `begin`, `end` and `strides`.
  var masks: StridedSliceMasks { get set }
}

extension StridedSlicing {
  /// An operator of those masks.
  public init(_ masks: StridedSliceMasks) {
    self.init()
    self.masks = masks
  }

  /// The five masks.
  public static var attributes: [Attribute<Self>] {
    [
      .init("begin_mask", \.masks.begin, "Positions whose slice begins at the first element."),
      .init("end_mask", \.masks.end, "Positions whose slice ends with the last element."),
      .init(
        "ellipsis_mask", \.masks.ellipsis,
        "The position that stands for all axes that are not spoken of."),
      .init("new_axis_mask", \.masks.newAxis, "Positions that stand for a new axis of size 1."),
      .init(
        "shrink_axis_mask", \.masks.shrinkAxis,
        "Positions that choose a single element, whose axis is left out."),
    ]
  }

  /// The shape of a strided slice.
  ///
  /// - Parameters:
  ///   - input: The shape of the tensor that it is taken from.
  ///   - first: The position of `begin` among the inputs, before `end` and `strides`.
  func resultShape(
    _ request: ShapeRequest, of input: Shape, named name: String, first: Int
  ) throws -> Shape {
    var count: Int?
    for (number, part) in ["begin", "end", "strides"].enumerated() {
      try request.require(rank: 1, of: first + number, named: part)
      guard let length = request.shape(first + number)[0] else { continue }
      guard count ?? length == length else {
        throw ShapeError("begin holds \(count!) integers, but \(part) holds \(length)")
      }
      count = length
    }
    guard let count, let dimensions = input.dimensions else { return .unknown }
    guard let begin = request.integers(first), let end = request.integers(first + 1),
      let strides = request.integers(first + 2)
    else {
      return .unknown(
        rank: try StridedBox.resultRank(masks, count: count, rank: dimensions.count))
    }
    let box = try StridedBox(
      masks, begin: begin, end: end, strides: strides, of: dimensions, named: name)
    return Shape(dimensions: box.result)
  }

  /// The elements that the slice takes from a tensor of those sizes.
  func box(_ request: KernelRequest, of sizes: [Int], first: Int) throws -> StridedBox {
    try StridedBox(
      masks, begin: request.integers(first), end: request.integers(first + 1),
      strides: request.integers(first + 2), of: sizes, named: "input")
  }
}
