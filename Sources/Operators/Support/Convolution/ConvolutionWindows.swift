import GraphIR
import Tensors

/// Where the windows of a convolution lie, as TensorFlow's attributes say it.
public struct ConvolutionWindows: Hashable, Sendable {
  /// The steps from window to window, one for each axis of the images, 1 for batch and channels.
  public var strides = [1, 1, 1, 1]
  /// Whether windows may lie beyond the border, where zeros stand.
  public var padding = Padding.valid
  /// How far the images are extended before and behind each of their axes, for `.explicit`.
  public var explicitPaddings: [Int] = []
  /// Where the axis of the channels stands.
  public var dataFormat = DataFormat.nhwc
  /// The steps within a window, one for each axis of the images, 1 for batch and channels.
  public var dilations = [1, 1, 1, 1]

  /// Windows that follow each other at every element and lie inside.
  public init() {}

  /// Windows as functions are told of them.
  ///
  /// - Parameters:
  ///   - explicitPaddings: Above, below, left and right; or TensorFlow's list of eight.
  public init(
    strides: PerAxis, padding: Padding, explicitPaddings: [Int] = [], dilations: PerAxis = 1,
    dataFormat: DataFormat = .nhwc
  ) {
    self.strides = strides.list(dataFormat)
    self.dilations = dilations.list(dataFormat)
    self.padding = padding
    self.dataFormat = dataFormat
    let others = [0, 0, 0, 0]
    self.explicitPaddings =
      explicitPaddings.count != 4
      ? explicitPaddings
      : dataFormat == .nhwc
        ? [0, 0] + explicitPaddings + [0, 0] : others + explicitPaddings
  }

  /// The axis of the batch, the channels, the height and the width.
  var axes: (batch: Int, channels: Int, height: Int, width: Int) {
    dataFormat == .nhwc ? (0, 3, 1, 2) : (0, 1, 2, 3)
  }

  /// The shape of what has such sizes.
  func shape(batch: Int?, height: Int?, width: Int?, channels: Int?) -> Shape {
    dataFormat == .nhwc ? [batch, height, width, channels] : [batch, channels, height, width]
  }

  /// Throws where the attributes cannot be.
  func check() throws {
    let down = axes.height
    for (name, list) in [("strides", strides), ("dilations", dilations)] {
      let isRight =
        list.count == 4
        && list.indices.allSatisfy {
          $0 == down || $0 == down + 1
            ? (1...Int(Int32.max)).contains(list[$0]) : list[$0] == 1
        }
      guard isRight else {
        let wanted = dataFormat == .nhwc ? "[1, down, across, 1]" : "[1, 1, down, across]"
        throw ShapeError("\(name) must be \(wanted), each above 0, but it is \(list)")
      }
    }
    guard padding == .explicit else {
      if explicitPaddings.allSatisfy({ $0 == 0 }) { return }
      throw ShapeError(
        "explicitPaddings goes with the padding .explicit, but that is .\(padding)",
        suggestion: "leave explicitPaddings out, or write padding: .explicit")
    }
    let isRight =
      explicitPaddings.count == 8
      && explicitPaddings.indices.allSatisfy {
        $0 / 2 == down || $0 / 2 == down + 1
          ? (0...Int(Int32.max)).contains(explicitPaddings[$0]) : explicitPaddings[$0] == 0
      }
    guard isRight else {
      throw ShapeError(
        "explicitPaddings must be [top, bottom, left, right], none below 0, but it is"
          + " \(explicitPaddings)")
    }
  }

  /// The windows along an axis of the images.
  ///
  /// - Precondition: `check()` passes.
  func windows(along axis: Int, size: Int, window: Int) throws -> WindowAxis {
    let isExplicit = padding == .explicit
    return try WindowAxis(
      axis == axes.height ? "height" : "width", size: size, window: window, stride: strides[axis],
      dilation: dilations[axis], padding: padding,
      explicit: isExplicit ? (explicitPaddings[2 * axis], explicitPaddings[2 * axis + 1]) : (0, 0))
  }

  /// The number of windows along an axis, where it follows from what is known.
  private func count(along axis: Int, _ size: Int?, _ window: Int?) throws -> Int? {
    guard let size, let window else { return nil }
    return try windows(along: axis, size: size, window: window).count
  }

