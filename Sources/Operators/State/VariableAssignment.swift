import CKernels
import GraphIR
import Tensors

/// How a variable changes by a value of its shape.
enum VariableChange {
  case assignment, addition, subtraction
}

/// An operator that changes a variable by a value of the same shape.
///
/// What the two wire forms of assignment, addition and subtraction share stands here.
protocol VariableAssignment: Operator {
  static var change: VariableChange { get }
  /// Whether the value must have the shape that the variable has or is stated to have.
  var requiresShape: Bool { get }
}

extension VariableAssignment {
  var requiresShape: Bool { true }

  public static var updatedInputs: [Int] { [0] }

  public static var traits: OperatorTraits {
    change == .assignment
      ? [.usesVariables, .hasEffect, .assigns] : [.usesVariables, .hasEffect]
  }

  public static var gradient: GradientRule {
    .none(because: "what a run does to a variable has no derivative")
  }

  /// The shape that the variable has afterwards.
  func changedShape(_ request: ShapeRequest) throws -> Shape {
    let (variable, value) = (request.shape(0), request.shape(1))
    if !requiresShape { return value }
    guard let merged = variable.merged(with: value) else {
      throw ShapeError(
        "the variable is \(request.inputs[0]), but the value is \(request.inputs[1])")
    }
    return merged
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    let count = request.inputCount(1)
    let size = type.byteCount
    let pieces = pieceCount(count)
    if Self.change == .assignment {
      guard type != .string else { throw unsupported(type) }
      return Kernel { context in
        let (variable, value) = (context.inputs[0], context.inputs[1])
        context.parallelFor(pieces: pieces) { piece in
          let start = piece * elementsPerPiece
          (variable + start * size).copyMemory(
            from: value + start * size, byteCount: min(elementsPerPiece, count - start) * size)
        }
        VariableMemory.setHasValue(variable, true)
      }
    }
    guard let loop = (Self.change == .addition ? AddV2.loops : Sub.loops)[type] else {
      throw unsupported(type)
    }
    return Kernel { context in
      let (variable, value) = (context.inputs[0], context.inputs[1])
      context.parallelFor(pieces: pieces) { piece in
        let start = piece * elementsPerPiece
        let here = variable + start * size
        loop(
          min(elementsPerPiece, count - start), here, false, value + start * size, false, here)
      }
    }
  }

  @_optimize(none)
  static func assignmentSamples(_ operation: Self) -> [Sample] {
    [
      Sample("a matrix", operation, [.sample([2, 3]), .sample([2, 3], seed: 2)]),
      Sample("a scalar", operation, [.sample([]), .sample([], seed: 2)]),
      Sample("nothing", operation, [.sample([0, 2]), .sample([0, 2])]),
      Sample(
        "many elements", operation, [.sample([70_001]), .sample([70_001], seed: 2)],
        everyType: false),
      Sample(
        failing: "another shape", operation, [.sample([2, 3]), .sample([3])],
        message: "the variable is Float64[2, 3], but the value is Float64[3]"),
      Sample(
        failing: "another type", operation, [.sample([2]), Tensor([Int32(1), 2])],
        message: wrongTypeMessage),
    ]
  }

  private static var wrongTypeMessage: String {
    let labels = signature.inputs.map(\.displayName)
    return "\(labels[0]) is Float64[2], but \(labels[1]) is Int32[2];"
      + " both must have the same type of elements"
  }
}
