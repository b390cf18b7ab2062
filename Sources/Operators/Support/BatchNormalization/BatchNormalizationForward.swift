import GraphIR
import Tensors

/// Normalises each channel of images, and gives the moments of the batch.
///
/// TensorFlow's first version of the operator, and those after it, share what stands here.
public protocol BatchNormalizationForward: BatchNormalizing {
  /// Appends the gradient for `y_backprop`, `x`, `scale`, and the moments that were used.
  ///
  /// - Parameter reserved: What the operator reserved besides the moments.
  static func appendGradient(
    _ normalization: BatchNormalization, _ inputs: [Value], reserved: [Value]
  ) -> GraphNode
}

extension BatchNormalizationForward {
  public static var attributes: [Attribute<Self>] {
    [epsilonAttribute, averageFactorAttribute] + formatAttributes
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    // The batch's own moments alone need no others to be averaged with.
    let needsMoments = !normalization.isTraining || normalization.averageFactor != 1
    for input in 3...4 {
      try request.require(rank: 1, of: input, named: Self.signature.inputs[input].displayName)
    }
    let (images, channels) = try normalizedShapes(
      request, images: [0], channels: needsMoments ? [1, 2, 3, 4] : [1, 2])
    let rest = Self.signature.outputs.count - 5
    return [images, channels, channels, channels, channels]
      + Array(repeating: .scalar, count: rest)
  }

  // y = (x − m)·scale·r + offset with r = (v + ε)^(−1/2). In training m and v are those of x, so
  // that more flows back into x from whatever depends on them.
  public static var gradient: GradientRule {
    .rule { g in
      let normalization = g.operation(as: Self.self).normalization
      let channels = ChannelMath(g.inputs[0], g.inputs[1], normalization.dataFormat)
      let (scale, flows) = (g.inputs[1], g.outputGradients)
      var result = [Value?](repeating: nil, count: 5)
      var moments = normalization.isTraining ? Array(g.outputs[3...4]) : Array(g.inputs[3...4])
      if let dy = flows[0] {
        // The gradient has no running average.
        var ofGradient = normalization
        ofGradient.averageFactor = BatchNormalization().averageFactor
        let node = appendGradient(
          ofGradient, [dy, g.x, scale] + moments, reserved: Array(g.outputs.dropFirst(5)))
        (result[0], result[1], result[2]) = (node.output(0), node.output(1), node.output(2))
        if !normalization.isTraining, g.isNeeded[3] || g.isNeeded[4] {
          let inverse = rsqrt(moments[1] + Double(normalization.epsilon))
          result[3] = -(node.output(2) * scale * inverse)
          result[4] = -0.5 * (node.output(1) * scale * square(inverse))
        }
      }
      guard normalization.isTraining else {
        for (number, output) in [(3, 1), (4, 2), (3, 3), (4, 4)] {
          result[number] = added(result[number], flows[output])
        }
        return result
      }
      let part = Double(normalization.averageFactor)
      if part != 1 {
        result[3] = flows[1].map { (1 - part) * $0 }
        result[4] = flows[2].map { (1 - part) * $0 }
      }
      // ∂m = Σ ∂x / N, ∂v = Σ 2 (x − m) ∂x / N; the batch's variance is N / (N − 1) as much.
      let ofMean = added(flows[1].map { part * $0 }, flows[3])
      let ofVariance = added(flows[2].map { part * channels.correction * $0 }, flows[4])
      if let ofMean {
        result[0] = added(result[0], channels.image(ofMean / channels.count))
      }
      if let ofVariance {
        moments[0] = channels.spread(moments[0])
        result[0] = added(
          result[0], (g.x - moments[0]) * channels.spread(2 * ofVariance / channels.count))
      }
      return result
    }
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try batchNormalizationKernel(request, normalization)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    let elements = Double(request.inputCount(0))
    return Cost(
      operations: (normalization.isTraining ? 7 : 3) * elements, bytesMoved: Cost.moving(request))
  }

  /// What all versions are tried with.
  @_optimize(none)
  public static var samples: [Sample] {
    func sample(
      _ label: String, _ sizes: [Int], _ normalization: BatchNormalization,
      differentiable: Bool = true
    ) -> Sample {
      let count = sizes[normalization.dataFormat.channelAxis(rank: 4)]
      let isAlone = normalization.isTraining && normalization.averageFactor == 1
      let moments = isAlone ? 0 : count
      return Sample(
        label, Self(normalization),
        [
          .sample(sizes), .sample([count], seed: 2), .sample([count], seed: 3),
          .sample([moments], seed: 4), .sample([moments], in: 0.5...2, seed: 5),
        ], differentiable: differentiable)
    }
    let vectors = (2...5).map { Tensor.sample([3], in: 1...2, seed: $0) }
    return [
      sample("a batch", [2, 3, 2, 3], .init(epsilon: 0.01)),
      sample("a batch, channels second", [2, 3, 2, 2], .init(epsilon: 0.01, dataFormat: .nchw)),
      sample("a running average", [3, 2, 2, 2], .init(epsilon: 0.1, averageFactor: 0.25)),
      sample(
        "a running average, channels second", [1, 2, 3, 2],
        .init(epsilon: 0.1, averageFactor: 0.75, dataFormat: .nchw)),
      sample("given moments", [2, 2, 3, 4], .init(isTraining: false)),
      sample(
        "given moments, channels second", [2, 3, 2, 2],
        .init(epsilon: 0.01, dataFormat: .nchw, isTraining: false)),
      sample("one channel", [2, 3, 3, 1], .init(epsilon: 0.01)),
      sample("one pixel", [1, 1, 1, 3], .init(epsilon: 1)),
      sample("no images", [0, 2, 2, 3], .init(), differentiable: false),
      sample("many pixels", [7, 40, 41, 9], .init(), differentiable: false),
      sample(
        "many pixels, given moments", [3, 90, 41, 5], .init(isTraining: false),
        differentiable: false),
      sample("many planes", [7, 9, 40, 41], .init(dataFormat: .nchw), differentiable: false),
      Sample(
        failing: "another number of channels", Self(.init(isTraining: false)),
        [.sample([1, 2, 2, 3]), vectors[0], .sample([2]), vectors[1], vectors[2]],
        message: "offset is Float64[2], but there are 3 channels"),
      Sample(
        failing: "no moments to average with", Self(.init(averageFactor: 0.5)),
        [.sample([1, 2, 2, 3]), vectors[0], vectors[1], .sample([0]), .sample([0])],
        message: "mean is Float64[0], but there are 3 channels"),
      Sample(
        failing: "a matrix", Self(), [.sample([2, 3])] + vectors,
        message: "x must have rank 4, but it is Float64[2, 3]"),
    ]
  }
}

/// The sum of what there is.
private func added(_ x: Value?, _ y: Value?) -> Value? {
  guard let x, let y else { return x ?? y }
  return x + y
}