  /// The shape of the result for images and filters, as far as it is known.
  ///
  /// - Parameters:
  ///   - channels: The channels of the result.
  func resultShape(images: Shape, filters: Shape, channels: Int?) throws -> Shape {
    shape(
      batch: images[axes.batch],
      height: try count(along: axes.height, images[axes.height], filters[0]),
      width: try count(along: axes.width, images[axes.width], filters[1]), channels: channels)
  }
}

/// An operator whose windows lie on images: a convolution, or one of its gradients.
public protocol ConvolutionOperator: Operator {
  /// Where the windows lie.
  var windows: ConvolutionWindows { get set }
}

/// A convolution over all channels, or one of its gradients.
public protocol FullConvolutionOperator: ConvolutionOperator {
  /// What the file says of a GPU, which plays no part here.
  var usesCudnn: Bool { get set }
}

extension FullConvolutionOperator {
  /// Where the windows lie, and what the file says of a GPU.
  public static var attributes: [Attribute<Self>] {
    windowAttributes + [
      .init(
        "use_cudnn_on_gpu", \.usesCudnn, "What the file says of a GPU, which plays no part here.",
        isArgument: false)
    ]
  }
}

extension ConvolutionOperator {
  /// Where the windows lie.
  public static var attributes: [Attribute<Self>] { windowAttributes }

  /// An operator with such windows.
  public init(_ windows: ConvolutionWindows) {
    self.init()
    self.windows = windows
  }

  /// The operator applied to inputs, as part of a gradient.
  func applied(to inputs: [Value]) -> Value {
    inputs[0].graph.append(self, inputs, origin: .unknown).output
  }

  /// The attributes that say where windows lie.
  static var windowAttributes: [Attribute<Self>] {
    [
      .init(
        "strides", \.windows.strides,
        "The steps from window to window: one number, or one for height and width each.",
        isRequired: true),
      .init(
        "padding", \.windows.padding,
        "Whether windows may lie beyond the border, where zeros stand.", isRequired: true),
      .init(
        "explicit_paddings", \.windows.explicitPaddings,
        "How far the image is extended above, below, left and right, for .explicit."),
      .init("data_format", \.windows.dataFormat, "Where the axis of the channels stands."),
      .init(
        "dilations", \.windows.dilations,
        "The steps within a window: one number, or one for height and width each."),
    ]
  }

  /// The function in a `.graph` file.
  static func windowFunction(_ name: String) -> GraphFunction {
    let inputs = signature.inputs.map { GraphFunction.Parameter.positional($0.displayName) }
    return GraphFunction(name, inputs + GraphFunction.windowParameters) { call in
      let windows = try ConvolutionWindows(call)
      return call.graph.append(
        Self(windows), try call.values(of: signature), origin: call.origin
      ).outputs
    }
  }
}

extension GraphFunction {
  /// The parameters that say where windows lie.
  static var windowParameters: [Parameter] {
    [
      .labelled("strides", default: "1"), .labelled("padding", default: ".valid"),
      .labelled("explicitPaddings", default: "[]"), .labelled("dilations", default: "1"),
      .labelled("dataFormat", default: ".nhwc"),
    ]
  }
}

extension ConvolutionWindows {
  /// The windows that the arguments of a call ask for.
  init(_ call: FunctionCall) throws {
    self.init(
      strides: try call.perAxis("strides") ?? 1,
      padding: try call.choice("padding") ?? .valid,
      explicitPaddings: try call.integers("explicitPaddings") ?? [],
      dilations: try call.perAxis("dilations") ?? 1,
      dataFormat: try call.choice("dataFormat") ?? .nhwc)
  }
}

extension FunctionCall {
  /// The argument as a number or a list; `nil` when the call leaves it out.
  func perAxis(_ name: String) throws -> PerAxis? { try integers(name).map { PerAxis($0) } }

  /// The argument as a case of an enumeration; `nil` when the call leaves it out.
  func choice<Choice: EnumeratedAttribute>(_ name: String) throws -> Choice? {
    guard let argument = self[name] else { return nil }
    if case .name(let given) = argument,
      let choice = Choice.allCases.first(where: { "\($0)" == given })
    {
      return choice
    }
    let names = Choice.allCases.map { ".\($0)" }.joined(separator: ", ")
    throw ShapeError("\(name) must be one of \(names), but it is \(argument.kind)")
  }
}
