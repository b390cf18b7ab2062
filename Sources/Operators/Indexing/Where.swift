import GraphIR
import Tensors

/// The positions of the elements that are true, or not zero.
public struct Where: Operator {
  public static let name = "Where"
  public static let summary = "The positions of the elements that are true, or not zero."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("index", .fixed(.int64))],
    types: ["T": TypeSet(DataType.allCases.filter { $0 != .string })])
  public static let traits: OperatorTraits = .sizesDependOnValues
  public static let function: GraphFunction? = .derived(from: Where.self, named: "argwhere")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] {
    [Shape(dimensions: [nil, request.shape(0).rank])]
  }

  public static let gradient = GradientRule.none(
    because: "positions do not change with the elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    throw GraphError("the number of positions is known only after the elements")
  }

  public func evaluate(_ inputs: [Tensor]) throws -> [Tensor] {
    try evaluate(inputs, limits: GraphLimits())
  }

  public func evaluate(_ inputs: [Tensor], limits: GraphLimits) throws -> [Tensor] {
    let flags = try inputs[0].converted(to: .bool)
    let (sizes, rank) = (flags.dimensions, flags.rank)
    return try flags.withUnsafeBytes { flags in
      let count = flags.reduce(0) { $0 + ($1 != 0 ? 1 : 0) }
      try requireMemory(TensorType(.int64, Shape([count, rank])), limits)
      let result = try Tensor(uninitialized: .int64, dimensions: [count, rank]) { bytes in
        let positions = bytes.bindMemory(to: Int64.self)
        var row = 0
        for (number, flag) in flags.enumerated() where flag != 0 {
          var rest = number
          for axis in sizes.indices.reversed() {
            positions[row + axis] = Int64(rest % sizes[axis])
            rest /= sizes[axis]
          }
          row += rank
        }
      }
      return [result]
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "truth values", Where(), [try! Tensor([true, false, false, true], dimensions: [2, 2])]),
      Sample("numbers", Where(), [try! Tensor([0.0, 1, -0.0, 3, 0, .nan], dimensions: [3, 2])]),
      Sample("a cube", Where(), [.sample([2, 3, 2], in: 0...3)]),
      Sample("nothing", Where(), [.sample([3, 0])]),
      Sample("false throughout", Where(), [Tensor([false, false])]),
      Sample(
        failing: "texts", Where(), [Tensor(["a"])],
        message: "input must be \(TypeSet(DataType.allCases.filter { $0 != .string })),"
          + " but it is String[1]"),
    ]
  }
}

/// Throws unless a result stays within what one tensor may take.
func requireMemory(_ type: TensorType, _ limits: GraphLimits) throws {
  guard let byteCount = type.byteCount, byteCount <= limits.byteCount else {
    throw KernelError(
      "the result \(type) takes \(type.byteCount.map { "\($0)" } ?? "too many") bytes; the limit"
        + " is \(limits.byteCount)")
  }
}

/// The positions of the elements that are true, or not zero.
///
/// ```swift
/// let positive = gatherNd(x, argwhere(x .> 0))
/// ```
/// - Parameter input: Truth values or numbers.
/// - Returns: An `Int64` matrix with a row for each such element, in their order, that holds its
///   index along each axis. How many there are is known only when the graph runs.
public func argwhere(
  _ input: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    Where(), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
