import GraphIR
import Tensors

/// A step of an optimiser: changes one or more variables of the same shape in one pass.
///
/// What the steps share stands here; each adds its names and its kernel.
protocol VariableUpdate: Operator {
  /// The inputs that are scalars.
  static var scalarInputs: [Int] { get }
  /// The input that is the gradient.
  static var gradientInput: Int { get }
  /// How many variables stand first.
  static var variableCount: Int { get }
  /// What samples of the variables behind the first are made of.
  static var sampleRanges: [ClosedRange<Double>] { get }
  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  var usesLocking: Bool { get set }
}

extension VariableUpdate {
  // Moments are not negative.
  static var sampleRanges: [ClosedRange<Double>] {
    Array(repeating: 0...1, count: variableCount - 1)
  }
  public static var updatedInputs: [Int] { Array(0..<variableCount) }
  public static var traits: OperatorTraits { [.usesVariables, .hasEffect] }
  public static var function: GraphFunction? { nil }

  public static var gradient: GradientRule {
    .none(because: "what a run does to a variable has no derivative")
  }

  static var lockingAttribute: Attribute<Self> {
    .init("use_locking", \.usesLocking, "Kept for TensorFlow.", isArgument: false)
  }

  /// The inputs by name, variables first, in one wire form.
  static func updateSignature(
    _ variables: [String], _ values: [String], _ form: Signature.VariableForm
  ) -> Signature {
    Signature(
      inputs: variables.map { .init($0, "T", variable: form) } + values.map { .init($0, "T") },
      outputs: form == .reference ? [.init("out", "T", variable: .reference)] : [],
      types: ["T": .floatingPoint])
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    var shape = request.shape(0)
    for input in Array(0..<Self.variableCount) + [Self.gradientInput] {
      guard let merged = shape.merged(with: request.shape(input)) else {
        let name = Self.signature.inputs[input].displayName
        throw ShapeError(
          "the variable is \(request.inputs[0]), but \(name) is \(request.inputs[input]);"
            + " both must have the same shape")
      }
      shape = merged
    }
    for input in Self.scalarInputs {
      try request.require(rank: 0, of: input, named: Self.signature.inputs[input].displayName)
    }
    return Self.signature.outputs.isEmpty ? [] : [shape]
  }

  /// Calls `body` for pieces of the variables, with where a piece begins, in bytes, and its
  /// number of elements.
  func updateKernel(
    _ request: KernelRequest, _ body: @escaping @Sendable (KernelContext, Int, Int) -> Void
  ) -> Kernel {
    let count = request.inputCount(0)
    let size = request.inputs[0].dataType.byteCount
    let pieces = pieceCount(count)
    return Kernel { context in
      context.parallelFor(pieces: pieces) { piece in
        let start = piece * elementsPerPiece
        body(context, start * size, min(elementsPerPiece, count - start))
      }
    }
  }

  @_optimize(none)
  static func updateSamples(_ operations: [(String, Self)], scalars: [Double]) -> [Sample] {
    var samples: [Sample] = []
    for (label, operation) in operations {
      for sizes in [[2, 3], [], [0, 2], [70_001]] {
        var numbers = scalars.makeIterator()
        let inputs = signature.inputs.indices.map { input -> Tensor in
          if scalarInputs.contains(input) { return Tensor(numbers.next()!) }
          let isMoment = (1..<variableCount).contains(input)
          return .sample(
            sizes, in: isMoment ? sampleRanges[input - 1] : -2...2, seed: UInt64(input + 1))
        }
        samples.append(
          Sample("\(label), sizes \(sizes)", operation, inputs, everyType: sizes != [70_001]))
      }
    }
    var wrong = scalars.makeIterator()
    let inputs = signature.inputs.indices.map { input -> Tensor in
      if scalarInputs.contains(input) { return Tensor(wrong.next()!) }
      return .sample(input == gradientInput ? [3] : [2])
    }
    let name = signature.inputs[gradientInput].displayName
    samples.append(
      Sample(
        failing: "a gradient of another shape", operations[0].1, inputs,
        message: "the variable is Float64[2], but \(name) is Float64[3];"
          + " both must have the same shape"))
    return samples
  }
}
