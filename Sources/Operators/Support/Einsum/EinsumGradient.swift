import GraphIR
import Tensors

extension EinsumEquation {
  /// What flows back to one input of an Einstein sum.
  ///
  /// The sum of what flows back and the other input over all labels that this input has not. Axes
  /// of this input that were summed over alone are repeated; those at the ellipsis that were
  /// repeated are summed; and a diagonal is put back on the diagonal.
  func gradient(_ g: GradientContext, ofInput number: Int) -> Value {
    let (own, x) = (inputs[number], g.inputs[number])
    let others = inputs.indices.filter { $0 != number }
    let available = output.letters + others.flatMap { inputs[$0].letters }
    let kept = own.distinctLetters.filter(available.contains)
    let missing = own.distinctLetters.filter { !available.contains($0) }
    let ellipsis = [EinsumTerm.ellipsis]
    let core = EinsumTerm((output.hasEllipsis ? ellipsis : []) + kept)
    let ownCore = EinsumTerm((output.hasEllipsis && own.hasEllipsis ? ellipsis : []) + kept)
    let whole = EinsumTerm(missing + ownCore.labels)

    var d = EinsumEquation([output] + others.map { inputs[$0] }, core)
      .appended([g.outputGradient] + others.map { g.inputs[$0] })
    // The sums that stand for shapes are never computed: only their shapes are asked for.
    if output.hasEllipsis {
      d = g.reduced(d, toShapeOf: EinsumEquation([own], ownCore).appended([x]))
    }
    if !missing.isEmpty {
      d = broadcast(d, to: shapeTensor(EinsumEquation([own], whole).appended([x])))
    }
    return EinsumEquation([whole], own).appended([d])
  }

  /// Appends the sum, unless it changes nothing.
  func appended(_ values: [Value]) -> Value {
    if values.count == 1, inputs[0] == output { return values[0] }
    return values[0].graph.append(Einsum(text), values, origin: .unknown).output
  }
}
