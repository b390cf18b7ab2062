import StaticGraph

/// An operator that random graphs use, with the samples that are small enough.
struct Recipe: Sendable {
  let operatorType: any Operator.Type
  let samples: [Sample]
  /// Whether it has a gradient.
  let isDifferentiable: Bool
  /// For each input the range in which all samples lie, where they leave out much of −1...1.
  let ranges: [ClosedRange<Double>?]

  /// Every operator whose results follow from its inputs.
  static let all: [Recipe] = testedOperators.compactMap { operatorType in
    guard operatorType.traits.isDisjoint(with: [.hasEffect, .fed]), operatorType != Const.self
    else { return nil }
    let isDifferentiable = if case .rule = operatorType.gradient { true } else { false }
    let samples = operatorType.samples.filter { sample in
      guard case .result = sample.expectation else { return false }
      return (sample.isDifferentiable || !isDifferentiable)
        && sample.inputs.allSatisfy { tensor in
          tensor.elementCount <= 100 && tensor.dataType != .string && tensor.isFinite
        }
    }
    guard !samples.isEmpty else { return nil }
    return Recipe(
      operatorType: operatorType, samples: samples, isDifferentiable: isDifferentiable,
      ranges: ranges(samples))
  }

  /// An operator and one of its samples.
  static func random(using random: inout RandomNumbers) -> (Recipe, Sample) {
    let recipe = all.randomElement(using: &random)!
    return (recipe, recipe.samples.randomElement(using: &random)!)
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
