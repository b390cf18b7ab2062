import GraphIR
import Operators
import Tensors

extension TensorType {
  /// Throws unless the input has that rank.
  func require(rank: Int, _ axes: String) throws {
    guard shape.rank == rank else {
      throw ShapeError(
        "an input of rank \(rank) (\(axes)) was expected, found \(self)",
        suggestion: shape.rank == rank - 1 && rank == 4
          ? "images need an axis for their channels: reshape them first" : nil)
    }
  }

  /// The size of an axis, which must be known.
  func size(_ axis: Int, _ name: String) throws -> Int {
    guard let dimensions = shape.dimensions else {
      throw ShapeError("an input of known rank was expected, found \(self)")
    }
    let position = axis < 0 ? axis + dimensions.count : axis
    guard dimensions.indices.contains(position), let size = dimensions[position] else {
      throw ShapeError("an input whose size of \(name) is known was expected, found \(self)")
    }
    return size
  }

  /// The sizes of one example, which must be known.
  func exampleSizes() throws -> [Int] {
    guard let sizes = shape.dimensions?.dropFirst(), sizes.allSatisfy({ $0 != nil }) else {
      throw ShapeError("an input whose sizes but the batch are known was expected, found \(self)")
    }
    return sizes.compactMap { $0 }
  }

  /// Throws unless the input's elements are floating-point numbers.
  func requireFloatingPoint() throws {
    guard dataType.isFloatingPoint else {
      throw ShapeError("floating-point numbers were expected, found \(self)")
    }
  }
}

extension PerAxis {
  /// A positive number for height and width each.
  func pair(_ name: String) throws -> (height: Int, width: Int) {
    guard (1...2).contains(numbers.count), numbers.allSatisfy({ $0 > 0 }) else {
      throw ShapeError("\(name) must be one or two positive integers, but it is \(numbers)")
    }
    return (numbers[0], numbers[numbers.count - 1])
  }
}

/// Throws unless a number that a layer was given is positive.
func requirePositive(_ number: Int, _ name: String) throws {
  guard number > 0 else { throw ShapeError("\(name) must be positive, but it is \(number)") }
}

/// Throws for the padding that layers do not take.
func requireUsual(
  _ padding: Padding, suggestion: String? = "put a ZeroPadding2D before the layer"
) throws {
  guard padding != .explicit else {
    throw ShapeError(
      "padding must be .same or .valid, but it is .explicit", suggestion: suggestion)
  }
}
