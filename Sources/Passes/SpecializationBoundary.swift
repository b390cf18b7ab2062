import GraphIR
import Tensors

/// The part of a graph that a request needs, with every size known and every constant computed.
public enum Specialization: Sendable {
  /// Every size follows from those of the feeds.
  case complete(Program)
  /// Sizes depend on values that must be computed first.
  case blocked(Boundary)

  /// Where a program must be cut, since what comes after depends on values.
  public struct Boundary: Sendable {
    /// The values that sizes depend on.
    public var sizes: [Endpoint]
    /// The nodes that are evaluated between the two parts, since their outputs are of a size that
    /// the values of their inputs decide on.
    ///
    /// Their inputs are among `crossing`, `sizes` and `known`.
    public var evaluated: [Int]
    /// What else the part after the cut takes from the part before it.
    public var crossing: [Endpoint]
    /// What the part after the cut needs and is known already, since it follows from constants
    /// and sizes.
    public var known: [Endpoint: Tensor]
    /// The nodes that the part before the cut runs for their effect.
    public var targets: [Int]
    /// The nodes that the part before the cut runs, and those that it has no need to run.
    public var completed: Set<Int>
  }
}
