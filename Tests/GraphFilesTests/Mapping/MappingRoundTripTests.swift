import GraphFiles
import GraphIR
import Operators
import Tensors
import Testing

@Suite struct MappingRoundTripTests {
  /// A graph with several outputs, control inputs, an interface and every kind of edge.
  private func sampleGraph() -> Graph {
    let graph = Graph()
    let x = graph.placeholder("x", Float.self, shape: [nil, 3])
    let y = graph.scope("layer") { 2 * x * sin(x) }
    let sizes = shape(y)
    let (left, _) = broadcastGradientArguments(sizes, shape(x))
    let total = addN([y, x, y], name: "total")
    let product = matmul(total, x, transposeB: true, name: "product")
    let train = graph.group([left.node, total.node], name: "train")
    graph.declareOutput(product, named: "product")
    graph.declareOutput(left.node.output(1), named: "axes: of x")
    graph.declareTarget(train, named: "train")
    graph.declareParameter("rate", value: "0.01=")
    return graph
  }

  private func expectEqual(_ a: FrozenGraph, _ b: FrozenGraph) {
    #expect(a.nodes.map(\.name) == b.nodes.map(\.name))
    #expect(a.nodes.map(\.inputs) == b.nodes.map(\.inputs))
    #expect(a.nodes.map(\.controlInputs) == b.nodes.map(\.controlInputs))
    #expect(a.nodes.map(\.outputs) == b.nodes.map(\.outputs))
    #expect(a.interface == b.interface)
    for (left, right) in zip(a.nodes, b.nodes) {
      #expect(AnyHashable(left.operation) == AnyHashable(right.operation))
    }
  }

  @Test func graphOfTheInterface() throws {
    let graph = try sampleGraph().frozen()
    let bytes = try GraphFile(graph).encoded()
    let copy = try map(GraphFile.decode(bytes, name: "m.pb"))
    expectEqual(copy, graph)
    #expect(copy.nodes.allSatisfy { $0.annotations == nil })
    #expect(try GraphFile(copy).encoded() == bytes)
    try copy.verify()
  }

  @Test func samplesOfEveryOperator() throws {
    for type in OperatorRegistry.standard.operators {
      for sample in type.samples {
        guard case .result = sample.expectation else { continue }
        let graph = Graph()
        var inputs = sample.inputs.enumerated().map { number, tensor in
          // Inputs that shapes depend on are constants.
          type.shapeInputs(of: sample.inputs.count).contains(number)
            ? graph.constant(tensor) : graph.placeholder("input\(number)", type: tensor.type)
        }
        _ = SampleVariables(type, &inputs) { sample.inputs[$0].shape }
        graph.append(sample.operation, inputs, name: "result", origin: .unknown)
        let frozen = try graph.frozen()
        expectEqual(try map(GraphFile(frozen)), frozen)
      }
    }
  }

  @Test func attributesOfTypesAndCounts() throws {
    let file = try GraphFile(try sampleGraph().frozen())
    let total = try #require(file.nodes.first { $0.name == "total" })
    #expect(total.attributes == ["N": .integer(3), "T": .type(1)])
    #expect(total.inputs == ["layer/Mul_1", "x", "layer/Mul_1"])
    let shape = try #require(file.nodes.first { $0.op == "Shape" })
    #expect(shape.attributes == ["T": .type(1), "out_type": .type(3)])
    let train = try #require(file.nodes.first { $0.name == "train" })
    #expect(train.inputs == ["^BroadcastGradientArgs", "^total"])
    #expect(file.versions == VersionsRecord(producer: 2474))
  }

  @Test func signatureAndPrivateAttributes() throws {
    let graph = try sampleGraph().frozen()
    var file = try GraphFile(graph)
    let signature = try #require(file.signature)
    #expect(signature.feeds.map(\.name) == ["x"])
    #expect(signature.outputs.map(\.node) == ["product", "BroadcastGradientArgs"])
    func strings(_ node: String, _ name: String) -> [String]? {
      guard case .list(let list) = file.nodes.first(where: { $0.name == node })?.attributes[name]
      else { return nil }
      return list.bytes.map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(strings("product", "_staticgraph_outputs") == ["0:0:product"])
    #expect(strings("BroadcastGradientArgs", "_staticgraph_outputs") == ["1:1:axes: of x"])
    #expect(strings("train", "_staticgraph_targets") == ["0:train"])
    #expect(strings("product", "_staticgraph_parameters") == ["rate=0.01="])
    // As TensorFlow leaves it: the order of nodes is any, and unknown fields are gone.
    file.signature = nil
    file.nodes.reverse()
    let read = try map(file)
    #expect(read.interface.parameters == graph.interface.parameters)
    #expect(read.interface.outputs.map(\.name) == ["product", "axes: of x"])
    #expect(
      read.interface.outputs.map { read.name(of: $0.endpoint) }
        == ["product", "BroadcastGradientArgs:1"])
    #expect(read.interface.targets.map { read.nodes[$0.node].name } == ["train"])
  }

