import GraphIR
import Tensors

/// The lines of a tensor along one of its axes, as the middle one of three axes.
struct AxisLines {
  /// How many elements a line has, where that is known.
  let count: Int?
  /// The same for a run, where it is not.
  private let countThere: Value?
  private let whole: Value
  private let sizes: Sizes
  private let fromEnd: Bool

  private enum Sizes {
    case known([Int])
    case computed(Value)
  }

  /// - Parameters:
  ///   - x: What has the lines.
  ///   - axis: A scalar, `Int32` or `Int64`, which need not be a constant.
  ///   - fromEnd: Whether the lines begin at the end of the axis.
  init(of x: Value, axis: Value, fromEnd: Bool) {
    let graph = x.graph
    (whole, self.fromEnd) = (x, fromEnd)
    var position = graph.constantIntegers(axis)?.first
    if let stated = position, stated < 0 { position = x.shape.rank.map { stated + $0 } }
    count = x.shape.rank == nil ? nil : position.flatMap { x.shape[$0] }
    if let dimensions = x.shape.known, let position {
      countThere = nil
      sizes = .known([
        dimensions[..<position].reduce(1, *), dimensions[position],
        dimensions[(position + 1)...].reduce(1, *),
      ])
      return
    }
    func constant(_ number: Int32) -> Value { graph.constant(Tensor(number), origin: .unknown) }
    func product(_ first: Value, _ count: Value) -> Value {
      prod(slice(shape(x), begin: stack([first]), size: stack([count])), axes: [0])
    }
    let there = floorMod(cast(reshape(axis, to: []), to: .int32), rank(x))
    let size = product(there, constant(1))
    countThere = count == nil ? size : nil
    sizes = .computed(
      stack([product(constant(0), there), size, product(there + 1, constant(-1))]))
  }

  /// A tensor of the same shape as its lines.
  func of(_ x: Value) -> Value {
    let lines =
      switch sizes {
      case .known(let sizes): reshape(x, to: sizes)
      case .computed(let sizes): reshape(x, to: sizes)
      }
    return fromEnd ? reverse(lines, axes: [1]) : lines
  }

  /// The tensor that has those lines.
  func joined(_ lines: Value) -> Value {
    reshape(fromEnd ? reverse(lines, axes: [1]) : lines, like: whole)
  }

  /// What gives, for each element, the one so much further along its line, and 0 beyond the end.
  func further(by distance: Int) -> (Value) -> Value {
    if let count {
      let distance = min(distance, count)
      return { lines in
        pad(
          slice(lines, begin: [0, distance, 0], size: [-1, -1, -1]),
          paddings: [[0, 0], [0, distance], [0, 0]])
      }
    }
    let graph = whole.graph
    let distance = minimum(
      countThere!, graph.constant(Tensor(Int32(clamping: distance)), origin: .unknown))
    let widths = try! Tensor([Int32(0), 0, 0, 1, 0, 0], dimensions: [3, 2])
    let begin = distance * graph.vector([0, 1, 0], .int32)
    let rest = graph.vector([-1, -1, -1], .int32)
    let paddings = distance * graph.constant(widths, origin: .unknown)
    return { pad(slice($0, begin: begin, size: rest), paddings: paddings) }
  }

  /// s[k] = added[k] + factor[k] · s[k + 1] along each line, where s is 0 beyond the end.
  ///
  /// Twice as many terms with each step, so that nothing is divided by and every derivative is
  /// right where factors are 0.
  func recurrence(_ added: Value, _ factor: Value) -> Value {
    var (sum, product) = (added, factor)
    var distance = 1
    let limit = count ?? Int(Int32.max)
    while distance < limit {
      let further = further(by: distance)
      sum = sum + product * further(sum)
      if 2 * distance < limit { product = product * further(product) }
      distance *= 2
    }
    return sum
  }
}
