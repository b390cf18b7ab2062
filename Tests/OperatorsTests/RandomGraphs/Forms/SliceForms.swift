import StaticGraph

extension OperatorForms {
  /// Operators that cut tensors apart, put them together and pad them.
  static let slices: [String: OperatorForm] = [
    "ConcatV2": { step in
      let (parts, axis) = step.parts()
      // TensorFlow's gradient fails for an axis in Int64.
      return step.apply(parts.map(\.value) + [step.scalar(axis, .int32)])
    },
    "Concat": { step in
      let (parts, axis) = step.parts()
      let position = step.scalar(axis < 0 ? axis + parts[0].rank : axis, .int32)
      return step.apply([position] + parts.map(\.value))
    },
    "Split": { step in
      let x = step.operand(1, ranks: 1...5)
      let axis = step.random.axis(x.rank)
      let size = x.sizes[axis < 0 ? axis + x.rank : axis]
      let count = step.random.choose((1...4).filter { size % $0 == 0 })
      return step.apply(
        [step.scalar(axis, .int32), x.value], ["num_split": .integer(Int64(count))])
    },
    "SplitV": { step in
      let x = step.operand(ranks: 1...5)
      let axis = step.random.axis(x.rank)
      var rest = x.sizes[axis < 0 ? axis + x.rank : axis]
      var sizes: [Int] = []
      for _ in 0..<step.random.integer(0...2) {
        sizes.append(step.random.integer(0...rest))
        rest -= sizes.last!
      }
      sizes.append(rest)
      // TensorFlow does not find the size of a single part.
      if sizes.count > 1, step.random.happens(40) {
        sizes[step.random.integer(0...sizes.count - 1)] = -1
      }
      return step.apply(
        [x.value, step.vector(sizes), step.scalar(axis, .int32)],
        ["num_split": .integer(Int64(sizes.count))])
    },
    "Pack": { step in
      let first = step.operand(ranks: 0...4)
      let others = (0..<step.random.integer(0...3)).map { _ in
        step.operand(0, sizes: first.sizes)
      }
      return step.apply(
        [first] + others, ["axis": .integer(Int64(step.random.axis(first.rank + 1)))])
    },
    "Unpack": { step in
      let x = step.operand(ranks: 1...5)
      let axis = step.random.axis(x.rank)
      return step.apply(
        [x],
        [
          "num": .integer(Int64(x.sizes[axis < 0 ? axis + x.rank : axis])),
          "axis": .integer(Int64(axis)),
        ])
    },
    "Slice": { step in
      let x = step.operand()
      let begin = x.sizes.map { step.random.integer(0...$0) }
      let sizes = zip(begin, x.sizes).map { begin, size in
        step.random.happens(30) ? -1 : step.random.integer(0...size - begin)
      }
      let type = step.indexType()
      return step.apply([x.value, step.vector(begin, type), step.vector(sizes, type)])
    },
    "StridedSlice": { step in
      let x = step.operand()
      let slice = step.slice(of: x.sizes)
      return step.apply([x.value] + slice.positions, slice.attributes)
    },
    "StridedSliceGrad": { step in
      let sizes = step.random.sizes(ranks: 0...4)
      let slice = step.slice(of: sizes)
      var operation = StridedSlice()
      for (name, value) in slice.attributes { _ = try? operation.setAttribute(name, value) }
      let whole = step.graph.constant(try! Tensor(repeating: 0.0, dimensions: sizes))
      let taken = step.graph.append(operation, [whole] + slice.positions, origin: .unknown)
      guard let takenSizes = taken.output.shape.known else { return nil }
      return step.apply(
        [step.vector(sizes, slice.positions[0].dataType)] + slice.positions
          + [step.operand(4, sizes: takenSizes).value], slice.attributes)
    },
    "Pad": { step in
      let x = step.operand(ranks: 0...4)
      return step.apply([x.value, step.widths(x.sizes.map { _ in 2 })])
    },
    "PadV2": { step in
      let x = step.operand(ranks: 0...4)
      return step.apply([
        x.value, step.widths(x.sizes.map { _ in 2 }), step.constant(step.numberType, []).value,
      ])
    },
    "MirrorPad": { step in
      let x = step.operand(ranks: 1...4)
      // TensorFlow's gradient refuses a tensor without elements.
      guard !x.sizes.contains(0) else { return nil }
      let isReflection = step.random.happens(50)
      let widths = step.widths(x.sizes.map { min(2, isReflection ? $0 - 1 : $0) })
      return step.apply([x.value, widths], ["mode": mode(isReflection)])
    },
    "MirrorPadGrad": { step in
      let sizes = (0..<step.random.integer(1...3)).map { _ in step.random.integer(1...3) }
      let isReflection = step.random.happens(50)
      let most = sizes.map { min(2, isReflection ? $0 - 1 : $0) }
      let pairs = most.map { [step.random.integer(0...$0), step.random.integer(0...$0)] }
      let padded = zip(sizes, pairs).map { $0 + $1[0] + $1[1] }
      return step.apply(
        [step.operand(0, sizes: padded).value, step.matrix(pairs)], ["mode": mode(isReflection)])
    },
  ]

