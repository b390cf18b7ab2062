/// What a kernel does element by element, so that several kernels can run together tile by tile.
///
/// The loops are those of the kernel itself: whoever runs them over parts of the memory gets the
/// same bits.
public struct ElementwiseRole: Sendable {
  /// A loop over elements: how many, the input, the result.
  ///
  /// The result may be the input.
  public typealias UnaryLoop =
    @convention(c) (Int, UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Void
  /// A loop over pairs of elements, each input a vector or one element for all, as the flag after
  /// it says.
  ///
  /// The result may be either vector.
  public typealias BinaryLoop =
    @convention(c) (
      Int, UnsafeRawPointer?, Bool, UnsafeRawPointer?, Bool, UnsafeMutableRawPointer?
    ) -> Void
  /// A loop over a vector and two bounds, each a vector or one element for all.
  public typealias BoundingLoop =
    @convention(c) (
      Int, UnsafeRawPointer?, UnsafeRawPointer?, Bool, UnsafeRawPointer?, Bool,
      UnsafeMutableRawPointer?
    ) -> Void

  /// What becomes of the elements.
  public enum Form: Sendable {
    /// A function of one input.
    case unary(UnaryLoop)
    /// A function of two inputs.
    case binary(BinaryLoop)
    /// A function of two, applied to the inputs from the first to the last.
    case accumulation(BinaryLoop)
    /// The second or the third input, as the first says.
    case selection
    /// The first input between the second and the third.
    case bounding(BoundingLoop)
    /// The first input itself, repeated.
    case repetition
    /// What the first input is folded into over some axes.
    case fold(any FoldRole, axes: [Int])
  }

  /// What becomes of the elements.
  public let form: Form
  /// The sizes of the inputs that hold elements, as they broadcast; other inputs follow.
  public let inputSizes: [[Int]]

  /// A role of that form.
  public init(_ form: Form, inputSizes: [[Int]]) {
    self.form = form
    self.inputSizes = inputSizes
  }

  /// The inputs whose memory the result may take over, where they are as large as it is.
  var replaceableInputs: [Int] {
    switch form {
    case .unary, .bounding: [0]
    case .binary: [0, 1]
    case .accumulation: Array(inputSizes.indices)
    case .selection: [1, 2]
    case .repetition, .fold: []
    }
  }

  /// Whether the result is folded from the elements, and not as large as they are.
  public var isFold: Bool {
    if case .fold = form { return true }
    return false
  }
}

/// How elements are folded into one; what is behind it is known to the operators alone.
public protocol FoldRole: Sendable {}
