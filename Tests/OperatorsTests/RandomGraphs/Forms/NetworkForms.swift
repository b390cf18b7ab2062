import StaticGraph

extension OperatorForms {
  /// Operators of neural networks.
  static let networks: [String: OperatorForm] = [
    "Softmax": { step in step.apply([step.operand(ranks: 1...4)]) },
    "LogSoftmax": { step in step.apply([step.operand(ranks: 1...4)]) },
    "BiasAdd": { step in
      let isLast = step.random.happens(50)
      let x = step.operand(ranks: isLast ? 2...5 : 3...5)
      let bias = step.operand(1, sizes: [isLast ? x.sizes.last! : x.sizes[1]])
      return step.apply([x, bias], ["data_format": format(isLast)])
    },
    "BiasAddV1": { step in
      let x = step.operand(ranks: 2...5)
      return step.apply([x, step.operand(1, sizes: [x.sizes.last!])])
    },
    "BiasAddGrad": { step in
      let isLast = step.random.happens(50)
      return step.apply(
        [step.operand(ranks: isLast ? 2...5 : 3...5)], ["data_format": format(isLast)])
    },
    "SoftmaxCrossEntropyWithLogits": { step in
      let x = step.operand(ranks: 2...2)
      // TensorFlow leaves out how the second output depends on the labels.
      return step.apply([x, step.constant(step.numberType, x.sizes, in: 0...1)])
    },
    "SparseSoftmaxCrossEntropyWithLogits": { step in
      let x = step.operand(ranks: 2...2)
      guard x.sizes[1] > 0 else { return nil }
      return step.apply([x.value, step.indices(below: x.sizes[1], [x.sizes[0]])])
    },
    "ExtractImagePatches": { step in
      let x = step.operand(ranks: 4...4)
      let isSame = step.random.happens(50)
      let axes = [1, 2].map { axis in
        let (size, stride, rate) = (
          step.random.integer(1...3), step.random.integer(1...3), step.random.integer(1...2)
        )
        // A patch is no larger than the image, unless it may lie beyond the border.
        let most = max(1, (x.sizes[axis] - 1) / rate + 1)
        return (size: isSame ? size : min(size, most), stride: stride, rate: rate)
      }
      func list(_ of: (Int, Int)) -> AttributeValue {
        .integers([1, Int64(of.0), Int64(of.1), 1])
      }
      return step.apply(
        [x],
        [
          "ksizes": list((axes[0].size, axes[1].size)),
          "strides": list((axes[0].stride, axes[1].stride)),
          "rates": list((axes[0].rate, axes[1].rate)),
          "padding": .bytes(Array((isSame ? "SAME" : "VALID").utf8)),
        ])
    },
  ]

  private static func format(_ isLast: Bool) -> AttributeValue {
    .bytes(Array((isLast ? "NHWC" : "NCHW").utf8))
  }
}
