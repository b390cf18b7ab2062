import CKernels
import GraphIR
import Tensors

/// Its input, whose run fails where an element is NaN or infinite.
public struct CheckNumerics: Operator {
  public static let name = "CheckNumerics"
  public static let summary = "Its input, whose run fails where an element is NaN or infinite."
  public static let signature = Signature(
    inputs: [.init("tensor", "T")], outputs: [.init("output", "T")],
    types: ["T": .floatingPoint])
  public static let attributes: [Attribute<CheckNumerics>] = [
    .init("message", \.message, "What the error begins with.", isRequired: true)
  ]
  public static let traits: OperatorTraits = .hasEffect

  /// What the error begins with.
  public var message = ""

  public init() {}

  /// A check with that message.
  public init(_ message: String) {
    self.message = message
  }

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  // What flows back is checked, too.
  public static let gradient = GradientRule.rule { g in
    let message = g.operation(as: CheckNumerics.self).message
    return [checkNumerics(g.outputGradient, message: "gradient: \(message)")]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    let isFloat = type == .float32
    guard isFloat || type == .float64 else { throw unsupported(type) }
    let count = request.outputCount()
    let pieces = pieceCount(count)
    let size = type.byteCount
    let message = message.isEmpty ? "" : "\(message): "
    return Kernel(scratchByteCount: pieces) { context in
      let (x, result) = (context.inputs[0], context.outputs[0])
      let found = context.scratch.assumingMemoryBound(to: UInt8.self)
      context.parallelFor(pieces: pieces) { piece in
        let start = piece * elementsPerPiece
        let width = min(elementsPerPiece, count - start)
        let elements = x + start * size
        (result + start * size).copyMemory(from: elements, byteCount: width * size)
        found[piece] =
          isFloat
          ? staticgraph_special_float32(width, elements)
          : staticgraph_special_float64(width, elements)
      }
      var special: UInt8 = 0
      for piece in 0..<pieces { special |= found[piece] }
      guard special == 0 else {
        let kinds = ["NaN", "infinite numbers", "infinite numbers and NaN"]
        throw KernelError("\(message)the tensor holds \(kinds[Int(special) - 1])")
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", CheckNumerics("weights"), [.sample([3, 4])]),
      Sample("a scalar", CheckNumerics(""), [.sample([])]),
      Sample("nothing", CheckNumerics(""), [.sample([0, 2])]),
      Sample("many elements", CheckNumerics(""), [.sample([70_001])], differentiable: false),
      Sample(
        failing: "integers", CheckNumerics(""), [Tensor([Int32(1)])],
        message: "tensor must be \(TypeSet.floatingPoint), but it is Int32[1]"),
    ]
  }
}

/// Its input, whose run fails where an element is NaN or infinite.
///
/// What flows back through it in a derivative is checked likewise.
///
/// - Parameters:
///   - tensor: Floating-point numbers.
///   - message: What the error begins with.
/// - Returns: The same tensor.
public func checkNumerics(
  _ tensor: Value, message: String, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  tensor.graph.append(
    CheckNumerics(message), [tensor], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
