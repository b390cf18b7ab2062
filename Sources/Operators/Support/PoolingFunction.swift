import GraphIR
import Tensors

extension PoolingWindows {
  /// Windows whose sizes and steps are given as users give them.
  ///
  /// - Parameters:
  ///   - size: One number for height and width, one for each, or TensorFlow's four.
  ///   - strides: The steps, likewise; without them, windows lie side by side.
  ///   - explicitPaddings: Above, below, left and right; or TensorFlow's eight.
  init(
    size: PerAxis, strides: PerAxis?, padding: Padding, explicitPaddings: [Int] = [],
    dataFormat: DataFormat
  ) {
    var paddings = explicitPaddings
    if paddings.count == 4 {
      paddings = dataFormat == .nhwc ? [0, 0] + paddings + [0, 0] : [0, 0, 0, 0] + paddings
    }
    self.init(
      sizes: size.list(dataFormat), strides: (strides ?? size).list(dataFormat), padding: padding,
      explicitPaddings: paddings, dataFormat: dataFormat)
  }
}

extension PoolingOperator {
  /// The function in a `.graph` file.
  static func poolingFunction(_ name: String) -> GraphFunction {
    let input = signature.inputs[0].displayName
    var parameters: [GraphFunction.Parameter] = [
      .positional(input), .labelled("size"), .labelled("strides", default: "size"),
      .labelled("padding", default: ".valid"),
    ]
    if takesExplicit { parameters.append(.labelled("explicitPaddings", default: "[]")) }
    parameters.append(.labelled("dataFormat", default: ".nhwc"))
    return GraphFunction(name, parameters) { call in
      guard let size = try call.perAxis("size") else { throw ShapeError("size is missing") }
      let windows = PoolingWindows(
        size: size, strides: try call.perAxis("strides"),
        padding: try call.choice("padding") ?? .valid,
        explicitPaddings: try call.integers("explicitPaddings") ?? [],
        dataFormat: try call.choice("dataFormat") ?? .nhwc)
      return call.graph.append(
        Self(windows), try call.values(of: signature), origin: call.origin
      ).outputs
    }
  }
}
