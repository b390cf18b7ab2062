import GraphFiles
import Tensors
import Testing

@Suite struct MessageTests {
  private typealias Wire = WireBuilder

  private func expect(
    _ bytes: [UInt8], _ expected: String, limits: ReadingLimits = ReadingLimits(),
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      message { try GraphFile.decode(bytes, name: "model.pb", limits: limits) }
        == "error: model.pb: " + expected, sourceLocation: location)
  }

  @Test func structure() {
    expect([], "the file is empty")
    expect([0x0A], "offset 1: the length of 'node' of Graph does not end")
    expect([0x0A, 5, 0], "offset 1: the length of 'node' of Graph is 5, but 1 byte follows")
    expect([0x0A, 2, 0x0A, 9], "offset 3: the length of 'name' of Node is 9, but 0 bytes follow")
    expect(
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
      "offset 0: expected the tag of a field of Graph, but it does not end")
    expect([0x00, 0x80], "offset 0: Graph has a field of number 0, which cannot be")
    expect(
      [0x0B, 0x80], "offset 0: field 1 of Graph is of the outdated kind 'group' (wire type 3)")
    expect([0x0F, 0x80], "offset 0: field 1 of Graph is of no known kind (wire type 7)")
    expect(
      [0x0D, 0, 0, 0, 0],
      "offset 0: 'node' of Graph is a message (wire type 2), but wire type 5 is given")
    expect(
      [0x09, 0x80], "offset 0: 'node' of Graph is a message (wire type 2), but wire type 1 is given"
    )
    expect(
      Wire.field(1, Wire.field(1, [0xC3, 0x28])), "offset 4: 'name' of Node is not UTF-8")
    expect(
      Wire.field(1, []) + Wire.field(4, []) + Wire.field(4, []),
      "offset 4: 'versions' stands twice in Graph")
    expect(
      Wire.graph(value: Wire.field(3, varint: 1) + Wire.field(5, varint: 1)),
      "offset 25: AttributeValue has a second value, 'b'")
    expect(
      Wire.field(4, Wire.field(3, [1, 0x80])),
      "offset 5: a number in the list 'bad_consumers' of Versions does not end")
    expect(
      Wire.graph(tensor: Wire.field(5, [1, 2, 3])),
      "offset 27: the list 'float_val' of Tensor takes 3 bytes, which is no multiple of 4")
  }

  @Test func otherKindsOfFile() {
    expect(
      [0x08, 0x01, 0x12, 0x00],
      "offset 0: 'node' of Graph is a message (wire type 2), but wire type 0 is given\n"
        + "note: the file begins like a SavedModel or an ONNX model; a GraphDef is read here")
    expect(
      Array("node { name: \"x\" }".utf8),
      "offset 0: field 13 of Graph is of no known kind (wire type 6)\n"
        + "note: the file looks like text; a graph as text is read when its name ends in .graph or"
        + " .pbtxt")
  }

  @Test func tensors() {
    func expectTensor(_ type: UInt64, _ sizes: [Int64], _ values: [UInt8], _ expected: String) {
      expect(
        Wire.graph(tensor: Wire.field(1, varint: type) + Wire.shape(sizes) + values),
        "node 'c': attribute 'value': " + expected)
    }
    expectTensor(
      1, [2, 2], Wire.field(4, [1, 2, 3]),
      "a tensor of type Float32[2, 2] takes 16 bytes, but its content has 3")
    expectTensor(
      3, [2], Wire.field(7, [1, 2, 3]), "a tensor of type Int32[2] has 2 elements, but 3 are given")
    expectTensor(
      4, [2], Wire.field(7, [1, 0xAC, 2]), "element 1 of a tensor is 300, which is no UInt8")
    expectTensor(
      1, [-1], [], "a tensor has the shape [?], of which not every size is known")
    expectTensor(1, [-2], [], "dimension 0 of a shape has the size -2")
    expectTensor(
      1, [1 << 40], [],
      "a tensor of type Float32[1099511627776] takes 4398046511104 bytes, but 2147483647 are left "
        + "of 2147483647 for the tensors of a file")
    expectTensor(
      2, [.max, .max], [],
      "a tensor of type Float64[\(Int.max), \(Int.max)] is larger than any memory")
    expectTensor(
      1, [Int64](repeating: 1, count: 255), [],
      "a tensor has 255 dimensions, but at most 254 are possible")
    expectTensor(
      7, [2], Wire.field(4, [1, 9, 65]), "the length of string 1 of a tensor's content is wrong")
  }

  @Test func limits() {
    var limits = ReadingLimits()
    limits.nodes = 2
    let node = Wire.field(1, Wire.field(1, "n"))
    expect(
      node + node + node, "offset 10: the graph has more than 2 nodes", limits: limits)
    limits.fileBytes = 4
    expect(node, "the graph has 5 bytes, but at most 4 are read", limits: limits)
    limits = ReadingLimits()
    limits.overheadBytes = 0
    limits.overheadPerByte = 0
    expect(node, "offset 1: the 5 bytes of the file unpack to more than 0", limits: limits)
  }

  @Test func signature() {
    expect(
      Wire.field(1000, Wire.field(1, varint: 9)),
      "the signature is of version 9, but this program knows 1 only; a newer StaticGraph reads it")
    expect(
      Wire.field(1000, Wire.field(2, Wire.field(1, "x"))),
      "the feed 'x' of the signature has the unknown type number 0")
  }

  @Test func writing() {
    var inner = FunctionRecord(name: "f")
    for _ in 0..<20 { inner = FunctionRecord(name: "f", attributes: ["g": .function(inner)]) }
    let node = NodeRecord(name: "n", op: "Op", attributes: ["g": .function(inner)])
    #expect(
      message { try GraphFile(nodes: [node]).encoded(name: "out.pb") }
        == "error: out.pb: node 'n': functions stand more than 14 deep in one another")
  }
}
