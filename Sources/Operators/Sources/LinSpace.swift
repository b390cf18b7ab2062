import GraphIR
import Tensors

/// So many numbers from a start to a stop, both included, at equal distances.
public struct LinSpace: Operator {
  public static let name = "LinSpace"
  public static let summary =
    "So many numbers from a start to a stop, both included, at equal distances."
  public static let signature = Signature(
    inputs: [.init("start", "T"), .init("stop", "T"), .init("num", "Tidx", label: "count")],
    outputs: [.init("output", "T")], types: ["T": .floatingPoint, "Tidx": .index])
  public static let shapeInputs = [2]
  public static let function: GraphFunction? = .derived(from: LinSpace.self, named: "linspace")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    for (input, name) in ["start", "stop", "count"].enumerated() {
      try request.require(rank: 0, of: input, named: name)
    }
    guard let count = request.integers(2)?.first else { return [.unknown(rank: 1)] }
    guard count > 0 else { throw ShapeError("count must be at least 1, but it is \(count)") }
    return [[count]]
  }

  public static let gradient = GradientRule.none(
    because: "its limits count as constants, as in TensorFlow")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    switch request.outputs[0].dataType {
    case .float32: kernel(request, Float.self)
    case .float64: kernel(request, Double.self)
    default: throw unsupported(request.outputs[0].dataType)
    }
  }

  private func kernel<Element: BinaryFloatingPoint & FixedSizeElement>(
    _ request: KernelRequest, _ type: Element.Type
  ) -> Kernel {
    let count = request.outputCount()
    let pieces = pieceCount(count)
    return Kernel { context in
      let start = context.input(0, as: type).pointee
      let stop = context.input(1, as: type).pointee
      let step = (stop - start) / Element(max(1, count - 1))
      let output = context.output(as: type)
      context.parallelFor(pieces: pieces) { piece in
        let first = piece * elementsPerPiece
        for position in first..<min(count, first + elementsPerPiece) {
          output[position] = start + step * Element(position)
        }
      }
      // Rounding must not make the last number another one.
      output[count - 1] = count == 1 ? start : stop
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      sample("five", -1, 1, Tensor(Int32(5))),
      sample("downward", 3, 0.5, Tensor(Int64(4))),
      sample("one", 2, 5, Tensor(Int32(1))),
      sample("equal limits", 2, 2, Tensor(Int32(3))),
      sample("many elements", 0, 1, Tensor(Int32(70_001))),
      Sample(
        failing: "none", LinSpace(), [Tensor(0.0), Tensor(1.0), Tensor(Int32(0))],
        message: "count must be at least 1, but it is 0"),
      Sample(
        failing: "a vector", LinSpace(), [.sample([2]), Tensor(1.0), Tensor(Int32(2))],
        message: "start must have rank 0, but it is Float64[2]"),
    ]
  }

  private static func sample(
    _ label: String, _ start: Double, _ stop: Double, _ count: Tensor
  ) -> Sample {
    Sample(label, LinSpace(), [Tensor(start), Tensor(stop), count], differentiable: false)
  }
}

/// So many numbers from a start to a stop, both included, at equal distances.
///
/// No derivative is taken with respect to the limits.
///
/// - Parameters:
///   - start: The first number, a scalar of floating-point type.
///   - stop: The last number, of the same type.
///   - count: How many numbers there are, at least 1; a single one is the start.
/// - Returns: A vector.
public func linspace(
  _ start: Value, _ stop: Value, count: Int, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  let number = start.graph.constant(Tensor(Int64(count)), origin: origin)
  return linspace(start, stop, count: number, name: name, fileID: fileID, line: line)
}

/// As many numbers as the graph computes from a start to a stop, at equal distances.
///
/// - Parameters:
///   - start: The first number, a scalar of floating-point type.
///   - stop: The last number, of the same type.
///   - count: How many numbers there are, a scalar `Int32` or `Int64`.
public func linspace(
  _ start: Value, _ stop: Value, count: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  start.graph.append(
    LinSpace(), [start, stop, count], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
