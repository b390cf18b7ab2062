import StaticGraph

extension OperatorForms {
  /// Operators that make tensors, check them and pass them on.
  static let sources: [String: OperatorForm] = [
    "NoOp": { step in step.waiting(on: step.apply([Value]())) },
    "Assert": { step in
      let x = step.operand()
      let condition = all(reshape(equal(x.value, x.value), to: [-1]), axes: [0])
      return step.waiting(on: step.apply([condition, x.value]))
    },
    "IdentityN": { step in
      let types = (0..<step.random.integer(1...3)).map { _ in
        step.random.choose(step.pool.map(\.tensor.dataType) + [step.numberType])
      }
      return step.apply(types.map { step.operand(type: $0) })
    },
    "PlaceholderWithDefault": { step in
      let x = step.operand()
      return step.apply([x], ["shape": .shape(Shape(x.sizes))])
    },
    "EnsureShape": { step in
      let x = step.operand()
      let sizes = x.sizes.map { step.random.happens(30) ? nil : $0 }
      return step.apply([x], ["shape": .shape(Shape(dimensions: sizes))])
    },
    // Nothing may flow back through it.
    "PreventGradient": { step in
      step.apply([step.constant(step.numberType, step.random.sizes(ranks: 0...3))])
    },
    "Bitcast": { step in
      let x = step.operand(type: step.random.choose([.int32, .int64, .uint8, step.floatType]))
      let targets: [Int: [DataType]] = [
        1: [.uint8, .int8], 4: [.int32, .uint32], 8: [.int64, .int32],
      ]
      let target = step.random.choose(targets[x.value.dataType.byteCount] ?? [.int32])
      return step.apply([x], ["type": .type(target)])
    },
    "Range": { step in
      let type = step.random.choose([DataType.int32, .int64, step.floatType])
      let (start, delta) = (step.random.integer(-4...4), step.random.choose([1, 2, 3, -1, -2]))
      let limit = start + delta * step.random.integer(0...5)
      return step.apply([
        step.scalar(start, type), step.scalar(limit, type), step.scalar(delta, type),
      ])
    },
    "LinSpace": { step in
      step.apply([
        step.operand(0, sizes: []).value, step.operand(1, sizes: []).value,
        step.scalar(step.random.integer(1...6)),
      ])
    },
    "RandomUniformInt": { step in
      let type = step.indexType()
      return step.apply(
        [
          step.vector(step.random.sizes(ranks: 0...3)),
          step.scalar(step.random.integer(-5...0), type),
          step.scalar(step.random.integer(1...9), type),
        ], ["seed": step.seed(), "seed2": step.seed()])
    },
    "RandomShuffle": { step in
      step.apply([step.operand(ranks: 1...4)], ["seed": step.seed(), "seed2": step.seed()])
    },
    "Multinomial": { step in
      step.apply(
        [step.operand(ranks: 2...2).value, step.scalar(step.random.integer(0...4), .int32)],
        [
          "seed": step.seed(), "seed2": step.seed(),
          "output_dtype": .type(step.indexType()),
        ])
    },
  ]

  /// Sizes, for random numbers that differ from run to run, but not from session to session.
  static let randomSource: OperatorForm = { step in
    step.apply(
      [step.vector(step.random.sizes(ranks: 0...3))],
      ["seed": step.seed(), "seed2": step.seed(), "dtype": .type(step.floatType)])
  }

  /// Sizes and seeds, for random numbers that follow from them.
  static let statelessRandom: OperatorForm = { step in
    let seeds = [0, 1].map { _ in step.random.integer(-1000...1000) }
    return step.apply(
      [step.vector(step.random.sizes(ranks: 0...3)), step.vector(seeds)],
      ["dtype": .type(step.floatType)])
  }
}

extension RandomStep {
  fileprivate mutating func seed() -> AttributeValue { .integer(Int64(random.integer(1...9999))) }

  /// A value as it is, which waits for a node without outputs.
  fileprivate mutating func waiting(on node: GraphNode?) -> GraphNode? {
    guard let node, node.isValid else { return nil }
    let input = operand()
    return graph.controlDependencies(on: [node]) {
      graph.append(Identity(), [input.value], origin: .unknown)
    }
  }
}
