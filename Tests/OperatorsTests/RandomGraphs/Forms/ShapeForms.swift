import StaticGraph

extension OperatorForms {
  /// Operators that give a tensor another shape or order.
  static let shapes: [String: OperatorForm] = [
    "Transpose": { step in
      let x = step.operand()
      return step.apply([
        x.value, step.vector(Array(0..<x.rank).shuffled(using: &step.random)),
      ])
    },
    "Reshape": { step in
      let x = step.operand()
      let count = x.sizes.reduce(1, *)
      guard var sizes = step.random.sizes(ranks: 0...4, count: count) else { return nil }
      if !sizes.isEmpty, count > 0, step.random.happens(40) {
        sizes[step.random.integer(0...sizes.count - 1)] = -1
      }
      return step.apply([x.value, step.vector(sizes)])
    },
    "ExpandDims": { step in
      let x = step.operand(ranks: 0...4)
      return step.apply([x.value, step.scalar(step.random.axis(x.rank + 1))])
    },
    "Squeeze": { step in
      var (value, sizes) = (step.operand(ranks: 0...3).value, [Int]())
      guard let known = value.shape.known else { return nil }
      sizes = known
      for _ in 0..<step.random.integer(0...2) {
        sizes.insert(1, at: step.random.integer(0...sizes.count))
      }
      if sizes != known { value = reshape(value, to: sizes) }
      let axes = step.random.some(of: sizes.indices.filter { sizes[$0] == 1 }).map {
        Int64(step.random.happens(40) ? $0 - sizes.count : $0)
      }
      return step.apply([value], ["squeeze_dims": .integers(axes)])
    },
    "Tile": { step in
      let x = step.operand(ranks: 0...4)
      let counts = x.sizes.map { _ in step.random.happens(5) ? 0 : step.random.integer(1...3) }
      return step.apply([x.value, step.vector(counts)])
    },
    "BroadcastTo": { step in
      let x = step.operand(ranks: 0...4)
      var sizes = x.sizes.map { $0 == 1 ? step.random.choose([0, 1, 2, 3]) : $0 }
      while sizes.count < 4, step.random.happens(40) { sizes.insert(step.size(), at: 0) }
      return step.apply([x.value, step.vector(sizes)])
    },
    "Fill": { step in
      step.apply([
        step.vector(step.random.sizes(ranks: 0...4)), step.operand(1, sizes: []).value,
      ])
    },
    "ReverseV2": { step in
      let x = step.operand()
      let axes = step.random.some(of: Array(0..<x.rank)).map {
        step.random.happens(40) ? $0 - x.rank : $0
      }
      return step.apply([x.value, step.vector(axes)])
    },
    "Reverse": { step in
      let x = step.operand()
      return step.apply([x.value, step.constant(.bool, [x.rank]).value])
    },
    "Roll": { step in
      let x = step.operand(ranks: 1...5)
      if step.random.happens(40) {
        return step.apply([
          x.value, step.scalar(step.random.integer(-4...4)),
          step.scalar(step.random.axis(x.rank)),
        ])
      }
      let axes = (0..<step.random.integer(1...3)).map { _ in step.random.axis(x.rank) }
      return step.apply([
        x.value, step.vector(axes.map { _ in step.random.integer(-4...4) }), step.vector(axes),
      ])
    },
    "ReverseSequence": { step in
      let x = step.operand(ranks: 2...5)
      let axes = Array(0..<x.rank).shuffled(using: &step.random)
      let lengths = step.constant(
        step.indexType(), [x.sizes[axes[1]]], in: 0...Double(x.sizes[axes[0]]))
      return step.apply(
        [x, lengths],
        ["seq_dim": .integer(Int64(axes[0])), "batch_dim": .integer(Int64(axes[1]))])
    },
    "InvertPermutation": { step in
      let count = step.random.integer(0...6)
      return step.apply([step.vector(Array(0..<count).shuffled(using: &step.random))])
    },
    "BroadcastArgs": sizesOfTwo,
    "BroadcastGradientArgs": sizesOfTwo,
    "ConcatOffset": { step in
      let sizes = step.random.sizes(ranks: 1...4)
      let axis = step.random.integer(0...sizes.count - 1)
      let type = step.indexType()
      let parts = (0..<step.random.integer(2...4)).map { _ in
        var part = sizes
        part[axis] = step.size()
        return step.vector(part, type)
      }
      return step.apply([step.scalar(axis, .int32)] + parts)
    },
    "Shape": sizesOfInput,
    "Size": sizesOfInput,
    "ShapeN": { step in
      let inputs = (0..<step.random.integer(1...3)).map { _ in step.operand() }
      return step.apply(inputs, ["out_type": .type(step.indexType())])
    },
  ]

  private static let sizesOfTwo: OperatorForm = { step in
    let sizes = step.random.sizes(ranks: 0...4)
    let type = step.indexType()
    return step.apply([
      step.vector(sizes, type),
      step.vector(step.random.sizes(broadcastingWith: sizes), type),
    ])
  }

  private static let sizesOfInput: OperatorForm = { step in
    step.apply([step.operand()], ["out_type": .type(step.indexType())])
  }
}

extension RandomStep {
  /// The size of one axis.
  mutating func size() -> Int { random.happens(5) ? 0 : random.integer(1...4) }
}
