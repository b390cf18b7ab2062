import GraphIR
import Tensors

/// Several elementwise operators, and folds of their results, that run as one kernel.
///
/// Made by a pass; it stands in plans alone.
package struct FusedElementwise: PlannedOperator {
  package static let name = "FusedElementwise"
  package static let summary = "Several elementwise operators that run together, tile by tile."
  package static let signature = Signature(
    inputs: [.init("inputs", .list("T"))], outputs: [.init("outputs", .list("U"))])
  package static let traits: OperatorTraits = .planned

  /// What runs; `nil` where the operator was made without.
  package let program: ElementwiseProgram?
  /// The operators that run together, as reports name them.
  package let wireName: String

  package init() {
    program = nil
    wireName = Self.name
  }

  package init(_ program: ElementwiseProgram, of operatorNames: [String]) {
    self.program = program
    wireName = operatorNames.joined(separator: "+")
  }

  package func outputShapes(_ request: ShapeRequest) -> [Shape] {
    program?.outputTypes.map(\.shape) ?? []
  }

  package func kernel(_ request: KernelRequest) throws -> Kernel {
    guard let program else { throw GraphError("\(Self.name) has no operators to run") }
    return program.kernel()
  }

  /// One operation for each loop over the elements; what lies between loops moves no bytes.
  package func cost(_ request: KernelRequest) -> Cost {
    let elements = program?.sizes.reduce(1.0) { $0 * Double($1) } ?? 0
    return Cost(
      operations: elements * Double(program?.operationCount ?? 0), bytesMoved: Cost.moving(request))
  }

  package static func == (left: Self, right: Self) -> Bool { left.program === right.program }

  package func hash(into hasher: inout Hasher) {
    if let program { hasher.combine(ObjectIdentifier(program)) }
  }
}
