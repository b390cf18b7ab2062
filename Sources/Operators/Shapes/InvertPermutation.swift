import GraphIR
import Tensors

/// The permutation that undoes another.
public struct InvertPermutation: Operator {
  public static let name = "InvertPermutation"
  public static let summary = "The permutation that undoes another."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .index])

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "x")
    return [Shape(dimensions: [request.shape(0).rank == nil ? nil : request.shape(0)[0]])]
  }

  public static let gradient = GradientRule.none(
    because: "the positions of a permutation are integers")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let count = request.outputCount()
    if request.inputs[0].dataType == .int32 { return Self.kernel(count, Int32.self) }
    return Self.kernel(count, Int64.self)
  }

  private static func kernel<Element: FixedWidthInteger & Sendable>(
    _ count: Int, _ type: Element.Type
  ) -> Kernel {
    Kernel { context in
      let (x, y) = (context.input(0, as: type), context.output(as: type))
      for position in 0..<count { y[position] = -1 }
      for position in 0..<count {
        let place = Int(x[position])
        guard (0..<count).contains(place) else {
          throw KernelError("x[\(position)] is \(place), but must lie between 0 and \(count - 1)")
        }
        guard y[place] == -1 else {
          throw KernelError("x holds \(place) twice, at \(y[place]) and \(position)")
        }
        y[place] = Element(position)
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("three axes", InvertPermutation(), [Tensor([Int32(2), 0, 1])]),
      Sample("in Int64", InvertPermutation(), [Tensor([Int64(1), 3, 0, 2])]),
      Sample("nothing", InvertPermutation(), [Tensor([Int32]())]),
      Sample(
        failing: "a matrix", InvertPermutation(), [try! Tensor([Int32(0)], dimensions: [1, 1])],
        message: "x must have rank 1, but it is Int32[1, 1]"),
    ]
  }
}

/// The permutation that undoes another.
///
/// - Parameter x: A vector that holds each integer from 0 up once, `Int32` or `Int64`.
/// - Returns: A vector y with y[x[i]] = i.
public func invertPermutation(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(
    InvertPermutation(), [x], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
