import GraphFiles
import Tensors
import Testing

@Suite struct RecordRoundTripTests {
  private func roundTrip(_ file: GraphFile) throws -> GraphFile {
    try GraphFile.decode(try file.encoded(), name: "test.pb")
  }

  private func roundTrip(_ attribute: AttributeRecord) throws -> AttributeRecord? {
    let node = NodeRecord(name: "n", op: "Op", attributes: ["a": attribute])
    return try roundTrip(GraphFile(nodes: [node])).nodes[0].attributes["a"]
  }

  static let tensors: [Tensor] = {
    func tensors<Element: FixedSizeElement>(_ a: Element, _ b: Element) -> [Tensor] {
      [
        Tensor(a), Tensor(b), Tensor([a, b, a]), Tensor([b, b, b]), Tensor([Element]()),
        try! Tensor([a, b, b, a, a, a], dimensions: [2, 1, 3]),
        try! Tensor([Element](), dimensions: [2, 0, 3]),
      ]
    }
    var all = tensors(Float(-0.0), Float.infinity) + tensors(Double.pi, -Double.zero)
    all += tensors(Int8.min, Int8.max) + tensors(Int16.min, Int16.max)
    all += tensors(Int32.min, Int32.max) + tensors(Int64.min, Int64.max)
    all += tensors(UInt8.min, UInt8.max) + tensors(UInt16.min, UInt16.max)
    all += tensors(UInt32.min, UInt32.max) + tensors(UInt64.min, UInt64.max)
    all += tensors(false, true) + tensors(Float16(0.1), Float16(-65504))
    all += tensors(BFloat16(3.14), BFloat16(-1e30))
    all += tensors(Float.nan, Float.leastNonzeroMagnitude)
    all += [Tensor(""), Tensor("a\0b"), Tensor(["x", "", "x"]), Tensor(["y", "y"])]
    all += [
      Tensor([String]()), try! Tensor(strings: [[0xFF], [0, 1], [], [9]], dimensions: [2, 2]),
    ]
    return all
  }()

  @Test func everyDataTypeHasItsTensors() {
    #expect(Set(Self.tensors.map(\.dataType)) == Set(DataType.allCases))
  }

  @Test(arguments: tensors.indices) func tensor(index: Int) throws {
    let record = AttributeRecord.tensor(.value(Self.tensors[index]))
    #expect(try roundTrip(record) == record)
  }

  static let attributes: [AttributeRecord] = {
    var list = AttributeListRecord()
    list.bytes = [[], [0, 255], Array("text".utf8)]
    list.integers = [.min, -1, 0, .max]
    list.floats = [0, -1.5, .infinity]
    list.booleans = [true, false]
    list.types = [1, 101, 999, -1]
    list.shapes = [.scalar, .unknown, [nil, 3]]
    list.tensors = [.value(Tensor(1 as Float)), .uninterpreted(type: 8, message: [8, 8])]
    list.functions = [
      FunctionRecord(name: "f"), FunctionRecord(name: "g", attributes: ["k": .unset]),
    ]
    let function = FunctionRecord(
      name: "outer", attributes: ["inner": .function(FunctionRecord(name: "i")), "T": .type(1)])
    return [
      .unset, .bytes([]), .bytes([0, 1, 0]), .integer(0), .integer(.min), .float(0), .float(-0.5),
      .boolean(false), .boolean(true), .type(0), .type(1), .type(101), .type(-7), .shape(.scalar),
      .shape(.unknown), .shape([nil, 0, 7]), .placeholder(""), .placeholder("T"),
      .function(FunctionRecord(name: "")), .function(function), .list(AttributeListRecord()),
      .list(list), .tensor(.uninterpreted(type: 20, message: [8, 20, 114, 2, 10, 0])),
    ]
  }()

  @Test(arguments: attributes.indices) func attribute(index: Int) throws {
    #expect(try roundTrip(Self.attributes[index]) == Self.attributes[index])
  }

  @Test func graphWithEverything() throws {
    var file = GraphFile(nodes: [
      NodeRecord(
        name: "a/b", op: "MatMul", inputs: ["x", "y:1", "^z"], device: "/device:CPU:0",
        attributes: ["T": .type(1), "_n": .bytes([7])], originalNames: ["p", "q"],
        originalFunctions: ["", "f"]),
      NodeRecord(name: "ä", op: ""),
    ])
    file.versions = VersionsRecord(producer: 2474, minimumConsumer: 12, badConsumers: [3, 4])
    file.legacyProducer = 9
    file.library = [10, 2, 18, 0]
    file.debugInfo = DebugInfoRecord(
      files: ["model.graph", "b\0"],
      traces: [
        "a/b@": [.init(fileIndex: 1, line: 2, column: 3, function: "f", code: "let y = x")],
        "ä@": [],
      ])
    file.signature = SignatureRecord(
      feeds: [.init(name: "x", node: "x", type: TensorType(.float32, [nil, 3]))],
      outputs: [.init(name: "y", node: "a/b", output: 2, type: TensorType(.int8, .unknown))],
      targets: [.init(name: "train", node: "a/b")],
      parameters: [.init(name: "rate", value: "0.01"), .init(name: "π", value: "\"\"")])
    file.planSummary = PlanSummaryRecord(
      text: "2 steps", measures: [.init(name: "peak_bytes", value: 1e9)])
    let copy = try roundTrip(file)
    #expect(copy == file)
    #expect(!copy.nodesChangedSinceWritten)
  }

  @Test func equalGraphsGiveEqualBytes() throws {
    let names = (0..<50).map { "attribute\($0)" }
    func file(_ names: [String]) -> GraphFile {
      var node = NodeRecord(name: "n", op: "Op")
      for name in names { node.attributes[name] = .bytes(Array(name.utf8)) }
      var file = GraphFile(nodes: [node])
      file.debugInfo = DebugInfoRecord()
      for name in names { file.debugInfo!.traces[name] = [] }
      return file
    }
    let first = try file(names).encoded()
    for _ in 0..<5 { #expect(try file(names.shuffled()).encoded() == first) }
  }

  @Test func digestTellsChangedNodes() throws {
    var bytes = try GraphFile(nodes: [NodeRecord(name: "abc", op: "Op")]).encoded()
    #expect(try !GraphFile.decode(bytes, name: "test.pb").nodesChangedSinceWritten)
    let index = try #require(bytes.firstIndex(of: UInt8(ascii: "b")))
    bytes[index] = UInt8(ascii: "d")
    #expect(try GraphFile.decode(bytes, name: "test.pb").nodesChangedSinceWritten)
  }

  @Test func writesOneValueForEqualElements() throws {
    func size(_ tensor: Tensor) throws -> Int {
      let node = NodeRecord(name: "c", op: "Const", attributes: ["value": .tensor(.value(tensor))])
      return try GraphFile(nodes: [node]).encoded().count
    }
    #expect(try size(Tensor(repeating: 1.5 as Float, dimensions: [1000])) < 70)
    #expect(try size(Tensor((0..<1000).map(Float.init))) > 4000)
  }
}
