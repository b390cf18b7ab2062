import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// The program that fetches `values` of their graph, every placeholder fed.
func program(_ values: [Value], sizes: [Value: [Int]] = [:]) throws -> Program {
  let graph = values[0].graph
  let frozen = try graph.frozen()
  let feeds = frozen.nodes.indices.filter { frozen.nodes[$0].operation is Placeholder }
  let types = feeds.map { position in
    let type = frozen.nodes[position].outputs[0]
    let value = graph.node(at: position).output
    return TensorType(type.dataType, sizes[value].map { Shape($0) } ?? type.shape)
  }
  let request = ProgramRequest(
    feeds: feeds.map { Endpoint(node: $0) }, feedTypes: types, fetches: values.map(\.endpoint))
  guard case .complete(let program) = try specialize(frozen, for: request) else {
    throw GraphError("the sizes depend on values")
  }
  return program
}

/// The operators of a program in alphabetical order, without what it is fed and its constants.
func operators(_ program: Program) -> [String] {
  program.graph.nodes.map(\.operatorName).filter { $0 != "Placeholder" && $0 != "Const" }.sorted()
}

/// What a program gives, each of its nodes computed on its own, for random feeds.
func results(_ program: Program) throws -> [Tensor] {
  let graph = Graph(program.graph)
  var feeds: [Value: Tensor] = [:]
  for (position, node) in program.graph.nodes.enumerated() where node.operation is Placeholder {
    let sample = Tensor.sample(node.outputs[0].shape.known!, seed: UInt64(node.name.count))
    feeds[graph.node(at: position).output] = try sample.converted(to: node.outputs[0].dataType)
  }
  // A session would run the passes again.
  return try program.fetches.map { try Unoptimized.value(of: $0, in: program.graph, feeds: feeds) }
}

/// Fails unless both programs give the same bits.
func expectSameResults(
  _ before: Program, _ after: Program, sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
  #expect(try results(before) == results(after), sourceLocation: sourceLocation)
}

/// Fails unless both programs give the same but for a few roundings of the largest result.
func expectClose(
  _ before: Program, _ after: Program, roundings: Double = 4,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
  for (expected, found) in zip(try results(before), try results(after)) {
    #expect(expected.type == found.type, sourceLocation: sourceLocation)
    let rounding = expected.dataType == .float32 ? 0x1p-24 : 0x1p-53
    let (expected, found) = (
      try expected.converted(to: .float64).elements(as: Double.self),
      try found.converted(to: .float64).elements(as: Double.self)
    )
    let largest = expected.reduce(0) { Swift.max($0, abs($1)) }
    #expect(
      zip(expected, found).allSatisfy { abs($0 - $1) <= roundings * rounding * largest },
      sourceLocation: sourceLocation)
  }
}

/// Computes a value node by node.
private enum Unoptimized {
  static func value(
    of endpoint: Endpoint, in graph: FrozenGraph, feeds: [Value: Tensor]
  ) throws -> Tensor {
    var known: [Endpoint: Tensor] = [:]
    for (value, tensor) in feeds { known[value.endpoint] = tensor }
    for (position, node) in graph.nodes.enumerated() where position <= endpoint.nodeIndex {
      let outputs = node.outputs.indices.map { Endpoint(node: position, output: $0) }
      if outputs.allSatisfy({ known[$0] != nil }) { continue }
      if let constant = node.operation.constantValue {
        known[outputs[0]] = constant
        continue
      }
      let results = try single(node, node.inputs.map { known[$0]! })
      for (output, result) in zip(outputs, results) { known[output] = result }
    }
    return known[endpoint]!
  }

  private static func single(_ node: Node, _ inputs: [Tensor]) throws -> [Tensor] {
    let operation = node.operation
    let constants = Dictionary(
      uniqueKeysWithValues: type(of: operation).shapeInputs(of: inputs.count).map {
        ($0, inputs[$0])
      })
    return try evaluate(operation, inputs: inputs, outputs: node.outputs, constants: constants)
  }
}