  private static func mode(_ isReflection: Bool) -> AttributeValue {
    .bytes(Array((isReflection ? "REFLECT" : "SYMMETRIC").utf8))
  }
}

extension RandomStep {
  /// Tensors that can be put together along an axis.
  fileprivate mutating func parts() -> (parts: [Operand], axis: Int) {
    let first = operand(ranks: 1...4)
    let axis = random.axis(first.rank)
    let others = (0..<random.integer(1...2)).map { _ -> Operand in
      var sizes = first.sizes
      if random.happens(50) { sizes[axis < 0 ? axis + first.rank : axis] = size() }
      return operand(0, sizes: sizes)
    }
    return (([first] + others).shuffled(using: &random), axis)
  }

  /// Random widths of a padding, up to some for each axis.
  fileprivate mutating func widths(_ most: [Int]) -> Value {
    matrix(most.map { [random.integer(0...$0), random.integer(0...$0)] })
  }

  fileprivate mutating func matrix(_ pairs: [[Int]]) -> Value {
    let tensor = try! Tensor(pairs.flatMap { $0.map { Int64($0) } }, dimensions: [pairs.count, 2])
    return graph.constant(try! tensor.converted(to: indexType()))
  }

  /// What a strided slice of a tensor takes: begin, end and strides, and the masks.
  fileprivate mutating func slice(
    of sizes: [Int]
  ) -> (positions: [Value], attributes: KeyValuePairs<String, AttributeValue>) {
    var lists: [[Int]] = [[], [], []]
    var masks = [Int64](repeating: 0, count: 5)
    func append(_ begin: Int, _ end: Int, _ stride: Int) {
      for (number, element) in [begin, end, stride].enumerated() { lists[number].append(element) }
    }
    var axis = 0
    var hasEllipsis = false
    while axis < sizes.count || random.happens(20), lists[0].count < 6 {
      let bit = Int64(1) << Int64(lists[0].count)
      for mask in 0...1 where random.happens(25) { masks[mask] |= bit }
      if random.happens(15) || axis == sizes.count {
        masks[3] |= bit
        append(0, 0, 1)
        continue
      }
      if !hasEllipsis, random.happens(15) {
        masks[2] |= bit
        hasEllipsis = true
        axis += random.integer(0...sizes.count - axis)
        append(0, 0, 1)
        continue
      }
      // Without an ellipsis, axes that are not spoken of come last.
      if !hasEllipsis, random.happens(15) { break }
      let size = sizes[axis]
      axis += 1
      if size > 0, random.happens(20) {
        masks[4] |= bit
        let element = random.integer(-size...size - 1)
        append(element, element + 1, 1)
      } else {
        append(
          random.integer(-size - 1...size + 1), random.integer(-size - 1...size + 1),
          random.choose([1, 1, 2, 3, -1, -2]))
      }
    }
    let type = indexType()
    return (
      lists.map { vector($0, type) },
      [
        "begin_mask": .integer(masks[0]), "end_mask": .integer(masks[1]),
        "ellipsis_mask": .integer(masks[2]), "new_axis_mask": .integer(masks[3]),
        "shrink_axis_mask": .integer(masks[4]),
      ]
    )
  }
}
