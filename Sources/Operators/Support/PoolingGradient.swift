import GraphIR
import Tensors

/// An operator on images, their greatest elements, and what flows back or is chosen.
public protocol PoolingGradient: PoolingOperator {}

extension Signature {
  /// Images, what was folded of their windows, and what belongs to these or those.
  static func poolingGradient(_ allowed: TypeSet, takesSizes: Bool = false) -> Signature {
    let sizes: [Parameter] = [
      .init("ksize", .fixed(.int32)), .init("strides", .fixed(.int32)),
    ]
    return Signature(
      inputs: [.init("orig_input", "T"), .init("orig_output", "T"), .init("grad", "T")]
        + (takesSizes ? sizes : []),
      outputs: [.init("output", "T")], types: ["T": allowed])
  }
}

extension PoolingOperator {
  /// Appends the operator to the graph of those inputs.
  func applied(to inputs: Value...) -> Value {
    inputs[0].graph.append(self, inputs, origin: .unknown).output
  }
}

extension PoolingGradient {
  /// The shape of the images, to which what flows back into their windows is given.
  func imagesShape(_ request: ShapeRequest, sizes: Int? = nil) throws -> Shape {
    let pooled = try pooledShape(request, sizes)
    try requireWindows(request, 2, "grad", pooled)
    return request.shape(0).rank == nil ? .unknown(rank: 4) : request.shape(0)
  }

  /// The shape of the windows, for each of which an element of other images is chosen.
  func choiceShape(_ request: ShapeRequest, sizes: Int? = nil) throws -> Shape {
    let pooled = try pooledShape(request, sizes)
    guard request.shape(2).isCompatible(with: request.shape(0)) else {
      throw ShapeError("grad is \(request.inputs[2]), but orig_input is \(request.inputs[0])")
    }
    return pooled
  }

  private func pooledShape(_ request: ShapeRequest, _ sizes: Int?) throws -> Shape {
    let pooled = try foldedShape(request, named: "orig_input", sizes: sizes)
    try requireWindows(request, 1, "orig_output", pooled)
    return pooled
  }

  private func requireWindows(
    _ request: ShapeRequest, _ input: Int, _ name: String, _ pooled: Shape
  ) throws {
    guard pooled.isCompatible(with: request.shape(input)) else {
      throw ShapeError(
        "\(name) is \(request.inputs[input]), but there are windows of shape \(pooled)")
    }
  }
}

/// What operators on the greatest elements are tried with.
///
/// - Parameter other: The last input that is no size.
@_optimize(none)
func poolingGradientSamples<Op: PoolingGradient>(
  _ type: Op.Type, _ cases: [PoolingCase], takesSizes: Bool = false,
  _ other: (PoolingCase) -> Tensor
) -> [Sample] {
  func sample(_ pooling: PoolingCase, differentiable: Bool = true) -> Sample {
    let inputs = [pooling.images, pooling.pooled, other(pooling)]
    // Numbers that a byte does not hold would have other greatest ones among bytes.
    return Sample(
      pooling.label, Op(takesSizes ? pooling.windows.withoutSizes : pooling.windows),
      inputs + (takesSizes ? pooling.sizeInputs : []),
      everyType: pooling.images.elementCount <= 256, differentiable: differentiable)
  }
  let ties = PoolingCase(
    "equal elements", [1, 4, 4, 1], window: [3, 2], strides: [1, 1], .same)
  let equal = Tensor.sample(ties.sizes, in: 1...1)
  let tied = Sample(
    ties.label, Op(takesSizes ? ties.windows.withoutSizes : ties.windows),
    [equal, equal, other(ties)] + (takesSizes ? ties.sizeInputs : []), differentiable: false)
  return cases.map { sample($0) } + [tied]
    + (takesSizes ? [] : PoolingCase.large.map { sample($0, differentiable: false) })
}

extension PoolingCase {
  /// Sizes and steps of the windows as inputs.
  var sizeInputs: [Tensor] {
    [windows.sizes, windows.strides].map { list in Tensor(list.map { Int32($0) }) }
  }
}

extension PoolingWindows {
  /// The windows without sizes and steps, which inputs give.
  var withoutSizes: PoolingWindows { PoolingWindows(padding: padding, dataFormat: dataFormat) }
}
