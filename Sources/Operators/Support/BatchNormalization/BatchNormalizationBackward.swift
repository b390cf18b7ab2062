import GraphIR
import Tensors

/// What flows back through normalised images, into them, the scales and the offsets.
public protocol BatchNormalizationBackward: BatchNormalizing {}

extension BatchNormalizationBackward {
  public static var attributes: [Attribute<Self>] { [epsilonAttribute] + formatAttributes }
  public static var function: GraphFunction? { nil }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let (images, channels) = try normalizedShapes(request, images: [0, 1], channels: [2, 3, 4])
    return [images, channels, channels, [0], [0]]
  }

  // With c = x − m, r = (v + ε)^(−1/2), means over a channel ⟨…⟩ and N of its elements
  //   ∂x = s·r·(∂y − ⟨∂y⟩ − c·r²·⟨∂y·c⟩), ∂scale = r·Σ ∂y·c, ∂offset = Σ ∂y;
  // where the moments are given, ∂x = s·r·∂y. Moments are inputs like others.
  public static var gradient: GradientRule {
    .rule { g in
      let operation = g.operation(as: Self.self)
      let terms = BackwardTerms(g, operation.normalization)
      let result =
        operation.normalization.isTraining
        ? terms.ofBatch { again in
          g.graph.append(
            operation, [again] + g.inputs.dropFirst(), origin: .unknown
          ).output(0)
        } : terms.ofGivenMoments()
      return result + Array(repeating: nil, count: g.inputs.count - 5)
    }
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try batchNormalizationGradientKernel(request, normalization)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: 8 * Double(request.inputCount(1)), bytesMoved: Cost.moving(request))
  }

  /// What all versions are tried with.
  @_optimize(none)
  public static var samples: [Sample] {
    let reserved = signature.inputs.count > 5 ? [Tensor.sample([], seed: 6)] : []
    func sample(
      _ label: String, _ sizes: [Int], _ normalization: BatchNormalization,
      differentiable: Bool = true
    ) -> Sample {
      let count = sizes[normalization.dataFormat.channelAxis(rank: 4)]
      return Sample(
        label, Self(normalization),
        [
          .sample(sizes), .sample(sizes, seed: 2), .sample([count], seed: 3),
          .sample([count], seed: 4), .sample([count], in: 0.5...2, seed: 5),
        ] + reserved, differentiable: differentiable)
    }
    return [
      sample("a batch", [2, 3, 2, 3], .init(epsilon: 0.1)),
      sample("a batch, channels second", [2, 3, 2, 2], .init(dataFormat: .nchw)),
      sample("given moments", [2, 2, 3, 4], .init(isTraining: false)),
      sample(
        "given moments, channels second", [2, 3, 2, 2],
        .init(dataFormat: .nchw, isTraining: false)),
      sample("one channel", [2, 2, 2, 1], .init()),
      sample("no images", [0, 2, 2, 3], .init(), differentiable: false),
      sample("many pixels", [7, 40, 41, 9], .init(), differentiable: false),
      sample("many planes", [7, 9, 40, 41], .init(dataFormat: .nchw), differentiable: false),
      Sample(
        failing: "other images", Self(),
        [.sample([1, 2, 2, 3]), .sample([1, 2, 3, 3])]
          + (3...5).map { .sample([3], in: 1...2, seed: $0) } + reserved,
        message: "y_backprop is Float64[1, 2, 2, 3], but x is Float64[1, 2, 3, 3]"),
      Sample(
        failing: "another number of channels", Self(),
        [.sample([1, 2, 2, 3]), .sample([1, 2, 2, 3])]
          + (3...5).map { .sample([2], in: 1...2, seed: $0) } + reserved,
        message: "scale is Float64[2], but there are 3 channels"),
    ]
  }
}

/// The parts of the gradient of what flows back through normalised images.
private struct BackwardTerms {
  private let math: ChannelMath
  private let normalization: BatchNormalization
  /// ∂y, and what flows into ∂x, ∂scale and ∂offset.
  private let (flow, intoX, intoScale, intoOffset): (Value, Value?, Value?, Value?)
  private let scale: Value
  /// c and r, with r of a shape that broadcasts in `wide`.
  private let centered: Value
  private let inverse: Value
  private let graph: Graph

  init(_ g: GradientContext, _ normalization: BatchNormalization) {
    math = ChannelMath(g.y, g.inputs[2], normalization.dataFormat)
    self.normalization = normalization
    (flow, scale, graph) = (g.x, g.inputs[2], g.graph)
    (intoX, intoScale, intoOffset) = (
      g.outputGradients[0], g.outputGradients[1], g.outputGradients[2]
    )
    centered = g.y - math.spread(g.inputs[3])
    inverse = rsqrt(g.inputs[4] + Double(normalization.epsilon))
  }

  private func total(_ parts: [Value]) -> Value? {
    parts.count < 2 ? parts.first : addN(parts)
  }

  /// The parts of the flow into ∂y that come by way of ∂scale and ∂offset.
  private var throughChannels: [Value] {
    [
      intoScale.map { math.spread($0 * inverse) * centered },
      intoOffset.map { math.image($0) },
    ].compactMap(\.self)
  }

  /// Where mean and variance are given.
  func ofGivenMoments() -> [Value?] {
    let factor = math.spread(scale * inverse)
    let ofFlow = total((intoX.map { [$0 * factor] } ?? []) + throughChannels)
    let ofX = intoScale.map { math.spread($0 * inverse) * flow }
    let ofScale = intoX.map { inverse * math.total($0 * flow) }
    // ∂r/∂v = −r³ / 2.
    let ofInverse = total(
      [
        intoX.map { scale * math.total($0 * flow) },
        intoScale.map { $0 * math.total(flow * centered) },
      ].compactMap(\.self))
    return [
      ofFlow, ofX, ofScale, ofX.map { -math.total($0) },
      ofInverse.map { -0.5 * $0 * (inverse * square(inverse)) },
    ]
  }

  /// Where mean and variance are those of the batch: inputs all the same.
  ///
  /// - Parameter back: Gives ∂x for another flow; that map is its own transpose.
  func ofBatch(_ back: (Value) -> Value) -> [Value?] {
    let ofFlow = total((intoX.map { [back($0)] } ?? []) + throughChannels)
    let cube = inverse * square(inverse)
    let flowMean = math.mean(flow * centered)
    var (ofCentered, ofInverse): ([Value], [Value]) = ([], [])
    var ofScale: Value?
    if let intoX {
      let intoMean = math.mean(intoX * centered)
      let factor = -(scale * cube)
      ofCentered.append(
        math.spread(factor * flowMean) * intoX + math.spread(factor * intoMean) * flow)
      let straight =
        math.total(intoX * flow) - math.count * (math.mean(intoX) * math.mean(flow))
      let curved = math.count * (square(inverse) * (intoMean * flowMean))
      ofScale = inverse * (straight - curved)
      ofInverse.append(scale * (straight - 3.0 * curved))
    }
    if let intoScale {
      ofCentered.append(math.spread(intoScale * inverse) * flow)
      ofInverse.append(intoScale * (math.count * flowMean))
    }
    let ofX = total(ofCentered)
    return [
      ofFlow, ofX, ofScale, ofX.map { -math.total($0) },
      total(ofInverse).map { -0.5 * $0 * cube },
    ]
  }
}
