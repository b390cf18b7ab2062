import GraphIR
import Operators
import Tensors

/// Several elementwise operators, and folds of their results, that run as one kernel.
///
/// Made by a pass; it stands in plans alone.
struct FusedElementwise: Operator {
  static let name = "FusedElementwise"
  static let summary = "Several elementwise operators that run together, tile by tile."
  static let signature = Signature(
    inputs: [.init("inputs", .list("T"))], outputs: [.init("outputs", .list("U"))])
  static let traits: OperatorTraits = .planned
  static let function: GraphFunction? = nil
  static let gradient = GradientRule.none(because: "gradients are built before plans are made")
  static let samples: [Sample] = []

  private let program: ElementwiseProgram?
  /// The operators that run together, as reports name them.
  let wireName: String

  init() {
    program = nil
    wireName = Self.name
  }

  init(_ program: ElementwiseProgram, of operatorNames: [String]) {
    self.program = program
    wireName = operatorNames.joined(separator: "+")
  }

  func outputShapes(_ request: ShapeRequest) -> [Shape] {
    program?.outputTypes.map(\.shape) ?? []
  }

  func kernel(_ request: KernelRequest) throws -> Kernel {
    guard let program else { throw GraphError("\(Self.name) has no operators to run") }
    return program.kernel()
  }

  /// One operation for each loop over the elements; what lies between loops moves no bytes.
  func cost(_ request: KernelRequest) -> Cost {
    let elements = program?.sizes.reduce(1.0) { $0 * Double($1) } ?? 0
    return Cost(
      operations: elements * Double(program?.loopCount ?? 0), bytesMoved: Cost.moving(request))
  }

  static func == (left: Self, right: Self) -> Bool { left.program === right.program }

  func hash(into hasher: inout Hasher) {
    if let program { hasher.combine(ObjectIdentifier(program)) }
  }
}
