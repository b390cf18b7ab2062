import GraphIR
import Tensors

/// A number of elements or axes: known already, or a scalar of `Int64` that the graph computes.
enum Extent {
  case known(Int)
  case computed(Value)

  /// The number as a scalar of `Int64`.
  func value(in graph: Graph) -> Value {
    switch self {
    case .known(let number): graph.constant(Tensor(Int64(number)), origin: .unknown)
    case .computed(let value): value
    }
  }

  /// The product.
  static func * (left: Extent, right: Extent) -> Extent {
    switch (left, right) {
    case (.known(let left), .known(let right)): .known(left &* right)
    case (.known(1), let other), (let other, .known(1)): other
    case (.computed(let value), let other): .computed(value * other.value(in: value.graph))
    case (let other, .computed(let value)): .computed(value * other.value(in: value.graph))
    }
  }

  /// The sum with a number.
  static func + (left: Extent, right: Int) -> Extent {
    switch left {
    case .known(let number): .known(number &+ right)
    case .computed(let value): .computed(value + Double(right))
    }
  }

  /// A vector of those sizes.
  static func vector(_ sizes: [Extent], in graph: Graph) -> Value {
    let known = sizes.compactMap { if case .known(let size) = $0 { size } else { nil } }
    if known.count == sizes.count { return sizesConstant(known, graph, .unknown) }
    // Each size times a vector that is 1 in its place and 0 elsewhere.
    let parts = sizes.enumerated().map { place, size in
      let unit = sizes.indices.map { Int64($0 == place ? 1 : 0) }
      return size.value(in: graph) * graph.constant(Tensor(unit), origin: .unknown)
    }
    return addN(parts)
  }
}

/// The rank of a value.
func rankExtent(_ x: Value) -> Extent {
  if let rank = x.shape.rank { return .known(rank) }
  return .computed(size(shape(x), type: .int64))
}

/// The position of an axis that a scalar holds, negative ones counted from the end.
func axisExtent(_ axis: Value, of x: Value) -> Extent {
  let rank = rankExtent(x)
  if let number = x.graph.constantIntegers(axis)?.first {
    if number >= 0 { return .known(number) }
    return rank + number
  }
  let number = cast(axis, to: .int64)
  return .computed(number + cast(0.0 .> number, to: .int64) * rank.value(in: x.graph))
}

/// The product of the sizes of the axes from one up to, not including, another.
func elementExtent(of x: Value, from start: Extent, to end: Extent) -> Extent {
  if case (.known(let start), .known(let end)) = (start, end),
    let dimensions = x.shape.dimensions, start <= end, end <= dimensions.count
  {
    let known = dimensions[start..<end].compactMap { $0 }
    if known.count == end - start { return .known(known.reduce(1, &*)) }
  }
  let sizes = shape(x, type: .int64)
  let inside = isBefore(end, sizes) * (1.0 - isBefore(start, sizes))
  return .computed(prod(sizes * inside + (1.0 - inside), axes: [0]))
}

/// For each place of a vector of `Int64`, 1 where it is before `end`, 0 elsewhere.
private func isBefore(_ end: Extent, _ vector: Value) -> Value {
  let places = cumsum(vector * 0.0 + 1.0, axis: 0, exclusive: true)
  return cast(end.value(in: vector.graph) .> places, to: .int64)
}

/// A value whose axes are the first ones of another, with axes of size 1 for the rest of them.
func withTrailingAxes(_ value: Value, like other: Value) -> Value {
  if let rank = other.shape.rank, let own = value.shape.rank {
    if rank == own { return value }
    if let sizes = value.shape.known {
      return reshape(value, to: sizes + Array(repeating: 1, count: rank - sizes.count))
    }
  }
  let sizes = shape(other, type: .int64)
  let isOwn = isBefore(rankExtent(value), sizes)
  return reshape(value, to: sizes * isOwn + (1.0 - isOwn))
}
