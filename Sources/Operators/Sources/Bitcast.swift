import GraphIR
import Tensors

/// The same bytes as elements of another type.
public struct Bitcast: Operator {
  public static let name = "Bitcast"
  public static let summary = "The same bytes as elements of another type."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("output", "type")],
    types: ["T": .numeric, "type": .numeric])
  public static let attributes: [Attribute<Bitcast>] = [
    .init("type", \.type, "The type of the result.", label: "to", isRequired: true)
  ]

  /// The type of the result.
  public var type = DataType.float32

  public init() {}

  /// The bytes as that type.
  public init(to type: DataType) {
    self.type = type
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let (shape, input) = (request.shape(0), request.inputs[0])
    let (old, new) = (input.dataType.byteCount, type.byteCount)
    guard old != new, let dimensions = shape.dimensions else {
      return [old == new ? shape : .unknown]
    }
    if old > new { return [Shape(dimensions: dimensions + [old / new])] }
    guard let last = dimensions.last, last ?? new / old == new / old else {
      throw ShapeError(
        "input is \(input), but its last size must be \(new / old), since so many of its elements"
          + " make one \(type)")
    }
    return [Shape(dimensions: dimensions.dropLast())]
  }

  public static let gradient = GradientRule.none(
    because: "bytes do not change smoothly with the numbers that they stand for")

  public func kernel(_ request: KernelRequest) throws -> Kernel { copyKernel(request) }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "floating-point numbers as integers", Bitcast(to: .int64), [.sample([2, 3])],
        everyType: false),
      Sample("integers as floating-point numbers", Bitcast(), [Tensor([Int32(1), 0x3F80_0000])]),
      Sample("larger elements", Bitcast(to: .int64), [Tensor([Int32(1), 2])]),
      Sample("smaller elements", Bitcast(to: .uint8), [.sample([2, 2])], everyType: false),
      Sample("a scalar", Bitcast(to: .uint8), [Tensor(Float(1))]),
      Sample(
        "nothing", Bitcast(to: .int32), [try! Tensor([UInt8](), dimensions: [0, 4])]),
      Sample(
        failing: "another last size", Bitcast(to: .int32), [Tensor([UInt8(1), 2, 3])],
        message:
          "input is UInt8[3], but its last size must be 4, since so many of its elements make"
          + " one Int32"),
      Sample(
        failing: "a scalar that is too small", Bitcast(to: .int32), [Tensor(UInt8(1))],
        message: "input is UInt8, but its last size must be 4, since so many of its elements make"
          + " one Int32"),
      Sample(
        failing: "truth values", Bitcast(to: .uint8), [Tensor([true])],
        message: "input must be \(TypeSet.numeric), but it is Bool[1]"),
    ]
  }
}

/// The same bytes as elements of another type, in the machine's byte order.
///
/// - Parameters:
///   - input: Numbers.
///   - type: The type of the result. Where its elements are smaller, the result has one axis more,
///     the last; where they are larger, the last axis holds the bytes of one element and goes.
public func bitcast(
  _ input: Value, to type: DataType, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  input.graph.append(
    Bitcast(to: type), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
