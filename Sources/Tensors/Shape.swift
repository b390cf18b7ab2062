/// The sizes of a tensor's dimensions, of which some, or even their number, may be unknown.
///
/// ```swift
/// let images: Shape = [nil, 28, 28, 1]   // a batch of any size
/// images.rank                            // 4
/// images.description                     // "[?, 28, 28, 1]"
/// ```
public struct Shape: Hashable, Sendable {
  /// Marks an unknown size in `sizes`.
  @usableFromInline static let unknownSize = -1

  /// The sizes with −1 for an unknown one; `nil` when the rank is unknown.
  @usableFromInline var sizes: [Int]?

  /// A shape whose every size is known.
  ///
  /// - Precondition: No size is negative.
  @inlinable
  public init(_ sizes: [Int]) {
    precondition(sizes.allSatisfy { $0 >= 0 }, "a size cannot be negative")
    self.sizes = sizes
  }

  /// A shape of known rank, with `nil` for each unknown size.
  public init(dimensions: [Int?]) {
    sizes = dimensions.map { $0 ?? Self.unknownSize }
  }

  @inlinable
  init(unchecked sizes: [Int]?) {
    self.sizes = sizes
  }

  /// The shape of which nothing is known, printed as `[*]`.
  public static let unknown = Shape(unchecked: nil)

  /// The shape of a single element, printed as `[]`.
  public static let scalar = Shape(unchecked: [])

  /// A shape of known rank whose every size is unknown.
  public static func unknown(rank: Int) -> Shape {
    Shape(unchecked: Array(repeating: unknownSize, count: rank))
  }

  /// The number of dimensions, or `nil` when it is unknown.
  @inlinable public var rank: Int? { sizes?.count }

  /// The sizes, with `nil` for an unknown one; `nil` altogether when the rank is unknown.
  public var dimensions: [Int?]? { sizes?.map { $0 < 0 ? nil : $0 } }

  /// The sizes when every one of them is known, else `nil`.
  @inlinable public var known: [Int]? {
    guard let sizes, !sizes.contains(Self.unknownSize) else { return nil }
    return sizes
  }

  /// Whether every size is known.
  public var isKnown: Bool { known != nil }

  /// The number of elements: `nil` when a size is unknown or the product is not an `Int`.
  public var elementCount: Int? { known.flatMap(Shape.elementCount(of:)) }

  /// The product of the sizes (1 for none), or `nil` when it is not an `Int`.
  ///
  /// A size of 0 anywhere gives 0, whatever the others are.
  public static func elementCount(of sizes: [Int]) -> Int? {
    if sizes.contains(0) { return 0 }
    var product = 1
    for size in sizes {
      let (partial, overflow) = product.multipliedReportingOverflow(by: size)
      if overflow || size < 0 { return nil }
      product = partial
    }
    return product
  }

  /// The size of one dimension, or `nil` when it is unknown.
  ///
  /// - Precondition: `0 <= axis < rank` where the rank is known.
  public subscript(axis: Int) -> Int? {
    guard let sizes else { return nil }
    return sizes[axis] < 0 ? nil : sizes[axis]
  }

  /// What two descriptions of the same tensor say together, or `nil` when they contradict.
  ///
  /// `[?, 3]` merged with `[2, ?]` is `[2, 3]`.
  public func merged(with other: Shape) -> Shape? {
    guard let mine = sizes else { return other }
    guard let theirs = other.sizes else { return self }
    guard mine.count == theirs.count else { return nil }
    var result = mine
    for axis in mine.indices where theirs[axis] >= 0 {
      if mine[axis] >= 0 && mine[axis] != theirs[axis] { return nil }
      result[axis] = theirs[axis]
    }
    return Shape(unchecked: result)
  }

  /// Whether a tensor could have both shapes.
  public func isCompatible(with other: Shape) -> Bool { merged(with: other) != nil }

  /// The shape of an elementwise operation by NumPy's rule, or `nil` when there is none.
  ///
  /// Shapes are aligned at their last dimension; sizes are equal, or one of them is 1.
  /// `[2, 1]` with `[3]` gives `[2, 3]`.
  public func broadcast(with other: Shape) -> Shape? {
    if self == other, isKnown { return self }
    guard let mine = sizes, let theirs = other.sizes else { return .unknown }
    let rank = max(mine.count, theirs.count)
    var result = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      let left = axis < rank - mine.count ? 1 : mine[axis - (rank - mine.count)]
      let right = axis < rank - theirs.count ? 1 : theirs[axis - (rank - theirs.count)]
      if left == right {
        result[axis] = left
      } else if left == 1 {
        result[axis] = right
      } else if right == 1 {
        result[axis] = left
      } else if left < 0 {
        result[axis] = right
      } else if right < 0 {
        result[axis] = left
      } else {
        return nil
      }
    }
    return Shape(unchecked: result)
  }
}

extension Shape: ExpressibleByArrayLiteral {
  /// A shape written as its sizes, with `nil` for an unknown one.
  public init(arrayLiteral elements: Int?...) {
    self.init(dimensions: elements)
  }
}

extension Shape: CustomStringConvertible {
  /// The sizes, as `[2, ?, 3]`; `[*]` when the rank is unknown.
  public var description: String {
    guard let sizes else { return "[*]" }
    return "[" + sizes.map { $0 < 0 ? "?" : String($0) }.joined(separator: ", ") + "]"
  }
}
