import GraphIR
import Tensors

/// An operator that gives images another height and width, or the gradient of one.
public protocol ResizingOperator: Operator {
  /// Whether the middles of pixels at the corners of both images lie on each other.
  var alignCorners: Bool { get set }
  /// Whether the corners of both images lie on each other, pixels being squares.
  var halfPixelCenters: Bool { get set }
}

extension ResizingOperator {
  /// An operator whose pixels lie so.
  public init(alignCorners: Bool = false, halfPixelCenters: Bool = false) {
    self.init()
    self.alignCorners = alignCorners
    self.halfPixelCenters = halfPixelCenters
  }

  public static var attributes: [Attribute<Self>] {
    [
      .init(
        "align_corners", \.alignCorners,
        "Whether the middles of pixels at the corners of both images lie on each other."),
      .init(
        "half_pixel_centers", \.halfPixelCenters,
        "Whether the corners of both images lie on each other, pixels being squares."),
    ]
  }

  /// The shape of the first input's images with the height and width that the second holds.
  func resizedShape(_ request: ShapeRequest, named name: String) throws -> Shape {
    try checkPlacement()
    try request.require(rank: 4, of: 0, named: name)
    try request.require(rank: 1, of: 1, named: "size")
    if let count = request.shape(1)[0], count != 2 {
      throw ShapeError("size must hold height and width, but it is \(request.inputs[1])")
    }
    let images = request.shape(0)
    if let wrong = request.integers(1), wrong.contains(where: { $0 < 1 }) {
      throw ShapeError("size must hold a height and a width above 0, but it is \(wrong)")
    }
    if images.rank == 4, images[1] == 0 || images[2] == 0 {
      throw ShapeError("\(name) must have pixels, but it is \(request.inputs[0])")
    }
    let size = request.integers(1)
    return Shape(dimensions: [
      images.rank == nil ? nil : images[0], size?[0], size?[1],
      images.rank == nil ? nil : images[3],
    ])
  }

  /// Throws `ShapeError` where both attributes are true.
  func checkPlacement() throws {
    if alignCorners, halfPixelCenters {
      throw ShapeError("alignCorners must be false where halfPixelCenters is true")
    }
  }

  /// Where pixels of `count` lie among those of `size`, in steps of a pixel.
  ///
  /// In the arithmetic of 32 bits that TensorFlow does, so that no pixel falls to another place.
  ///
  /// - Parameter offset: What is taken from the middle of a pixel that is a square.
  private func positions(_ count: Int, among size: Int, offset: Float) -> [Float] {
    let isAligned = alignCorners && count > 1 && size > 1
    let scale = isAligned ? Float(size - 1) / Float(count - 1) : Float(size) / Float(count)
    return (0..<count).map { number in
      halfPixelCenters ? (Float(number) + 0.5) * scale - offset : Float(number) * scale
    }
  }

  /// For each pixel of `count`, the nearest of `size`.
  func nearest(_ count: Int, among size: Int) -> [Int64] {
    positions(count, among: size, offset: 0).map { position in
      let whole = alignCorners ? position.rounded() : position.rounded(.down)
      return clamped(whole, size)
    }
  }

  /// For each pixel of `count`, between which of `size` it lies.
  func between(_ count: Int, among size: Int) -> ResizingPlaces {
    var places = ResizingPlaces()
    for position in positions(count, among: size, offset: 0.5) {
      let below = position.rounded(.down)
      places.before.append(clamped(below, size))
      places.after.append(clamped(position.rounded(.up), size))
      places.part.append(position - below)
    }
    return places
  }
}

/// A whole number as the position of a pixel.
private func clamped(_ whole: Float, _ size: Int) -> Int64 {
  min(max(Int64(whole), 0), Int64(size - 1))
}

/// For each pixel of a row or column, between which others it lies, and how far from the first.
struct ResizingPlaces: Sendable {
  var before: [Int64] = []
  var after: [Int64] = []
  var part: [Float] = []
}

/// The height and width of images, as a vector of `Int32`.
func imageSize(_ images: Value) -> Value {
  if images.shape.rank == 4, let height = images.shape[1], let width = images.shape[2] {
    return images.graph.vector([height, width], .int32)
  }
  return slice(shape(images), begin: [1], size: [2])
}