  @Test func malformedPrivateAttributesAreNoDeclarations() throws {
    var list = AttributeListRecord()
    list.bytes = ["", "0", "0:9:z", "x:0:y", "0:-1:y", "0:99999999999:y"].map { Array($0.utf8) }
    let graph = try map(
      nodes(
        node("y", "Sin", ["x"], .float32, ["_staticgraph_outputs": .list(list)]),
        node("z", "Sin", ["x"], .float32, ["_staticgraph_outputs": .integer(1)])))
    #expect(graph.interface == GraphInterface())
  }

  @Test func nodesThatAnotherProgramTookAway() throws {
    var file = graphFile(nodes(node("y", "Sin", ["x"]), node("z", "Sin", ["x"])))
    file.signature = SignatureRecord(
      outputs: ["y", "z"].map { .init(name: $0, node: $0, type: TensorType(.float32)) })
    var bytes = try file.encoded()
    // Each node is a tag, a length of one byte and as many bytes.
    var start = 0
    for _ in 0..<3 { start += 2 + Int(bytes[start + 1]) }
    bytes.removeSubrange(start..<start + 2 + Int(bytes[start + 1]))
    let changed = try GraphFile.decode(bytes, name: "m.pb")
    #expect(changed.nodesChangedSinceWritten)
    #expect(try map(changed).interface.outputs.map(\.name) == ["y"])
  }

  @Test func places() throws {
    let graph = Graph()
    let x = graph.placeholder("x", type: TensorType(.float32))
    let line = #line + 1
    _ = sin(x, name: "named")
    _ = x * x
    let frozen = try graph.frozen()
    let file = try GraphFile(frozen)
    #expect(file.debugInfo?.traces.keys.sorted() == ["named@"])
    let read = try map(file)
    #expect(read.node("named")?.origin.location?.line == line)
    #expect(read.node("Mul")?.origin == .unknown)
    let resolved = try GraphFile(frozen, resolvesAddresses: true)
    #expect(
      try map(resolved).node("Mul")?.origin.location == frozen.node("Mul")?.origin.location)
  }

  @Test func tracesOfOtherPrograms() throws {
    var file = graphFile(
      nodes(node("y", "Sin", ["x"]), node("z", "Sin", ["x"]), node("w", "Sin", ["x"])))
    file.debugInfo = DebugInfoRecord(
      files: ["/lib/site-packages/tensorflow/python/ops/math.py", "train.py", "f.py"],
      traces: [
        "y@": [.init(fileIndex: 0, line: 900), .init(fileIndex: 1, line: 12, column: 3)],
        "z": [.init(fileIndex: 7, line: 1), .init(fileIndex: 1, line: -4)],
        "w@inner": [.init(fileIndex: 2, line: 5)], "x@g": [.init(fileIndex: 2, line: 1)],
        "x": [.init(fileIndex: 1, line: 2, column: -1)],
        "c@": [1, 2, 0].map { .init(fileIndex: $0, line: 40 + $0) },
      ])
    let graph = try map(file)
    #expect(graph.node("y")?.origin.location?.description == "train.py:12:3")
    #expect(graph.node("z")?.origin == .unknown)
    #expect(graph.node("w")?.origin.location?.description == "f.py:5")
    #expect(graph.node("x")?.origin.location?.description == "train.py:2")
    #expect(graph.node("c")?.origin.location?.description == "f.py:42")
    #expect(try GraphFile(graph, keeping: file).debugInfo == file.debugInfo)
    var smaller = graph
    smaller.nodes.removeLast(3)
    smaller.nodes[0].origin = .source(.init(file: "new.graph", line: 1))
    let traces = try #require(try GraphFile(smaller, keeping: file).debugInfo?.traces)
    #expect(traces.keys.sorted() == ["c@", "w@inner", "x@", "x@g"])
    #expect(traces["x@"] == [.init(fileIndex: 3, line: 1)])
  }

  @Test func whatAGraphHasNoPlaceFor() throws {
    var source = graphFile(nodes(node("y", "Sin", ["x"])), producer: 1087)
    source.versions?.badConsumers = [9]
    source.library = [10, 0]
    source.nodes[2].originalNames = ["a", "b"]
    source.nodes[2].device = "/device:GPU:0"
    source.nodes[2].attributes["_output_shapes"] = .list(AttributeListRecord())
    #expect(try GraphFile(map(source), keeping: source) == source)
  }
}
