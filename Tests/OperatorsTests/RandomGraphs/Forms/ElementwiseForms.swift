import StaticGraph

extension OperatorForms {
  /// Elementwise operators whose inputs do not just broadcast.
  static let elementwise: [String: OperatorForm] = [
    "AddN": sum,
    "AccumulateNV2": sum,
    "Select": { step in
      let t = step.operand(1)
      let isByRow = t.rank > 1 && step.random.happens(40)
      let sizes = isByRow ? [t.sizes[0]] : step.random.happens(20) ? [] : t.sizes
      return step.apply([
        step.operand(0, sizes: sizes, type: .bool), t, step.operand(2, sizes: t.sizes),
      ])
    },
    "ClipByValue": { step in
      let t = step.operand(0)
      return step.apply(
        [t]
          + [1, 2].map { step.operand($0, sizes: step.random.happens(50) ? [] : t.sizes) })
    },
    "Cast": { step in
      let source = step.random.choose(step.pool.map(\.tensor.dataType) + [step.numberType])
      let input = step.operand(type: source)
      let targets: [DataType] = [
        step.floatType, step.floatType, .int32, .int64, .bool, .uint8, .int8, .int16, .float16,
      ]
      return step.apply([input], ["DstT": .type(step.random.choose(targets))])
    },
    // TensorFlow has no gradient of it, which gradients of gradients need.
    "SoftsignGrad": { step in
      let sizes = step.random.sizes(ranks: 0...4)
      return step.apply((0..<2).map { _ in step.constant(step.numberType, sizes) })
    },
    // There is no gradient for the first input.
    "Zeta": { step in
      step.ranges = [nil, 0.5...12]
      let q = step.operand(1)
      let sizes = step.random.sizes(broadcastingWith: q.sizes)
      return step.apply([step.constant(step.numberType, sizes, in: 1.5...6), q])
    },
    "Polygamma": { step in
      step.ranges = [nil, 0.5...9]
      let x = step.operand(1)
      let sizes = step.random.sizes(broadcastingWith: x.sizes)
      let orders = step.random.tensor(.int32, sizes, in: 0...4)
      let a = step.graph.constant(try! orders.converted(to: step.numberType))
      return step.apply([a, x.value])
    },
    "Equal": comparison,
    "NotEqual": comparison,
    "LeakyRelu": { step in
      step.apply([step.operand()], ["alpha": .number(step.alpha())])
    },
    "LeakyReluGrad": { step in
      let gradients = step.operand()
      return step.apply(
        [gradients, step.operand(1, sizes: gradients.sizes)], ["alpha": .number(step.alpha())])
    },
  ]

  private static let sum: OperatorForm = { step in
    let first = step.operand()
    let others = (0..<step.random.integer(0...3)).map { _ in step.operand(0, sizes: first.sizes) }
    return step.recipe.name == "AddN"
      ? step.apply([first] + others)
      : step.apply([first] + others, ["shape": .shape(Shape(first.sizes))])
  }

  private static let comparison: OperatorForm = { step in
    let x = step.operand()
    return step.apply(
      [x, step.operand(1, broadcastingWith: x.sizes)],
      ["incompatible_shape_error": .flag(step.random.happens(50))])
  }
}

extension RandomStep {
  fileprivate mutating func alpha() -> Float { random.choose([0, 0.1, 0.2, 0.75, 1]) }
}
