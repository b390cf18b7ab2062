import GraphIR

extension OperatorRegistry {
  /// A registry of those operators and of the functions that append several of them.
  static func withComposites(_ operators: [any Operator.Type]) -> OperatorRegistry {
    OperatorRegistry(
      operators,
      functions: [
        logSumExpFunction, momentsFunction, normFunction, standardDeviationFunction,
        varianceFunction,
      ])
  }
}
