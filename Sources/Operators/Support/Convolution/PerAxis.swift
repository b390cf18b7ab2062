/// One number for height and width, or one for each of them: `2`, or `[2, 1]`.
///
/// TensorFlow's lists of four, with a 1 for batch and channels each, are understood, too.
public struct PerAxis: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  /// The numbers as they were given.
  public var numbers: [Int]

  /// A number for height and width.
  public init(_ number: Int) { numbers = [number] }

  /// A number for height and width, one for each, or TensorFlow's four.
  public init(_ numbers: [Int]) { self.numbers = numbers }

  /// A number for height and width.
  public init(integerLiteral number: Int) { self.init(number) }

  /// A number for height and width, one for each, or TensorFlow's four.
  public init(arrayLiteral numbers: Int...) { self.init(numbers) }

  /// TensorFlow's list of four; the numbers as they are where there are neither one nor two.
  func list(_ format: DataFormat) -> [Int] {
    guard let first = numbers.first, let last = numbers.last, numbers.count <= 2 else {
      return numbers
    }
    return format == .nhwc ? [1, first, last, 1] : [1, 1, first, last]
  }
}
