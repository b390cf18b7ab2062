import GraphIR
import Tensors

/// An operator that combines truth values elementwise.
public protocol LogicalOperator: Operator {}

extension LogicalOperator {
  /// Each result depends on one element of each input.
  public static var traits: OperatorTraits { .elementwise }

  /// None.
  public static var gradient: GradientRule {
    .none(because: "a truth value does not change smoothly")
  }

  /// The inputs and the output of an operator with two inputs.
  static var binarySignature: Signature {
    Signature(
      inputs: [.init("x", .fixed(.bool)), .init("y", .fixed(.bool))],
      outputs: [.init("z", .fixed(.bool))])
  }
}

/// What every operator with two truth values is tried with.
@_optimize(none)
func logicalSamples(_ operation: some LogicalOperator) -> [Sample] {
  let table = Tensor([true, true, false, false])
  func sample(_ label: String, _ x: Tensor, _ y: Tensor) -> Sample {
    Sample(label, operation, [x, y], differentiable: false)
  }
  return [
    sample("every pair", table, Tensor([true, false, true, false])),
    sample("a matrix and a row", try! table.reshaped(to: [2, 2]), Tensor([true, false])),
    sample("a column against a row", try! table.reshaped(to: [4, 1]), table),
    sample("scalars", Tensor(true), Tensor(false)),
    sample("nothing", Tensor([Bool]()), Tensor(true)),
    Sample(
      failing: "shapes that do not broadcast", operation, [table, Tensor([true, false])],
      message: "the shapes do not broadcast: x is Bool[4], y is Bool[2]"),
    Sample(
      failing: "numbers", operation, [table, .sample([4])],
      message: "y must be Bool, but it is Float64[4]"),
  ]
}
