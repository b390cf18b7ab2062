import GraphIR
import Tensors

extension ShapeRequest {
  /// The single integer that one of the operator's `shapeInputs` holds; `nil` where it is not
  /// known.
  ///
  /// - Throws: `ShapeError` when it holds none or several.
  func integer(_ input: Int, named name: String) throws -> Int? {
    let shape = shape(input)
    if shape.rank ?? 0 > 1 || shape.elementCount ?? 1 != 1 {
      throw ShapeError("\(name) must be a single integer, but it is \(inputs[input])")
    }
    return integers(input)?.first
  }

  /// The integers that one of the operator's `shapeInputs` holds, one for each axis of a tensor;
  /// `nil` where they are not known.
  ///
  /// - Throws: `ShapeError` when it is no vector of such a length.
  func integersForAxes(
    _ input: Int, named name: String, of tensor: Int, named tensorName: String
  ) throws -> [Int]? {
    try require(rank: 1, of: input, named: name)
    if let rank = shape(tensor).rank, let count = shape(input)[0], rank != count {
      throw ShapeError(
        "\(name) has length \(count), but \(tensorName) is"
          + " \(inputs[tensor]), which has rank \(rank)")
    }
    return integers(input)
  }
}

/// A single axis as a position, a negative one counted from the end.
///
/// - Throws: `ShapeError` for an axis that the tensor does not have.
func normalizedAxis(_ axis: Int, rank: Int, of type: TensorType, named name: String) throws -> Int {
  try normalizedAxes([axis], rank: rank, of: type, named: name)[0]
}

/// An axis to put between others, as a position, a negative one counted from the end.
///
/// - Parameter rank: The number of axes there are before.
/// - Throws: `ShapeError` for a position that lies outside.
func insertedAxis(_ axis: Int, rank: Int, of type: TensorType, named name: String) throws -> Int {
  guard (-rank - 1...rank).contains(axis) else {
    throw ShapeError(
      "axis must lie between \(-rank - 1) and \(rank), as \(name) is \(type), but it is \(axis)")
  }
  return axis < 0 ? axis + rank + 1 : axis
}

/// The shape as a vector of integers of that type: a constant where it is known.
func shapeTensor(_ x: Value, _ type: DataType) -> Value {
  if type == .int64 {
    guard let sizes = x.shape.known else { return shape(x, type: .int64) }
    return x.graph.constant(Tensor(sizes.map { Int64($0) }), origin: .unknown)
  }
  return shapeTensor(x)
}

extension Graph {
  /// A constant vector of integers of that type, `Int32` or `Int64`.
  func vector(_ integers: [Int], _ type: DataType) -> Value {
    guard type == .int64 else { return sizesConstant(integers, self, .unknown) }
    return constant(Tensor(integers.map { Int64($0) }), origin: .unknown)
  }

  /// The result of a call that is wrong, which is recorded.
  func invalid(_ message: String, _ origin: Origin) -> Value {
    record(message, origin)
    return node(at: -1).output
  }
}
