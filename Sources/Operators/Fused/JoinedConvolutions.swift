import CKernels
import GraphIR
import Tensors

/// Convolutions with biases whose results stand side by side, channels behind channels.
package struct JoinedConvolutions: CompositeOperator {
  package static let name = "_JoinedConvolutions"
  package static let summary = "Convolutions whose results stand side by side."

  /// The convolutions; each has three inputs: what is convolved, arranged filters, a bias.
  package var parts: [FusedConvolution] = []

  package init() {}

  /// Those convolutions, in order.
  package init(_ parts: [FusedConvolution]) {
    self.parts = parts
  }

  package func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard !parts.isEmpty, request.inputs.count == 3 * parts.count else {
      throw ShapeError("\(parts.count) convolutions cannot have \(request.inputs.count) inputs")
    }
    var result: [Int?] = []
    for (number, part) in parts.enumerated() {
      let inputs = Array(request.inputs[3 * number..<3 * number + 3])
      let shape = try part.outputShapes(ShapeRequest(inputs: inputs))[0].dimensions!
      guard result.isEmpty || result.dropLast() == shape.dropLast() else {
        throw ShapeError("results of \(Shape(dimensions: shape)) do not fit beside others")
      }
      result = Array(shape.dropLast()) + [(result.last ?? 0)! + shape[3]!]
    }
    return [Shape(dimensions: result)]
  }

  package func kernel(_ request: KernelRequest) throws -> Kernel {
    let stride = request.outputSizes()[3]
    var offset = 0
    var steps: [Step] = []
    for part in parts {
      var blocked = try part.convolution.blocked()
      blocked.resultStride = stride
      steps.append(
        Step(work: blocked.work(), activation: part.activation.code, offset: offset * 4))
      offset += blocked.filters
    }
    let bytes = steps.map(\.work.scratchByteCount).max() ?? 0
    let all = steps
    return Kernel(scratchByteCount: bytes) { context in
      for number in all.indices {
        let bias = context.input(3 * number + 2, as: Float.self)
        all[number].work.run(
          context.inputs[3 * number], context.inputs[3 * number + 1],
          staticgraph_completion(bias: bias, activation: all[number].activation),
          context.scratch, context.outputs[0] + all[number].offset, context)
      }
    }
  }

  /// One of the convolutions.
  private struct Step: Sendable {
    var work: BlockedConvolution.Work
    var activation: Int32
    /// The bytes before its channels.
    var offset: Int
  }

  package func cost(_ request: KernelRequest) -> Cost {
    var cost = Cost.elementwise(request)
    for part in parts { cost.operations += part.convolution.operations }
    return cost
  }
}
