import CKernels
import GraphIR
import Tensors

/// What flows back through the division by channels near each element.
public struct LRNGrad: LocalResponseOperator {
  public static let name = "LRNGrad"
  public static let summary = "What flows back through the division by channels near each element."
  public static let signature = Signature(
    inputs: [.init("input_grads", "T"), .init("input_image", "T"), .init("output_image", "T")],
    outputs: [.init("output", "T")], types: ["T": .floatingPoint])
  public static let function: GraphFunction? = nil

  public var response = LocalResponse()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try imagesShape(request)]
  }

  // With Σ over neighbours, which is its own transpose, and n = bias + α·Σ x²,
  //   ∂x = g·n^(−β) − 2αβ·x·Σ (g·y/n) for independent g, x and y. What flows into it, G, gives
  //   back to g: G·n^(−β) − 2αβ·y/n·Σ (G·x), to y: −2αβ·g/n·Σ (G·x), and to x:
  //   −2αβ·G·Σ (g·y/n), more 2α·x·Σ ∂n with ∂n = −β·G·g·n^(−β−1) + 2αβ·g·y/n²·Σ (G·x).
  public static let gradient = GradientRule.rule { g in
    let response = g.operation(as: LRNGrad.self).response
    let (flow, x, y, into) = (g.inputs[0], g.inputs[1], g.inputs[2], g.outputGradient)
    let (alpha, beta) = (Double(response.alpha), Double(response.beta))
    let sums = NeighbourSums(x, radius: response.depthRadius)
    let norm = Double(response.bias) + alpha * sums(square(x))
    let power = pow(norm, -beta)
    let crossed = 2 * alpha * beta * sums(into * x)
    let quotient = flow * y / norm
    let ofNorm = crossed * quotient / norm - beta * (into * flow * power / norm)
    let straight = 2 * alpha * beta * (into * sums(quotient))
    return [
      g.isNeeded[0] ? into * power - crossed * y / norm : nil,
      g.isNeeded[1] ? 2 * alpha * (x * sums(ofNorm)) - straight : nil,
      g.isNeeded[2] ? -(crossed * flow / norm) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let loops: [DataType: staticgraph_local_response_gradient] = [
      .float32: staticgraph_local_response_gradient_float32,
      .float64: staticgraph_local_response_gradient_float64,
    ]
    let type = request.inputs[0].dataType
    guard let loop = loops[type] else { throw unsupported(type) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let work = LocalResponseWork(request, response)
    return Kernel(scratchByteCount: work.scratchByteCount) { context in
      work.forEachPiece(context) { rows, start, room in
        loop(
          work.response, rows, work.columns, context.inputs[0] + start,
          context.inputs[1] + start, context.inputs[2] + start, room, context.outputs[0] + start)
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    func sample(_ label: String, _ sizes: [Int], _ response: LocalResponse) -> Sample {
      Sample(
        label, LRNGrad(response), (1...3).map { .sample(sizes, seed: $0) },
        differentiable: sizes.reduce(1, *) < 1000)
    }
    return [
      sample("neighbours on either side", [2, 2, 2, 7], .init(depthRadius: 2)),
      sample(
        "another power", [1, 2, 2, 6], .init(depthRadius: 1, bias: 2, alpha: 0.3, beta: 0.75)),
      sample("all channels", [1, 2, 2, 4], .init(beta: 1)),
      sample("no neighbours", [1, 1, 2, 3], .init(depthRadius: 0, alpha: 0.5)),
      sample("no images", [0, 2, 2, 3], .init()),
      sample("many pixels", [3, 30, 31, 19], .init(depthRadius: 3)),
      Sample(
        failing: "other images", LRNGrad(),
        [.sample([1, 2, 2, 3]), .sample([1, 2, 3, 3]), .sample([1, 2, 2, 3])],
        message: "input_image is Float64[1, 2, 3, 3], but input_grads is Float64[1, 2, 2, 3]"),
    ]
  }
}
