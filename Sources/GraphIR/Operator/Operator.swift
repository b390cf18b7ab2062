import Tensors

/// Something that nodes compute, defined whole in one file.
///
/// A conforming structure's stored properties are the operator's attributes. Everything that the
/// engine, the files, the language, the tests and the reference need of it stands in its
/// requirements, and one line in the list of operators makes it known.
public protocol Operator: Hashable, Sendable {
  /// TensorFlow's name, as it stands in the file.
  static var name: String { get }
  /// One sentence for the reference.
  static var summary: String { get }
  /// Names and types of inputs and outputs.
  static var signature: Signature { get }
  /// The attributes that a file stores, beyond the types and counts that the inputs tell.
  static var attributes: [Attribute<Self>] { get }
  /// What passes and plans may assume.
  static var traits: OperatorTraits { get }
  /// The inputs whose values, not just their shapes, the shape rule needs; a negative position
  /// counts from the end of the inputs, as behind a list.
  static var shapeInputs: [Int] { get }
  /// The inputs that are variables and that the operator changes; its first output, where it has
  /// one, is the first of these variables.
  static var updatedInputs: [Int] { get }
  /// How a `.graph` file calls the operator; `nil` for one that only files of others contain.
  static var function: GraphFunction? { get }
  /// How the gradient is built, or why there is none.
  static var gradient: GradientRule { get }
  /// Inputs to try the operator with, right ones and wrong ones; the tests are made from these.
  ///
  /// Long lists carry `@_optimize(none)`: optimised, they would take a third of a release build.
  static var samples: [Sample] { get }

  /// The operator with its default attributes.
  init()

  /// The shape rule.
  ///
  /// - Throws: `ShapeError` when inputs of these shapes cannot be.
  /// - Returns: A shape for each output, unknown where it follows from what is not known yet.
  func outputShapes(_ request: ShapeRequest) throws -> [Shape]

  /// What runs for inputs and outputs of known types and sizes.
  ///
  /// - Throws: `GraphError` when there is none for these types.
  func kernel(_ request: KernelRequest) throws -> Kernel

  /// Whether the only output has the very bytes of the first input, so that no kernel need run.
  ///
  /// By default, what the trait `view` says; an operator that is a view for some sizes only, as a
  /// sum over axes of size 1, says so here.
  func viewsInput(_ request: KernelRequest) -> Bool

  /// Computes the outputs of an operator with the trait `sizesDependOnValues`, each of whatever
  /// size the values ask for; no other operator is asked.
  ///
  /// - Throws: `KernelError` for values that cannot be computed with.
  func evaluate(_ inputs: [Tensor]) throws -> [Tensor]

  /// The same for an operator whose outputs may be far larger than its inputs, so that it must
  /// look at the limits before it takes memory; no other need implement it.
  func evaluate(_ inputs: [Tensor], limits: GraphLimits) throws -> [Tensor]

  /// The work that a run takes.
  func cost(_ request: KernelRequest) -> Cost

  /// The value of every run, for a constant.
  var constantValue: Tensor? { get }

  /// The wire name of this very operation; differs from `name` for an unknown operator only.
  var wireName: String { get }
}

extension Operator {
  public static var attributes: [Attribute<Self>] { [] }
  public static var traits: OperatorTraits { [] }
  public static var shapeInputs: [Int] { [] }
  public static var updatedInputs: [Int] { [] }

  /// The positions of the `shapeInputs` among so many inputs.
  public static func shapeInputs(of inputCount: Int) -> [Int] {
    shapeInputs.map { $0 < 0 ? $0 + inputCount : $0 }.filter { (0..<inputCount).contains($0) }
  }

  public static var function: GraphFunction? { .derived(from: Self.self) }
  public var constantValue: Tensor? { nil }
  public var wireName: String { Self.name }

  public func evaluate(_ inputs: [Tensor]) throws -> [Tensor] {
    throw KernelError("\(Self.name) runs as a kernel")
  }

  public func evaluate(_ inputs: [Tensor], limits: GraphLimits) throws -> [Tensor] {
    try evaluate(inputs)
  }

  public func viewsInput(_ request: KernelRequest) -> Bool { Self.traits.contains(.view) }

  public func cost(_ request: KernelRequest) -> Cost { .elementwise(request) }
}

/// What passes and plans may assume of an operator.
public struct OperatorTraits: OptionSet, Sendable {
  /// The bits of the set.
  public let rawValue: Int

  /// A set of those bits.
  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// The only output holds the very bytes of the first input, so that no kernel runs.
  public static let view = OperatorTraits(rawValue: 1 << 0)
  /// The output is the shape of the only input; stands beside `dependsOnSizesOnly`.
  public static let givesShapeOfInput = OperatorTraits(rawValue: 1 << 1)
  /// The outputs depend on type and sizes of the inputs, not on their elements, so that they are
  /// known when a plan is made.
  public static let dependsOnSizesOnly = OperatorTraits(rawValue: 1 << 5)
  /// The result differs from run to run or the run changes something: never folded or merged.
  public static let hasEffect = OperatorTraits(rawValue: 1 << 2)
  /// The value is fed by whoever runs the graph.
  public static let fed = OperatorTraits(rawValue: 1 << 3)
  /// The sizes of the outputs depend on the elements of the inputs, so that `evaluate` makes them
  /// between two segments of a run, and no kernel does.
  public static let sizesDependOnValues = OperatorTraits(rawValue: 1 << 6)
  /// The only output is a variable, whose value a session keeps from one run to the next; the
  /// operator is a `VariableOperator`.
  public static let variable = OperatorTraits(rawValue: 1 << 7)
  /// Some inputs are variables, as the signature says.
  public static let usesVariables = OperatorTraits(rawValue: 1 << 10)
  /// The whole variable that is the first input becomes the second input, whatever it was before.
  public static let assigns = OperatorTraits(rawValue: 1 << 8)
  /// The elements of the inputs are not read: variables among these need no value.
  public static let readsNoElements = OperatorTraits(rawValue: 1 << 9)
  /// The output is an elementwise function of inputs that broadcast, or, for some sizes, of inputs
  /// as large as the output; the kernel's role says which.
  public static let elementwise = OperatorTraits(rawValue: 1 << 4)
  /// The output is what the elements of the first input are folded into; the kernel's role says
  /// how.
  public static let folds = OperatorTraits(rawValue: 1 << 11)
  /// Made by a pass, for a plan: no file, reference or signature knows it.
  public static let planned = OperatorTraits(rawValue: 1 << 12)
}
