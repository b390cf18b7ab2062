import Foundation
import StaticGraph

/// One sample of one operator in one type: what every automatic test is made from.
struct SampleCase: CustomStringConvertible {
  var sample: Sample
  var inputs: [Tensor]
  /// The type that the sample's `Float64` inputs were converted to.
  var dataType: DataType

  var operatorType: any Operator.Type { type(of: sample.operation) }
  var description: String { "\(operatorType.name), \(sample.label), \(dataType)" }

  /// Whether results and inputs are floating-point numbers that differences can be taken of.
  var isDifferentiable: Bool {
    guard sample.isDifferentiable, case .rule = operatorType.gradient else { return false }
    return inputs.contains { $0.dataType.isFloatingPoint }
  }

  /// Whether the sizes of the results are known only after the elements of the inputs.
  var sizesDependOnValues: Bool { operatorType.traits.contains(.sizesDependOnValues) }

  /// The right samples of an operator in every type that is computed with.
  static func all(of operatorType: any Operator.Type) -> [SampleCase] {
    operatorType.samples.flatMap { sample -> [SampleCase] in
      guard case .result = sample.expectation else { return [] }
      return types(of: sample, operatorType).compactMap { type in
        guard let inputs = try? sample.inputs.map({ try converted($0, to: type) }) else {
          return nil
        }
        return SampleCase(sample: sample, inputs: inputs, dataType: type)
      }
    }
  }

  private static func converted(_ input: Tensor, to type: DataType) throws -> Tensor {
    input.dataType == .float64 ? try input.converted(to: type) : input
  }

  /// The types to try: those that the type variable of the sample's `Float64` inputs allows.
  private static func types(of sample: Sample, _ operatorType: any Operator.Type) -> [DataType] {
    let signature = operatorType.signature
    guard sample.triesEveryType,
      let position = sample.inputs.firstIndex(where: { $0.dataType == .float64 }),
      case .variable(let variable) = signature.input(position, of: sample.inputs.count)?.type,
      let allowed = signature.types.first(where: { $0.name == variable })?.allowed
    else { return [.float64] }
    return DataType.computed.filter { allowed.contains($0) }
  }
}

/// How much of the inputs' shapes the graph is told.
enum KnownShapes: CaseIterable {
  case all, rank, nothing

  func shape(_ tensor: Tensor) -> Shape {
    switch self {
    case .all: tensor.shape
    case .rank: .unknown(rank: tensor.rank)
    case .nothing: .unknown
    }
  }
}

/// A graph that applies a sample's operator to its inputs.
struct SampleGraph {
  let graph: Graph
  var inputs: [Value] = []
  var results: [Value] = []
  var feeds: [Value: Tensor] = [:]

  /// - Parameters:
  ///   - shapes: How much of the shapes of the fed inputs the graph is told.
  ///   - feedsSizes: Whether inputs whose values decide on shapes are fed; constants else.
  ///   - graph: Where the operator is applied; a graph of its own as a rule.
  init(
    _ sampleCase: SampleCase, shapes: KnownShapes = .all, feedsSizes: Bool = false,
    in graph: Graph = Graph()
  ) {
    self.graph = graph
    let shapeInputs = sampleCase.operatorType.shapeInputs(of: sampleCase.inputs.count)
    for (number, tensor) in sampleCase.inputs.enumerated() {
      if shapeInputs.contains(number) && !feedsSizes {
        inputs.append(graph.constant(tensor, name: "input\(number)"))
      } else {
        let type = TensorType(tensor.dataType, shapes.shape(tensor))
        let placeholder = graph.placeholder("input\(number)", type: type)
        inputs.append(placeholder)
        feeds[placeholder] = tensor
      }
    }
    let operation = sampleCase.sample.operation
    let variables = SampleVariables(sampleCase.operatorType, &inputs) { number in
      shapes.shape(sampleCase.inputs[number])
    }
    let node = graph.controlDependencies(on: variables.assignments) { append(operation) }
    results = node.outputs
    results += variables.reads(after: node)
    if sampleCase.operatorType.traits.contains(.variable) {
      results = [SampleVariables.read(ofSample: node)]
    }
    if operation is Placeholder, let placeholder = results.first {
      feeds[placeholder] = .sample(placeholder.shape.known ?? [])
    }
  }

  private func append(_ operation: some Operator) -> GraphNode {
    graph.append(operation, inputs, name: "result", origin: .unknown)
  }

  /// The inputs that hold floating-point numbers.
  var floatingPointInputs: [Value] { inputs.filter { $0.dataType.isFloatingPoint } }
}

/// The operators that the automatic tests try: all, or those that STATICGRAPH_OPERATORS names,
/// separated by commas.
let testedOperators: [any Operator.Type] = {
  let all = OperatorRegistry.standard.operators
  guard let named = ProcessInfo.processInfo.environment["STATICGRAPH_OPERATORS"] else { return all }
  let names = Set(named.split(separator: ",").map(String.init))
  return all.filter { names.contains($0.name) }
}()
