import GraphIR
import Tensors

/// The masks of a strided slice: a bit for each position of `begin`, `end` and `strides`.
public struct StridedSliceMasks: Hashable, Sendable {
  /// Positions whose slice begins at the first element, in the direction of the stride.
  public var begin = 0
  /// Positions whose slice ends with the last element, in the direction of the stride.
  public var end = 0
  /// The position, at most one, that stands for all axes that are not spoken of.
  public var ellipsis = 0
  /// Positions that stand for a new axis of size 1.
  public var newAxis = 0
  /// Positions that choose a single element, whose axis is left out of the result.
  public var shrinkAxis = 0

  /// No masks, or those.
  public init(
    begin: Int = 0, end: Int = 0, ellipsis: Int = 0, newAxis: Int = 0, shrinkAxis: Int = 0
  ) {
    self.begin = begin
    self.end = end
    self.ellipsis = ellipsis
    self.newAxis = newAxis
    self.shrinkAxis = shrinkAxis
  }
}

/// Which elements of a tensor a strided slice takes, and the shape of its result.
struct StridedBox {
  /// The first element on each axis of the tensor, where it is known.
  var starts: [Int] = []
  /// The number of elements along each axis, where it is known.
  var sizes: [Int?] = []
  /// The steps along each axis.
  var strides: [Int] = []
  /// The sizes of the result.
  var result: [Int?] = []

  /// The most positions that a mask has bits for.
  static let positionLimit = 62

  /// What each position of the specification does.
  private enum Role { case range, element, newAxis, ellipsis }

  private static func roles(_ masks: StridedSliceMasks, _ count: Int) throws -> [Role] {
    guard count <= positionLimit else {
      throw ShapeError("begin holds \(count) integers; at most \(positionLimit) are possible")
    }
    var roles = (0..<count).map { position -> Role in
      let bit = 1 << position
      if masks.ellipsis & bit != 0 { return .ellipsis }
      if masks.newAxis & bit != 0 { return .newAxis }
      return masks.shrinkAxis & bit != 0 ? .element : .range
    }
    if roles.filter({ $0 == .ellipsis }).count > 1 {
      throw ShapeError("the ellipsis mask may name one position, but it is \(masks.ellipsis)")
    }
    if !roles.contains(.ellipsis) { roles.append(.ellipsis) }
    return roles
  }

  /// The rank of the result for a tensor of that rank.
  static func resultRank(_ masks: StridedSliceMasks, count: Int, rank: Int) throws -> Int {
    let roles = try roles(masks, count)
    let elements = roles.count(where: { $0 == .element })
    guard elements + roles.count(where: { $0 == .range }) <= rank else {
      throw ShapeError("begin speaks of more axes than the \(rank) that there are")
    }
    return rank - elements + roles.count(where: { $0 == .newAxis })
  }

  /// The elements that a slice takes.
  ///
  /// - Parameters:
  ///   - input: The sizes of the tensor, as far as they are known.
  ///   - name: What messages call the tensor.
  /// - Throws: `ShapeError` for a specification that no tensor of these sizes has.
  init(
    _ masks: StridedSliceMasks, begin: [Int], end: [Int], strides: [Int], of input: [Int?],
    named name: String
  ) throws {
    let shape = Shape(dimensions: input)
    let roles = try Self.roles(masks, begin.count)
    let spoken = roles.count(where: { $0 == .element || $0 == .range })
    guard spoken <= input.count else {
      throw ShapeError("begin speaks of \(spoken) axes, but \(name) has shape \(shape)")
    }
    for (position, role) in roles.enumerated() {
      let axis = self.sizes.count
      switch role {
      case .newAxis: result.append(1)
      case .ellipsis:
        for axis in axis..<axis + input.count - spoken {
          append(start: 0, size: input[axis], stride: 1)
          result.append(input[axis])
        }
      case .element:
        guard strides[position] > 0 else {
          throw ShapeError(
            "strides must be above 0 where a single element is chosen, but on axis \(axis) it is"
              + " \(strides[position])")
        }
        let stated = begin[position]
        if let size = input[axis], !(-size..<max(size, 0)).contains(stated) {
          throw ShapeError(
            "\(name) has shape \(shape), so that axis \(axis) has no element \(stated)")
        }
        append(start: stated < 0 ? stated + (input[axis] ?? 0) : stated, size: 1, stride: 1)
      case .range:
        let stride = strides[position]
        guard stride != 0 else { throw ShapeError("strides must not be 0, as on axis \(axis)") }
        let range = input[axis].map { size in
          Self.range(
            size, stride, masks.begin & 1 << position != 0 ? nil : begin[position],
            masks.end & 1 << position != 0 ? nil : end[position])
        }
        append(start: range?.start ?? 0, size: range?.count, stride: stride)
        result.append(range?.count)
      }
    }
  }

  private mutating func append(start: Int, size: Int?, stride: Int) {
    starts.append(start)
    sizes.append(size)
    strides.append(stride)
  }

  /// The first element and the number of elements of a slice of one axis.
  private static func range(
    _ size: Int, _ stride: Int, _ begin: Int?, _ end: Int?
  ) -> (start: Int, count: Int) {
    // A slice that goes backward may end before the first element.
    let valid = stride > 0 ? (0, size) : (-1, size - 1)
    func position(_ stated: Int?, _ whole: Int) -> Int {
      guard let stated else { return whole }
      return min(max(stated < 0 ? stated + size : stated, valid.0), valid.1)
    }
    let first = position(begin, stride > 0 ? valid.0 : valid.1)
    let last = position(end, stride > 0 ? valid.1 : valid.0)
    let length = last - first
    guard length != 0, (length < 0) == (stride < 0) else { return (first, 0) }
    return (first, length / stride + (length % stride == 0 ? 0 : 1))
  }

  /// Where the elements stand in a tensor of those sizes, which are all known.
  func place(in sizes: [Int], number: Int = 0) -> Movement.Place {
    let whole = rowMajorStrides(sizes)
    let start = zip(starts, whole).reduce(0) { $0 &+ $1.0 &* $1.1 }
    return Movement.Place(
      number: number, start: start, strides: zip(strides, whole).map { $0 &* $1 })
  }
}
