import GraphIR
import Tensors

extension GraphFunction {
  /// A function that is given numbers, axes and whether these stay.
  static func reduction(
    _ name: String, _ body: @escaping @Sendable (Value, [Int]?, Bool) -> [Value]
  ) -> GraphFunction {
    GraphFunction(
      name,
      [
        .positional("x"), .labelled("axes", default: "all"),
        .labelled("keepDimensions", default: "false"),
      ]
    ) { call in
      let x = try call.value("x")
      let axes = try call.integers("axes")
      let keepDimensions = try call.flag("keepDimensions") ?? false
      return call.graph.ascribing(to: call.origin) { body(x, axes, keepDimensions) }
    }
  }

  /// The same for one result.
  static func reduction(
    _ name: String, _ body: @escaping @Sendable (Value, [Int]?, Bool) -> Value
  ) -> GraphFunction {
    reduction(name) { x, axes, keepDimensions in [body(x, axes, keepDimensions)] }
  }
}
