import Foundation
import GraphIR
import Operators
import Tensors
import Testing

@testable import GraphFiles

@Suite struct MappingRealFileTests {
  private static let paths = realFiles() + realFiles(suffix: "graph.pbtxt")

  /// A file as writing it again leaves it: attributes of known operators are written out, the
  /// first output is named without a number, and legacy placeholders state their unknown shape.
  private func normalized(_ record: NodeRecord, like written: NodeRecord, legacy: Bool)
    -> NodeRecord
  {
    var record = record
    record.inputs = record.inputs.map { $0.hasSuffix(":0") ? String($0.dropLast(2)) : $0 }
    if legacy, record.op == "Placeholder", record.attributes["shape"] == .shape(.scalar) {
      record.attributes["shape"] = .shape(.unknown)
    }
    guard let type = OperatorRegistry.standard.operator(named: record.op) else { return record }
    let description = OperatorDescription(type)
    for name in Array(description.defaults.keys) + description.typeNames
    where record.attributes[name] == nil {
      record.attributes[name] = written.attributes[name]
    }
    return record
  }

  @Test(arguments: paths) func mappedAndWrittenAgain(path: String) throws {
    let file = try GraphFile.read(path: path)
    let graph = try FrozenGraph(file, registry: .standard, name: path)
    try graph.verify()
    let written = try GraphFile(graph, keeping: file)
    #expect(written.versions == file.versions)
    #expect(written.library == file.library)
    #expect(written.debugInfo == file.debugInfo)
    let legacy = (file.versions?.producer ?? file.legacyProducer) <= 21
    let originals = Dictionary(uniqueKeysWithValues: file.nodes.map { ($0.name, $0) })
    #expect(written.nodes.count == file.nodes.count)
    for node in written.nodes {
      let original = try #require(originals[node.name])
      #expect(node == normalized(original, like: node, legacy: legacy))
    }
    // What was written stays as it is from then on.
    let again = try FrozenGraph(written, registry: .standard, name: path)
    #expect(try GraphFile(again, keeping: written) == written)
    #expect(again.nodes.map(\.name) == graph.nodes.map(\.name))
    #expect(again.nodes.map(\.outputs) == graph.nodes.map(\.outputs))
  }

  @Test(arguments: paths) func withoutAnyOperator(path: String) throws {
    // Every operator unknown: all is kept, and nothing is an error.
    let file = try GraphFile.read(path: path)
    let graph = try FrozenGraph(file, registry: OperatorRegistry([]), name: path)
    #expect(graph.nodes.allSatisfy { $0.operation is OpaqueOperator })
    let written = try GraphFile(graph, keeping: file)
    let legacy = (file.versions?.producer ?? file.legacyProducer) <= 21
    let originals = Dictionary(uniqueKeysWithValues: file.nodes.map { ($0.name, $0) })
    for node in written.nodes where !(legacy && node.op == "Placeholder") {
      #expect(node == originals[node.name])
    }
  }

  @Test(arguments: paths) func shown(path: String) throws {
    let text = try GraphFile.read(path: path).graphText(registry: .standard, name: path)
    #expect(!text.contains("// error"))
  }

  /// Whatever a file holds, mapping gives a graph that verifies, or throws a `GraphError` that
  /// names the file.
  private func mapAny(_ file: GraphFile) throws {
    do {
      let graph = try FrozenGraph(file, registry: .standard, name: "h.pb")
      try graph.verify()
      let written = try GraphFile(graph, keeping: file)
      let again = try FrozenGraph(written, registry: .standard, name: "h.pb")
      #expect(again.nodes.count == graph.nodes.count)
    } catch let error as GraphError {
      let isLocated = error.diagnostics.allSatisfy { $0.message.hasPrefix("h.pb: ") }
      #expect(isLocated, "\(error)")
    }
    let text = file.graphText(registry: .standard, name: "h.pb")
    #expect(text.hasPrefix("// h.pb: "))
  }

  @Test func mutatedBytes() throws {
    var limits = ReadingLimits()
    limits.tensorBytes = 1 << 20
    let seeds = try smallSeeds().map { try $0.encoded() }
    guard !seeds.isEmpty else {
      print("skipped: there are no graphs in ../shared/data or STATICGRAPH_DATA")
      return
    }
    var random = SplitMix64(state: 11)
    var mappedCount = 0
    for _ in 0..<10_000 {
      var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.remove(at: position)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: position)
        }
      }
      guard let file = try? GraphFile.decode(bytes, name: "h.pb", limits: limits) else { continue }
      mappedCount += 1
      try mapAny(file)
    }
    #expect(mappedCount > 500)
  }

  @Test func mutatedRecords() throws {
    let seeds = try smallSeeds()
    var random = SplitMix64(state: 12)
    for _ in 0..<10_000 {
      var file = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&file, &random) }
      try mapAny(file)
    }
  }

  /// Runs of nodes from real files, with what they need replaced by what is there.
  private func smallSeeds() throws -> [GraphFile] {
    var result: [GraphFile] = []
    for path in Self.paths {
      let file = try GraphFile.read(path: path)
      for start in stride(from: 0, to: file.nodes.count, by: 12) {
        var part = file
        part.nodes = Array(file.nodes[start..<min(start + 12, file.nodes.count)])
        let names = Set(part.nodes.map(\.name))
        for index in part.nodes.indices {
          for (name, value) in part.nodes[index].attributes {
            if case .tensor(.value(let tensor)) = value, tensor.byteCount > 2_000 {
              let small = try Tensor(
                zeros: tensor.dataType, dimensions: tensor.dimensions.map { min($0, 3) })
              part.nodes[index].attributes[name] = .tensor(.value(small))
            }
          }
          part.nodes[index].inputs = part.nodes[index].inputs.filter { input in
            let name = input.hasPrefix("^") ? String(input.dropFirst()) : input
            return names.contains(String(name.split(separator: ":")[0]))
          }
        }
        result.append(part)
      }
    }
    return result
  }

  private func mutate(_ file: inout GraphFile, _ random: inout SplitMix64) {
    guard !file.nodes.isEmpty else { return }
    let index = Int.random(in: file.nodes.indices, using: &random)
    let other = file.nodes.randomElement(using: &random)!
    switch Int.random(in: 0..<10, using: &random) {
    case 0: file.nodes.swapAt(index, Int.random(in: file.nodes.indices, using: &random))
    case 1: file.nodes[index].op = other.op
    case 2: file.nodes[index].name = other.name
    case 3: file.nodes[index].inputs.append(other.name)
    case 4:
      file.nodes[index].inputs.insert(
        "\(other.name):\(Int.random(in: 0..<3, using: &random))", at: 0)
    case 5: file.nodes[index].inputs = other.inputs
    case 6: file.nodes[index].attributes.merge(other.attributes) { _, new in new }
    case 7:
      let name = file.nodes[index].attributes.keys.sorted().randomElement(using: &random)
      if let name { file.nodes[index].attributes[name] = nil }
    case 8:
      let name = file.nodes[index].attributes.keys.sorted().randomElement(using: &random)
      let values = RecordRoundTripTests.attributes
      if let name { file.nodes[index].attributes[name] = values.randomElement(using: &random) }
    default:
      file.nodes[index].inputs.append("^" + other.name)
    }
  }
}
