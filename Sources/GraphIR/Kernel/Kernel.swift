import Tensors

/// What a step of a plan runs: made once for known types and sizes, run any number of times.
public final class Kernel: Sendable {
  /// The bytes that the kernel wants to work in, besides its inputs and outputs.
  public let scratchByteCount: Int
  /// Reads the inputs and writes every element of the outputs.
  ///
  /// Throws `KernelError` for values that cannot be computed with, as a division of integers by
  /// zero. It may run on many threads at once, each with a context of its own, and neither
  /// allocates nor takes a lock.
  public let body: @Sendable (KernelContext) throws -> Void
  /// What the kernel does element by element, where it can run together with others.
  public let role: ElementwiseRole?
  /// For each output the inputs whose memory it may take over, where these have as many elements
  /// of the same size: each of their elements is read no later than the one of the output is
  /// written that stands in its place.
  ///
  /// An output beyond the list takes over none.
  public let replaceable: [[Int]]
  /// Where the kernel only copies inputs, whole and one behind the other, to its output: for each
  /// input the byte at which its copy begins, or −1 for one that is not copied; else empty.
  ///
  /// An input that lies there already is left alone.
  public let joinedAt: [Int]

  /// A kernel that runs `body`.
  ///
  /// - Parameter replaceable: By default, what follows from the role.
  public init(
    scratchByteCount: Int = 0, role: ElementwiseRole? = nil, replaceable: [[Int]]? = nil,
    joinedAt: [Int] = [], _ body: @escaping @Sendable (KernelContext) throws -> Void
  ) {
    self.scratchByteCount = scratchByteCount
    self.role = role
    self.replaceable = replaceable ?? role.map { [$0.replaceableInputs] } ?? []
    self.joinedAt = joinedAt
    self.body = body
  }
}

/// Why a kernel could not compute with the values that it was given.
public struct KernelError: Error, Sendable, CustomStringConvertible {
  /// A sentence that names the argument and its value.
  public var description: String

  /// A sentence that names the argument and its value.
  public init(_ description: String) {
    self.description = description
  }
}

/// The types and sizes that a kernel is made for; every shape is known.
public struct KernelRequest: Sendable {
  /// Type and shape of each input.
  public let inputs: [TensorType]
  /// Type and shape of each output.
  public let outputs: [TensorType]
  private let constants: [Int: Tensor]
  /// How far the node's sequence of random numbers has been taken; a sequence of the kernel's own
  /// without it.
  package var randomPosition: RandomPosition?

  /// Types and sizes to make a kernel for.
  ///
  /// - Parameters:
  ///   - inputs: Type and shape of each input.
  ///   - outputs: Type and shape of each output.
  ///   - constants: The value of each of the operator's `shapeInputs`, which are known whenever a
  ///     kernel is made, and of inputs of texts that are constants, which have no memory to read.
  /// - Precondition: Every shape is known and its element count is an `Int`.
  public init(inputs: [TensorType], outputs: [TensorType], constants: [Int: Tensor] = [:]) {
    precondition(
      inputs.allSatisfy { $0.shape.elementCount != nil }
        && outputs.allSatisfy { $0.shape.elementCount != nil })
    self.inputs = inputs
    self.outputs = outputs
    self.constants = constants
  }

  /// The value of one of the operator's `shapeInputs`, or of an input of texts that is a constant.
  public func value(_ input: Int) -> Tensor? { constants[input] }

  /// The integers of one of the operator's `shapeInputs`.
  public func integers(_ input: Int) -> [Int] { constants[input]?.integers ?? [] }

  /// The sizes of an input.
  public func inputSizes(_ input: Int) -> [Int] { inputs[input].shape.known! }

  /// The sizes of an output.
  public func outputSizes(_ output: Int = 0) -> [Int] { outputs[output].shape.known! }

  /// The number of elements of an input.
  public func inputCount(_ input: Int) -> Int { inputs[input].shape.elementCount! }

  /// The number of elements of an output.
  public func outputCount(_ output: Int = 0) -> Int { outputs[output].shape.elementCount! }
}

/// What a kernel is handed for one run.
public struct KernelContext {
  /// Where the inputs begin.
  ///
  /// Aligned to an element at least, to 64 bytes as a rule.
  public let inputs: UnsafePointer<UnsafeMutableRawPointer>
  /// Where the outputs begin.
  public let outputs: UnsafePointer<UnsafeMutableRawPointer>
  /// Room to work in, as large as the kernel asked for.
  public let scratch: UnsafeMutableRawPointer
  /// Who shares the work.
  private let workers: Unmanaged<Workers>

  /// A context of those tensors and that scratch, whose work `workers` share.
  ///
  /// `workers` must outlive the context.
  @inlinable
  public init(
    inputs: UnsafePointer<UnsafeMutableRawPointer>,
    outputs: UnsafePointer<UnsafeMutableRawPointer>,
    scratch: UnsafeMutableRawPointer, workers: Workers
  ) {
    self.init(
      inputs: inputs, outputs: outputs, scratch: scratch,
      unmanagedWorkers: Unmanaged.passUnretained(workers))
  }

  @usableFromInline
  init(
    inputs: UnsafePointer<UnsafeMutableRawPointer>,
    outputs: UnsafePointer<UnsafeMutableRawPointer>,
    scratch: UnsafeMutableRawPointer, unmanagedWorkers: Unmanaged<Workers>
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.scratch = scratch
    workers = unmanagedWorkers
  }

  /// The elements of an input.
  @inlinable
  public func input<Element>(_ number: Int, as type: Element.Type) -> UnsafePointer<Element> {
    UnsafePointer(inputs[number].assumingMemoryBound(to: type))
  }

  /// The elements of an output, for writing.
  @inlinable
  public func output<Element>(
    _ number: Int = 0, as type: Element.Type
  ) -> UnsafeMutablePointer<Element> {
    outputs[number].assumingMemoryBound(to: type)
  }

  /// Calls `body` for each piece of the work, on any thread and in any order.
  ///
  /// How work is cut into pieces must not depend on the number of workers, so that the bits of
  /// the result do not either.
  public func parallelFor(pieces: Int, _ body: (Int) -> Void) {
    workers._withUnsafeGuaranteedRef { $0.run(pieces: pieces, body) }
  }
}
