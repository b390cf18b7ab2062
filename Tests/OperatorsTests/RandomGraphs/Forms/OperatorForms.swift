import StaticGraph

/// A way to apply an operator to random inputs with random attributes; it gives none where the
/// values at hand do not suit.
///
/// Shape rules and runs reject what does not fit together, and the step is tried anew.
typealias OperatorForm = @Sendable (inout RandomStep) -> GraphNode?

/// The forms of all operators that have one.
enum OperatorForms {
  /// The form of an operator; none where its samples alone say how it is used.
  static func form(of operatorType: any Operator.Type) -> OperatorForm? {
    if let form = named[operatorType.name] { return form }
    switch operatorType {
    case is any Reduction.Type: return reduction
    case is any Scan.Type: return scan
    case is any Choice.Type: return choice
    case is any SortedSegments.Type: return sortedSegments
    case is any UnsortedSegments.Type: return unsortedSegments
    case is any TensorScatter.Type: return tensorScatter
    case is any StatelessRandom.Type: return statelessRandom
    case is any RandomSource.Type: return randomSource
    case is any UniqueOperator.Type: return unique
    case is any Stitching.Type: return stitching
    case is any PoolingOperator.Type: return pooling
    case is any BatchNormalizationForward.Type: return batchNormalization
    case is any BatchNormalizationBackward.Type: return batchNormalizationGradient
    case is any VariableDeclaration.Type: return variableDeclaration
    default: break
    }
    let inputs = operatorType.signature.inputs
    if inputs.first?.variable != nil {
      return operatorType.traits.contains(.readsNoElements) ? variableQuestion : onVariables
    }
    if inputs.contains(where: \.isList) { return nil }
    if inputs.count == 1 { return anyTensor }
    if operatorType.traits.contains(.elementwise) {
      return operatorType.name.hasSuffix("Grad") ? equalShapes : broadcasting
    }
    return nil
  }

  private static let named: [String: OperatorForm] =
    elementwise.merging(shapes) { $1 }.merging(slices) { $1 }.merging(indexing) { $1 }
    .merging(matrices) { $1 }.merging(networks) { $1 }.merging(images) { $1 }
    .merging(sources) { $1 }

  // MARK: - Families

  /// One tensor of any shape.
  private static let anyTensor: OperatorForm = { step in
    step.apply([step.operand(type: step.type(of: 0))])
  }

  /// Tensors that broadcast with one another.
  private static let broadcasting: OperatorForm = { step in
    let count = step.recipe.operatorType.signature.inputs.count
    let first = step.random.integer(0...count - 1)
    let base = step.operand(first, ranks: 0...4, type: step.type(of: first))
    return step.apply(
      (0..<count).map { position in
        position == first
          ? base
          : step.operand(position, broadcastingWith: base.sizes, type: step.type(of: position))
      })
  }

  /// Tensors of one shape.
  private static let equalShapes: OperatorForm = { step in
    let count = step.recipe.operatorType.signature.inputs.count
    let base = step.operand(0, type: step.type(of: 0))
    return step.apply(
      [base]
        + (1..<count).map { step.operand($0, sizes: base.sizes, type: step.type(of: $0)) })
  }

  /// A tensor, and the axes to fold.
  private static let reduction: OperatorForm = { step in
    let input = step.operand(type: step.type(of: 0))
    let axes = step.random.some(of: Array(0..<input.rank)).map {
      step.random.happens(40) ? $0 - input.rank : $0
    }
    let isScalar = axes.count == 1 && step.random.happens(40)
    var which = isScalar ? step.scalar(axes[0]) : step.vector(axes)
    if step.random.happens(12) { which = step.knownInRun(which) }
    return step.apply(
      [input.value, which],
      ["keep_dims": .flag(step.random.happens(50))])
  }

  /// A tensor, and the axis to run along.
  private static let scan: OperatorForm = { step in
    let input = step.operand(ranks: 1...5)
    return step.apply(
      [input.value, step.scalar(step.random.axis(input.rank))],
      ["exclusive": .flag(step.random.happens(50)), "reverse": .flag(step.random.happens(50))])
  }

  /// A tensor, and the axis to search.
  private static let choice: OperatorForm = { step in
    let input = step.operand(ranks: 1...5)
    return step.apply(
      [input.value, step.scalar(step.random.axis(input.rank))],
      ["output_type": .type(step.indexType())])
  }
}

extension RandomStep {
  /// A constant as a value that no shape follows from before it runs.
  func knownInRun(_ constant: Value) -> Value {
    graph.append(PlaceholderWithDefault(constant.shape), [constant], origin: .unknown).output
  }

  /// The type of an input.
  func type(of position: Int) -> DataType {
    if case .fixed(let type) = recipe.operatorType.signature.inputs[position].type { return type }
    return numberType
  }
}
