import CKernels
import GraphIR
import Tensors

/// Elements divided by a power of the sum of squares over channels near theirs.
public struct LRN: LocalResponseOperator {
  public static let name = "LRN"
  public static let summary =
    "Elements divided by a power of the sum of squares over channels near theirs."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("output", "T")], types: ["T": .floatingPoint])
  public static let function: GraphFunction? = .derived(
    from: LRN.self, named: "localResponseNormalization")

  public var response = LocalResponse()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try imagesShape(request)]
  }

  public static let gradient = GradientRule.rule { g in
    let gradient = LRNGrad(g.operation(as: LRN.self).response)
    return [g.graph.append(gradient, [g.outputGradient, g.x, g.output], origin: .unknown).output]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let loops: [DataType: staticgraph_local_response] = [
      .float32: staticgraph_local_response_float32, .float64: staticgraph_local_response_float64,
    ]
    let type = request.inputs[0].dataType
    guard let loop = loops[type] else { throw unsupported(type) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let work = LocalResponseWork(request, response)
    return Kernel(scratchByteCount: work.scratchByteCount) { context in
      work.forEachPiece(context) { rows, start, room in
        loop(
          work.response, rows, work.columns, context.inputs[0] + start, room,
          context.outputs[0] + start)
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    func sample(_ label: String, _ sizes: [Int], _ response: LocalResponse) -> Sample {
      Sample(label, LRN(response), [.sample(sizes)], differentiable: sizes.reduce(1, *) < 1000)
    }
    return [
      sample("neighbours on either side", [2, 2, 3, 7], .init(depthRadius: 2)),
      sample(
        "another power", [1, 2, 2, 6], .init(depthRadius: 1, bias: 2, alpha: 0.3, beta: 0.75)),
      sample("all channels", [1, 2, 2, 4], .init(beta: 1)),
      sample("no neighbours", [1, 1, 2, 3], .init(depthRadius: 0, alpha: 0.5)),
      sample("rows longer than a vector", [1, 1, 2, 37], .init(depthRadius: 5, bias: 0.5)),
      sample("no images", [0, 2, 2, 3], .init()),
      sample("many pixels", [3, 30, 31, 19], .init(depthRadius: 3)),
      Sample(
        failing: "a matrix", LRN(), [.sample([2, 3])],
        message: "input must have rank 4, but it is Float64[2, 3]"),
      Sample(
        failing: "a negative radius", LRN(.init(depthRadius: -1)), [.sample([1, 1, 1, 1])],
        message: "depthRadius must be from 0 to 2147483647, but it is -1"),
    ]
  }
}

/// Elements divided by a power of the sum of squares over channels near theirs:
/// x / (bias + alpha · Σ x²)^beta.
///
/// - Parameters:
///   - input: Images of floating-point numbers: batch, height, width, channels.
///   - depthRadius: How many channels on either side of an element's own count in its sum.
///   - bias: What is added to the sum of squares.
///   - alpha: The factor of the sum of squares.
///   - beta: The power that the sum is raised to.
/// - Returns: A value of the type and shape of `input`.
public func localResponseNormalization(
  _ input: Value, depthRadius: Int = 5, bias: Float = 1, alpha: Float = 1, beta: Float = 0.5,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let response = LocalResponse(depthRadius: depthRadius, bias: bias, alpha: alpha, beta: beta)
  return input.graph.append(
    LRN(response), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
