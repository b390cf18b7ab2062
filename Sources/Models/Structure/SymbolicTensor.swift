import GraphIR
import Tensors

/// What layers can be applied to: an input of a model, or what another layer gives.
public protocol Symbolic: Sendable {
  /// What the layers get.
  var symbolicTensor: SymbolicTensor { get }
}

/// What a layer gives, before there is a model: a place in a functional description.
///
/// ```swift
/// let image = Input(shape: [28, 28, 1])
/// let features = Flatten()(image)
/// let scores = Dense(10)(Dense(100, activation: .relu)(features))
/// let model = try Model(inputs: image, outputs: scores)
/// ```
public final class SymbolicTensor: Symbolic, @unchecked Sendable {
  /// Where a tensor comes from.
  enum Source: Sendable {
    case input(Input)
    case layer(any Layer)
  }

  let source: Source
  /// What the layer is applied to; changed only when the last user of the tensor is gone.
  private(set) var inputs: [SymbolicTensor]
  /// Grows in the order in which tensors are made, so that inputs come before what uses them.
  let number: Int

  public var symbolicTensor: SymbolicTensor { self }

  init(layer: any Layer, inputs: [SymbolicTensor]) {
    source = .layer(layer)
    self.inputs = inputs
    number = LayerIdentity.nextNumber()
  }

  init(_ input: Input) {
    source = .input(input)
    inputs = []
    number = LayerIdentity.nextNumber()
  }

  deinit {
    // A long chain must not be released by as deep a recursion.
    var open = inputs
    inputs = []
    while var last = open.popLast() {
      guard isKnownUniquelyReferenced(&last) else { continue }
      open += last.inputs
      last.inputs = []
    }
  }
}

/// An input of a model.
///
/// In a `Sequential` it may stand first; without it, the sizes are those of the first data.
public struct Input: Symbolic {
  /// The sizes of one example, without the batch; `nil` for a size that stays open.
  public let shape: Shape
  /// The type of the numbers; without it, that which the first layer asks for.
  public let dataType: DataType?
  let identity: LayerIdentity

  static let typeName = "InputLayer"

  /// An input of examples of that shape.
  ///
  /// - Parameters:
  ///   - shape: The sizes of one example, without the batch.
  ///   - type: The type of the numbers; usually `Float32`.
  ///   - name: The name of the placeholder; `input_layer` without it.
  public init(
    shape: Shape, type: DataType? = nil, name: String? = nil, fileID: String = #fileID,
    line: Int = #line
  ) {
    self.shape = shape
    dataType = type
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
  }

  public var symbolicTensor: SymbolicTensor { SymbolicTensor(self) }
}
