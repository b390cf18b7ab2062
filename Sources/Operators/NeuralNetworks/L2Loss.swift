import CKernels
import GraphIR
import Tensors

/// Half the sum of the squares of all elements.
public struct L2Loss: Operator {
  public static let name = "L2Loss"
  public static let summary = "Half the sum of the squares of all elements."
  public static let signature = Signature(
    inputs: [.init("t", "T")], outputs: [.init("output", "T")], types: ["T": .floatingPoint])

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { [.scalar] }

  // ∂ Σ t² / 2 = Σ t · ∂t
  public static let gradient = GradientRule.rule { g in [g.outputGradient * g.x] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    switch request.inputs[0].dataType {
    case .float32: kernel(request, Float.self, staticgraph_sum_of_squares_float32)
    case .float64: kernel(request, Double.self, staticgraph_sum_of_squares_float64)
    default: throw unsupported(request.inputs[0].dataType)
    }
  }

  private func kernel<Element: BinaryFloatingPoint & Sendable>(
    _ request: KernelRequest, _ type: Element.Type,
    _ sumOfSquares: @escaping staticgraph_sum_of_squares
  ) -> Kernel {
    let count = request.inputCount(0)
    let pieces = pieceCount(count)
    return Kernel(scratchByteCount: pieces * MemoryLayout<Double>.stride) { context in
      let t = context.input(0, as: Element.self)
      let sums = context.scratch.assumingMemoryBound(to: Double.self)
      context.parallelFor(pieces: pieces) { piece in
        let start = piece * elementsPerPiece
        sums[piece] = sumOfSquares(min(elementsPerPiece, count - start), t + start)
      }
      var total = 0.0
      for piece in 0..<pieces { total += sums[piece] }
      context.output(as: Element.self)[0] = Element(total / 2)
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: 2 * Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }

  public static let samples = unarySamples(L2Loss())
}

/// Half the sum of the squares of all elements.
///
/// - Parameter t: Floating-point numbers of any shape.
/// - Returns: A scalar of the type of `t`.
public func l2Loss(
  _ t: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  t.graph.append(L2Loss(), [t], name: name, origin: Origin(fileID: fileID, line: line)).output
}