/// How work on rows of images is cut into pieces, each of one image.
struct ImageRows: Sendable {
  let pieces: Int
  private let rows: Int
  private let rowsPerPiece: Int
  private let piecesPerImage: Int

  /// - Parameters:
  ///   - rows: The rows of an image.
  ///   - work: The elements of an image, or of another that is larger.
  init(images: Int, rows: Int, work: Int) {
    self.rows = rows
    let wanted = min(rows, (work + elementsPerPiece - 1) / elementsPerPiece)
    rowsPerPiece = (rows + max(1, wanted) - 1) / max(1, wanted)
    piecesPerImage = rowsPerPiece == 0 ? 0 : (rows + rowsPerPiece - 1) / rowsPerPiece
    pieces = images * piecesPerImage
  }

  /// The image of a piece, and its rows of it.
  subscript(piece: Int) -> (image: Int, rows: Range<Int>) {
    let first = piece % piecesPerImage * rowsPerPiece
    return (piece / piecesPerImage, first..<min(rows, first + rowsPerPiece))
  }
}

/// What operators that resize are tried with.
struct ResizingCase {
  let label: String
  let sizes: [Int]
  let height: Int
  let width: Int
  var isLarge = false

  /// The sizes with the other height and width.
  var resized: [Int] { [sizes[0], height, width, sizes[3]] }
  /// The other height and width.
  var size: Tensor { Tensor([Int32(height), Int32(width)]) }

  @_optimize(none)
  static var all: [ResizingCase] {
    [
      .init(label: "larger", sizes: [2, 3, 4, 3], height: 5, width: 7),
      .init(label: "smaller", sizes: [1, 7, 9, 1], height: 3, width: 4),
      .init(label: "one way and the other", sizes: [1, 3, 8, 2], height: 6, width: 3),
      .init(label: "to one pixel", sizes: [1, 3, 4, 2], height: 1, width: 1),
      .init(label: "from one row", sizes: [1, 1, 2, 2], height: 3, width: 3),
      .init(label: "the same size", sizes: [1, 3, 4, 17], height: 3, width: 4),
      .init(label: "no images", sizes: [0, 3, 4, 2], height: 2, width: 5),
      .init(label: "large", sizes: [2, 70, 61, 3], height: 151, width: 130, isLarge: true),
    ]
  }

  /// Every way that pixels can lie.
  static let placements: [(label: String, alignCorners: Bool, halfPixelCenters: Bool)] = [
    ("", false, false), (", corners aligned", true, false), (", half pixels", false, true),
  ]
}

/// Samples for each case and each way that pixels can lie, and those of what is wrong.
///
/// - Parameter inputs: The inputs for a case.
@_optimize(none)
func resizingSamples<Op: ResizingOperator>(
  _ type: Op.Type, _ inputs: (ResizingCase) -> [Tensor]
) -> [Sample] {
  ResizingCase.placements.flatMap { placement in
    ResizingCase.all.map {
      Sample(
        $0.label + placement.label,
        Op(alignCorners: placement.alignCorners, halfPixelCenters: placement.halfPixelCenters),
        inputs($0), differentiable: !$0.isLarge)
    }
  } + [
    Sample(
      failing: "both placements", Op(alignCorners: true, halfPixelCenters: true),
      inputs(ResizingCase.all[0]),
      message: "alignCorners must be false where halfPixelCenters is true")
  ]
}

/// Samples of sizes that images cannot have.
@_optimize(none)
func wrongSizeSamples<Op: ResizingOperator>(_ type: Op.Type, _ name: String) -> [Sample] {
  [
    Sample(
      failing: "no height", Op(), [.sample([1, 2, 2, 1]), Tensor([Int32(0), 2])],
      message: "size must hold a height and a width above 0, but it is [0, 2]"),
    Sample(
      failing: "three sizes", Op(), [.sample([1, 2, 2, 1]), Tensor([Int32(1), 2, 2])],
      message: "size must hold height and width, but it is Int32[3]"),
    Sample(
      failing: "a matrix", Op(), [.sample([2, 2]), Tensor([Int32(1), 2])],
      message: "\(name) must have rank 4, but it is Float64[2, 2]"),
    Sample(
      failing: "no pixels", Op(), [.sample([1, 2, 0, 1]), Tensor([Int32(1), 2])],
      message: "\(name) must have pixels, but it is Float64[1, 2, 0, 1]"),
  ]
}
