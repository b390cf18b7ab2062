import StaticGraph

extension OperatorForms {
  /// Operators that look up and put down by indices.
  static let indexing: [String: OperatorForm] = [
    "Gather": { step in
      let x = step.operand(ranks: 1...4)
      guard x.sizes[0] > 0 else { return nil }
      return step.apply([
        x.value, step.indices(below: x.sizes[0], step.random.sizes(ranks: 0...2)),
      ])
    },
    "GatherV2": { step in
      let x = step.operand(ranks: 1...4)
      let axis = step.random.integer(0...x.rank - 1)
      guard x.sizes[axis] > 0 else { return nil }
      let batch = step.random.happens(30) ? step.random.integer(0...axis) : 0
      let sizes = Array(x.sizes.prefix(batch)) + step.random.sizes(ranks: 0...2)
      let stated = step.random.happens(40) ? axis - x.rank : axis
      return step.apply(
        [x.value, step.indices(below: x.sizes[axis], sizes), step.scalar(stated)],
        ["batch_dims": .integer(Int64(batch))])
    },
    "GatherNd": { step in
      let x = step.operand(ranks: 1...4)
      guard let tuples = step.tuples(into: x.sizes) else { return nil }
      return step.apply([x.value, tuples.value])
    },
    "ScatterNd": { step in
      let sizes = step.random.sizes(ranks: 1...3)
      guard let tuples = step.tuples(into: sizes) else { return nil }
      let updates = tuples.sizes.dropLast() + sizes.dropFirst(tuples.sizes.last!)
      return step.apply([
        tuples.value, step.operand(1, sizes: Array(updates)).value,
        step.vector(sizes, tuples.value.dataType),
      ])
    },
    "OneHot": { step in
      let depth = step.random.integer(0...4)
      let indices = step.operand(
        0, ranks: 0...3, type: step.random.choose([.int32, .int64, .uint8]))
      let values = [2, 3].map { step.operand($0, sizes: []).value }
      return step.apply(
        [indices.value, step.scalar(depth, .int32)] + values,
        ["axis": .integer(Int64(step.random.integer(-1...indices.rank)))])
    },
    "TopKV2": { step in
      let x = step.operand(ranks: 1...4)
      let k = step.scalar(step.random.integer(0...x.sizes.last!))
      // TensorFlow's gradient fails for positions in Int64.
      let type = step.numberType.isFloatingPoint ? .int32 : step.indexType()
      return step.apply([x.value, k], ["index_type": .type(type)])
    },
    // TensorFlow's takes no scalar.
    "Where": { step in step.apply([step.operand(ranks: 1...5)]) },
    "DynamicPartition": { step in
      let x = step.operand(ranks: 0...4)
      let count = step.random.integer(1...3)
      let sizes = Array(x.sizes.prefix(step.random.integer(0...min(2, x.rank))))
      return step.apply(
        [x.value, step.indices(below: count, sizes, type: .int32)],
        ["num_partitions": .integer(Int64(count))])
    },
    "ListDiff": { step in
      let x = step.operand(ranks: 1...1)
      return step.apply(
        [x, step.operand(1, ranks: 1...1)], ["out_idx": .type(step.indexType())])
    },
    "Bincount": { step in
      let sizes = step.random.sizes(ranks: 0...2)
      let weights = step.operand(2, sizes: step.random.happens(40) ? [0] : sizes)
      return step.apply([
        step.indices(below: 5, sizes, type: .int32), step.scalar(step.size() + 1, .int32),
        weights.value,
      ])
    },
  ]

  /// A tensor, the slices to change, and what with.
  static let tensorScatter: OperatorForm = { step in
    let x = step.operand(ranks: 1...4)
    // Which of two updates of one slice stays, nobody says.
    let isUpdate = step.recipe.name == "TensorScatterUpdate"
    guard let tuples = step.tuples(into: x.sizes, distinct: isUpdate) else { return nil }
    let updates = tuples.sizes.dropLast() + x.sizes.dropFirst(tuples.sizes.last!)
    return step.apply([x, tuples, step.operand(2, sizes: Array(updates))])
  }

  /// A tensor, and for each of its slices the segment, in order.
  static let sortedSegments: OperatorForm = { step in
    let x = step.operand(ranks: 1...4)
    var segment = step.random.happens(20) ? 1 : 0
    let numbers = (0..<x.sizes[0]).map { _ in
      defer { segment += step.random.choose([0, 0, 1, 1, 2]) }
      return segment
    }
    return step.apply([x.value, step.vector(numbers)])
  }

  /// A tensor, for each of its slices the segment, and how many of these there are.
  static let unsortedSegments: OperatorForm = { step in
    let x = step.operand(ranks: 0...4)
    let sizes = Array(x.sizes.prefix(step.random.integer(0...min(2, x.rank))))
    let count = step.random.integer(1...4)
    // A slice of a negative segment counts for nothing.
    let segments = step.constant(step.indexType(), sizes, in: -1...Double(count - 1))
    return step.apply([x.value, segments.value, step.scalar(count)])
  }

  /// A vector, of which the distinct elements are asked for.
  static let unique: OperatorForm = { step in
    step.apply([step.operand(ranks: 1...1)], ["out_idx": .type(step.indexType())])
  }

  /// Lists of indices that hold each up to some number, and the slices for them.
  static let stitching: OperatorForm = { step in
    let slice = step.random.sizes(ranks: 0...2)
    let order = Array(0..<step.random.integer(1...6)).shuffled(using: &step.random)
    let cut = step.random.integer(0...order.count)
    let lists = step.random.happens(30) ? [order] : [Array(order[..<cut]), Array(order[cut...])]
    let data = lists.map { step.operand(1, sizes: [$0.count] + slice).value }
    return step.apply(lists.map { step.vector($0, .int32) } + data)
  }
}

extension RandomStep {
  /// Tuples of indices into a tensor; none where it has no elements.
  fileprivate mutating func tuples(into sizes: [Int], distinct: Bool = false) -> Operand? {
    guard !sizes.contains(0) else { return nil }
    let depth = random.integer(1...sizes.count)
    let count = sizes.prefix(depth).reduce(1, *)
    let shape = random.sizes(ranks: 1...2)
    let number = shape.reduce(1, *)
    guard !distinct || number <= count else { return nil }
    let places =
      distinct
      ? Array(Array(0..<count).shuffled(using: &random).prefix(number))
      : (0..<number).map { _ in random.integer(0...count - 1) }
    let elements = places.flatMap { place -> [Int64] in
      var rest = place
      return sizes.prefix(depth).reversed().map { size -> Int64 in
        defer { rest /= size }
        return Int64(rest % size)
      }.reversed()
    }
    let tensor = try! Tensor(elements, dimensions: shape + [depth])
    return Operand(
      value: graph.constant(try! tensor.converted(to: indexType())), sizes: shape + [depth])
  }
}
