import GraphIR
import Tensors

/// A product of two matrices of `Float32`; with a bias where there is a third input, and an
/// activation.
package struct FusedProduct: CompositeOperator {
  package static let name = "_MatMul"
  package static let summary = "A product of two matrices, a bias and an activation."

  /// The product itself.
  package var product = MatMul()
  /// What each sum becomes in the end.
  package var activation = FusedActivation.none

  package init() {}

  /// A product.
  package init(_ product: MatMul) {
    self.product = product
  }

  package func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard (2...3).contains(request.inputs.count) else {
      throw ShapeError("a product cannot have \(request.inputs.count) inputs")
    }
    let shapes = try product.outputShapes(request)
    if request.inputs.count == 3, request.shape(2) != [shapes[0][1]] {
      throw ShapeError("bias is \(request.inputs[2]), but the result has the shape \(shapes[0])")
    }
    return shapes
  }

  package func kernel(_ request: KernelRequest) throws -> Kernel {
    try product.product(request).kernel(
      for: .float32,
      ProductCompletion(bias: request.inputs.count > 2 ? 2 : nil, activation: activation))
  }

  package func cost(_ request: KernelRequest) -> Cost {
    var cost = product.cost(request)
    cost.operations += Double(request.outputCount())
    return cost
  }
}
