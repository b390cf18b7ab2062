import Tensors

/// What a shape rule is told of the inputs.
public struct ShapeRequest: Sendable {
  /// Type and shape of each input, as far as they are known.
  public var inputs: [TensorType]
  /// For each of the operator's `shapeInputs`, its value where that is known.
  var constants: [Int: Tensor]
  /// For each of the operator's `shapeInputs`, the sizes that it holds as far as they are known.
  var partialSizes: [Int: Shape]

  /// The inputs, and the values of those that shapes depend on.
  public init(
    inputs: [TensorType], constants: [Int: Tensor] = [:], partialSizes: [Int: Shape] = [:]
  ) {
    self.inputs = inputs
    self.constants = constants
    self.partialSizes = partialSizes
  }

  /// The shape of an input.
  public func shape(_ input: Int) -> Shape { inputs[input].shape }

  /// One of the operator's `shapeInputs` where its value is known.
  public func value(_ input: Int) -> Tensor? { constants[input] }

  /// The elements of an integer input where its value is known.
  public func integers(_ input: Int) -> [Int]? { constants[input]?.integers }

  /// The sizes that an integer vector holds, as far as they are known, −1 counting as unknown.
  public func sizes(_ input: Int) -> Shape? {
    partialSizes[input] ?? constants[input].flatMap(Shape.init(sizesIn:))
  }

  /// Throws unless an input has that rank or an unknown one.
  public func require(rank: Int, of input: Int, named name: String) throws {
    if let actual = shape(input).rank, actual != rank {
      throw ShapeError("\(name) must have rank \(rank), but it is \(inputs[input])")
    }
  }
}

/// Why inputs of some shapes cannot be: a sentence that names the arguments and their values.
public struct ShapeError: Error, Sendable, CustomStringConvertible {
  /// The sentence, without the operator's name, which the caller adds.
  public var description: String
  /// What to do about it.
  public var suggestion: String?

  /// A sentence, and what to do about it.
  public init(_ description: String, suggestion: String? = nil) {
    self.description = description
    self.suggestion = suggestion
  }
}
