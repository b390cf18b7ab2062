import GraphFiles
import GraphIR
import Operators
import Tensors
import Testing

@Suite struct UnknownOperatorTests {
  @Test func outputsAreThoseThatTheFileRefersTo() throws {
    let graph = try map(
      nodes(
        node("u", "Mystery", ["x"], .float64), node("y", "Mul", ["u:2", "u:2"]),
        node("v", "Mystery", ["u:1"], nil)))
    #expect(
      graph.node("u")?.outputs
        == [
          TensorType(.float64, .unknown), TensorType(.float64, .unknown),
          TensorType(.float32, .unknown),
        ])
    #expect(graph.node("v")?.outputs == [TensorType(.float32, .unknown)])
    #expect(graph.node("y")?.outputs == [TensorType(.float32, .unknown)])
    try graph.verify()
  }

  @Test func typesFollowFromReaders() throws {
    let graph = try map(
      nodes(
        node("u", "Mystery", ["x"]),
        // States its type.
        node("i", "Neg", ["u:0"], .int64),
        // States nothing, but the other input tells.
        constant("k", Tensor(Int32(3))), node("j", "Mul", ["u:1", "k"], nil),
        // States nothing, and only some types are possible.
        node("r", "Reshape", ["x", "u:2"], .float32),
        node("b", "Select", ["u:3", "x", "x"])))
    #expect(graph.node("u")?.outputs.map(\.dataType) == [.int64, .int32, .int32, .bool])
    try graph.verify()
  }

  @Test func readersThatContradictAreAnError() {
    #expect(
      message {
        try map(
          nodes(node("u", "Mystery"), node("a", "Sin", ["u"]), node("b", "Neg", ["u"], .int32)))
      } == "error: m.pb: node 'b' (Neg): attribute T is Int32, but x is Float32[*]")
  }

  @Test func listsOfTypes() throws {
    var list = AttributeListRecord()
    list.types = [9, 8, 10]
    let graph = try map(
      nodes(
        node("u", "Mystery", [], nil, ["component_types": .list(list)]),
        node("v", "Mystery", ["u:2", "u:3"], nil)))
    #expect(graph.node("u")?.outputs.map(\.dataType) == [.int64, .float32, .bool, .float32])
  }

  @Test func typesWithoutTensors() throws {
    let message: [UInt8] = [8, 8, 18, 0]
    let complex = NodeRecord(
      name: "k", op: "Const",
      attributes: [
        "dtype": .type(8), "value": .tensor(.uninterpreted(type: 8, message: message)),
      ])
    let records = nodes(
      complex, node("s", "Mul", ["k", "k"], nil, ["T": .type(8)]),
      node("shape", "Shape", ["s"], nil, ["T": .type(8), "out_type": .type(3)]),
      node("y", "Reshape", ["x", "shape"], .float32, ["Tshape": .type(3)]))
    let graph = try map(records)
    #expect(
      graph.nodes.map { $0.operation is OpaqueOperator } == [false, false, true, true, true, false])
    #expect(graph.node("shape")?.outputs == [TensorType(.int32, .unknown)])
    #expect(try GraphFile(graph, keeping: graphFile(records)).nodes == records)
    try graph.verify()
  }

  @Test func everyAttributeIsKept() throws {
    var several = AttributeListRecord()
    several.tensors = [.value(Tensor(1 as Float)), .uninterpreted(type: 8, message: [8, 8])]
    var attributes: [String: AttributeRecord] = ["several": .list(several)]
    for (index, record) in RecordRoundTripTests.attributes.enumerated() {
      if case .list(let list) = record, !list.types.isEmpty, !list.bytes.isEmpty { continue }
      attributes["a\(index)"] = record
      attributes["_a\(index)"] = record
    }
    let records = nodes(
      node("u", "Mystery", ["x"], nil, attributes),
      node("y", "Sin", ["x"], .float32, attributes.filter { $0.key.hasPrefix("_") }))
    #expect(try GraphFile(map(records), keeping: graphFile(records)).nodes == records)
  }

  @Test func placeholdersOfOldFiles() throws {
    func shape(_ producer: Int32, _ attributes: [String: AttributeRecord]) throws -> Shape? {
      let record = NodeRecord(name: "p", op: "Placeholder", attributes: attributes)
      return try map([record], producer: producer).nodes[0].outputs[0].shape
    }
    let type = AttributeRecord.type(1)
    #expect(try shape(21, ["dtype": type, "shape": .shape(.scalar)]) == .unknown)
    #expect(try shape(22, ["dtype": type, "shape": .shape(.scalar)]) == .scalar)
    #expect(try shape(21, ["dtype": type, "shape": .shape([2])]) == [2])
    #expect(try shape(2474, ["dtype": type]) == .unknown)

    let old = graphFile([placeholder("p", .scalar)], producer: 9)
    var graph = try map(old)
    #expect(try GraphFile(graph, keeping: old).versions?.producer == 9)
    graph.nodes[0].operation = Placeholder(.float32, .scalar)
    graph.nodes[0].outputs = [TensorType(.float32)]
    #expect(try GraphFile(graph, keeping: old).versions?.producer == 22)
  }
}
