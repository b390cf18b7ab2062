import GraphIR
import Tensors

/// The windows of pooling, as the attributes or inputs of an operator give them.
public struct PoolingWindows: Hashable, Sendable {
  /// The sizes of a window: a number for each axis of the images, 1 for batch and channels.
  public var sizes = [1, 1, 1, 1]
  /// The steps from window to window: a number for each axis, 1 for batch and channels.
  public var strides = [1, 1, 1, 1]
  /// Whether windows may lie beyond the border.
  public var padding = Padding.valid
  /// For explicit padding, how far windows go beyond the border: a pair for each axis in turn.
  public var explicitPaddings: [Int] = []
  /// Where the axis of the channels stands.
  public var dataFormat = DataFormat.nhwc

  /// Windows of one element each, or those.
  public init(
    sizes: [Int] = [1, 1, 1, 1], strides: [Int] = [1, 1, 1, 1], padding: Padding = .valid,
    explicitPaddings: [Int] = [], dataFormat: DataFormat = .nhwc
  ) {
    self.sizes = sizes
    self.strides = strides
    self.padding = padding
    self.explicitPaddings = explicitPaddings
    self.dataFormat = dataFormat
  }
}

extension DataFormat {
  /// The positions of height and width among the four axes of images.
  var imageAxes: (height: Int, width: Int) { self == .nhwc ? (1, 2) : (2, 3) }

  /// A number for each axis of images: 1 but for height and width.
  func imageList(_ height: String, _ width: String) -> String {
    self == .nhwc ? "[1, \(height), \(width), 1]" : "[1, 1, \(height), \(width)]"
  }
}

extension PoolingWindows {
  /// Throws `ShapeError` unless the windows could lie in some image.
  ///
  /// - Parameter takesExplicit: Whether the operator has explicit paddings.
  func check(takesExplicit: Bool) throws {
    let (height, width) = dataFormat.imageAxes
    for (name, list) in [("size", sizes), ("strides", strides)] {
      guard list.count == 4, list.allSatisfy({ (1...Int(Int32.max)).contains($0) }) else {
        throw ShapeError(
          "\(name) must be \(dataFormat.imageList("height", "width")), each above 0,"
            + " but it is \(list)")
      }
      guard list.indices.allSatisfy({ $0 == height || $0 == width || list[$0] == 1 }) else {
        throw ShapeError(
          "\(name) must be 1 for batch and channels, as in"
            + " \(dataFormat.imageList("2", "2")), but it is \(list)",
          suggestion: "reshape, and take max or mean over an axis")
      }
    }
    guard padding == .explicit else {
      if explicitPaddings.isEmpty { return }
      throw ShapeError(
        "explicitPaddings must be empty where padding is .\(padding), but it is"
          + " \(explicitPaddings)")
    }
    guard takesExplicit else {
      throw ShapeError("padding must be .same or .valid, but it is .explicit")
    }
    guard explicitPaddings.count == 8 else {
      throw ShapeError(
        "explicitPaddings must be [top, bottom, left, right], but it is \(explicitPaddings)")
    }
    for (axis, pair) in PaddingWidths.pairs(explicitPaddings).enumerated() {
      let limit = axis == height || axis == width ? sizes[axis] : 1
      guard (0..<limit).contains(pair.before), (0..<limit).contains(pair.after) else {
        throw ShapeError(
          "explicitPaddings must be from 0 to \(limit - 1) on axis \(axis), less than a window's"
            + " size, but it is \(explicitPaddings)")
      }
    }
  }

  /// The windows along an axis of that size.
  ///
  /// - Parameter axis: The position of height or width among the axes of images.
  /// - Throws: `ShapeError` when a window is larger than the image.
  func windowAxis(_ axis: Int, size: Int) throws -> WindowAxis {
    let pair = padding == .explicit ? PaddingWidths.pairs(explicitPaddings)[axis] : nil
    return try WindowAxis(
      axis == dataFormat.imageAxes.height ? "height" : "width", size: size, window: sizes[axis],
      stride: strides[axis], padding: padding, explicit: (pair?.before ?? 0, pair?.after ?? 0))
  }

