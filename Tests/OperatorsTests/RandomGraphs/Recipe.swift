import StaticGraph

/// An operator that random graphs use, and how they use it.
struct Recipe: Sendable {
  let operatorType: any Operator.Type
  /// The samples that are small enough to stand in a graph as they are.
  let samples: [Sample]
  /// The types that its numbers may have; none where the samples alone say.
  let numberTypes: [DataType]
  /// Whether it has a gradient.
  let isDifferentiable: Bool
  /// For each input the range in which all samples lie, where they leave out much of −1...1.
  let ranges: [ClosedRange<Double>?]
  /// How inputs and attributes are chosen that no sample has.
  let form: OperatorForm?

  var name: String { operatorType.name }

  /// Every operator but those of which a graph has some anyway.
  static let all: [Recipe] = testedOperators.compactMap { operatorType in
    guard operatorType != Const.self, operatorType != Placeholder.self else { return nil }
    let isDifferentiable = if case .rule = operatorType.gradient { true } else { false }
    let right = operatorType.samples.filter { sample in
      guard case .result = sample.expectation else { return false }
      return (sample.isDifferentiable || !isDifferentiable)
        && sample.inputs.allSatisfy {
          $0.elementCount <= 1000 && $0.dataType != .string && $0.isFinite
        }
    }
    let samples = right.filter { $0.inputs.allSatisfy { $0.elementCount <= 100 } }
    let form = OperatorForms.form(of: operatorType)
    guard form != nil || !samples.isEmpty else { return nil }
    return Recipe(
      operatorType: operatorType, samples: samples, numberTypes: numberTypes(operatorType),
      isDifferentiable: isDifferentiable, ranges: ranges(right), form: form)
  }

  /// Whether its inputs count as constants for gradients, since TensorFlow asks for a gradient of
  /// it and has none.
  var isStopped: Bool { Self.withoutGradient.contains(name) }

  private static let withoutGradient: Set<String> = [
    "Bincount", "ListDiff", "Mod", "PreventGradient", "ResizeBilinearGrad", "Snapshot",
    "TruncateMod", "Unique", "UniqueWithCounts",
  ]

  /// The type of the numbers of a step, in a graph of that type with values of those types; none
  /// where the operator takes none that the graph could have.
  func numberType(
    in graphType: DataType, _ present: [DataType], using random: inout RandomNumbers
  ) -> DataType? {
    if numberTypes.contains(graphType), random.happens(85) { return graphType }
    let others = present.filter { numberTypes.contains($0) }
    if let other = others.randomElement(using: &random), random.happens(80) { return other }
    let floatType = graphType.isFloatingPoint ? graphType : .float32
    if numberTypes.isEmpty { return floatType }
    let computed = numberTypes.filter { !$0.isFloatingPoint || $0 == floatType }
    return computed.randomElement(using: &random)
  }

  /// The types of which TensorFlow has no kernel for its processor, or one that gives zeros.
  private static let withoutKernel: [String: Set<DataType>] = [
    "BatchMatMulV2": [.uint8], "Einsum": [.uint8, .bool], "ExtractImagePatches": [.bool],
    "FusedBatchNorm": [.float64], "FusedBatchNormGrad": [.float64],
    "FusedBatchNormGradV2": [.float64], "FusedBatchNormGradV3": [.float64],
    "FusedBatchNormV2": [.float64], "FusedBatchNormV3": [.float64], "Inv": [.int32, .int64],
    "LRN": [.float64], "LRNGrad": [.float64], "ListDiff": [.bool], "MatMul": [.uint8],
    "MirrorPadGrad": [.bool],
    "Multinomial": [.int32, .int64, .uint8], "RealDiv": [.int32, .int64, .uint8],
    "Reciprocal": [.int32, .int64], "Round": [.int32, .int64], "TensorScatterAdd": [.bool],
    "TensorScatterSub": [.bool],
  ]

  /// The types that the type variable of the samples' `Float64` inputs allows.
  private static func numberTypes(_ operatorType: any Operator.Type) -> [DataType] {
    let signature = operatorType.signature
    let variables = operatorType.samples.compactMap { sample -> String? in
      guard let position = sample.inputs.firstIndex(where: { $0.dataType == .float64 }),
        case .variable(let name) = signature.input(position, of: sample.inputs.count)?.type
      else { return nil }
      return name
    }
    guard let variable = variables.first,
      let allowed = signature.types.first(where: { $0.name == variable })?.allowed
    else { return [] }
    let missing = withoutKernel[operatorType.name, default: []]
    return DataType.computed.filter { allowed.contains($0) && !missing.contains($0) }
  }

  private static func ranges(_ samples: [Sample]) -> [ClosedRange<Double>?] {
    (0..<(samples.map(\.inputs.count).max() ?? 0)).map { position in
      let numbers = samples.flatMap { sample -> [Double] in
        guard position < sample.inputs.count else { return [] }
        return (try? sample.inputs[position].elements(as: Double.self)) ?? []
      }
      guard let least = numbers.min(), let most = numbers.max() else { return nil }
      return least < -1 && most > 1 ? nil : least...most
    }
  }
}

extension Tensor {
  /// Whether no element is an infinity or no number.
  fileprivate var isFinite: Bool {
    (try? elements(as: Double.self))?.allSatisfy(\.isFinite) ?? true
  }
}