  /// The shape of one element for each window of images.
  ///
  /// - Throws: `ShapeError` when a window is larger than an image.
  func pooledShape(of images: Shape) throws -> Shape {
    guard var dimensions = images.dimensions else { return .unknown(rank: 4) }
    let (height, width) = dataFormat.imageAxes
    for axis in [height, width] {
      dimensions[axis] = try dimensions[axis].map { try windowAxis(axis, size: $0).count }
    }
    return Shape(dimensions: dimensions)
  }
}

/// An operator on the windows of images.
public protocol PoolingOperator: Operator {
  /// The windows, as far as attributes give them.
  var windows: PoolingWindows { get set }
}

extension PoolingOperator {
  /// An operator on those windows.
  public init(_ windows: PoolingWindows) {
    self.init()
    self.windows = windows
  }

  /// Sizes and steps of the windows, and whether they may lie beyond the border.
  static var windowAttributes: [Attribute<Self>] {
    [
      .init(
        "ksize", \.windows.sizes,
        "The size of a window: one number, or one for height and width each.",
        label: "size", isRequired: true),
      .init(
        "strides", \.windows.strides,
        "The steps from window to window: one number, or one for height and width each.",
        isRequired: true),
      paddingAttribute,
    ]
  }

  /// Whether windows may lie beyond the border.
  static var paddingAttribute: Attribute<Self> {
    .init(
      "padding", \.windows.padding, "Whether windows may lie beyond the border.",
      isRequired: true)
  }

  /// How far windows go beyond the border, for operators that are told.
  static var explicitPaddingsAttribute: Attribute<Self> {
    .init(
      "explicit_paddings", \.windows.explicitPaddings,
      "For .explicit, how far windows go beyond the border: above, below, left and right.")
  }

  /// Where the channels stand.
  static var dataFormatAttribute: Attribute<Self> {
    .init("data_format", \.windows.dataFormat, "Where the axis of the channels stands.")
  }

  /// Whether the operator has explicit paddings.
  static var takesExplicit: Bool { Self.attributes.contains { $0.name == "explicit_paddings" } }

  /// The windows, once their sizes and steps are known: from attributes, or from inputs.
  ///
  /// - Parameter sizes: The input that holds the sizes, before that which holds the steps.
  /// - Throws: `ShapeError` for windows that lie in no image.
  func windows(_ request: ShapeRequest, sizes: Int?) throws -> PoolingWindows? {
    var windows = windows
    if let sizes {
      for (number, name) in ["ksize", "strides"].enumerated() {
        try request.require(rank: 1, of: sizes + number, named: name)
      }
      guard let list = request.integers(sizes), let steps = request.integers(sizes + 1) else {
        return nil
      }
      (windows.sizes, windows.strides) = (list, steps)
    }
    try windows.check(takesExplicit: Self.takesExplicit)
    return windows
  }

  /// The shape rule of folding the first input's windows.
  func foldedShape(_ request: ShapeRequest, named name: String, sizes: Int? = nil) throws -> Shape {
    try request.require(rank: 4, of: 0, named: name)
    if let windows = try windows(request, sizes: sizes) {
      return try windows.pooledShape(of: request.shape(0))
    }
    return windows.withOpenSides(request.shape(0))
  }
}

extension PoolingWindows {
  /// The shape with its height and width open.
  func withOpenSides(_ images: Shape) -> Shape {
    guard var dimensions = images.dimensions else { return .unknown(rank: 4) }
    (dimensions[dataFormat.imageAxes.height], dimensions[dataFormat.imageAxes.width]) = (nil, nil)
    return Shape(dimensions: dimensions)
  }
}
