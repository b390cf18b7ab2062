import Foundation
import StaticGraph
import Testing

/// What the graphs under Graphs/ need to run.
@Suite struct GraphMemoryTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Graphs")

  static var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".graph") }.sorted()
  }

  /// Sizes where a placeholder leaves some open: pictures as SqueezeNet takes them, else 50.
  private func type(_ node: Node) -> TensorType {
    let stated = node.outputs[0]
    let dimensions = stated.shape.dimensions ?? []
    let sizes = dimensions.enumerated().map { axis, size in
      size ?? (dimensions.count == 4 && dimensions[1] == nil ? (axis == 0 ? 1 : 224) : 50)
    }
    return TensorType(stated.dataType, Shape(sizes))
  }

  @Test func thereAreGraphs() {
    #expect(Self.files.count >= 4)
  }

  @Test(arguments: files) func theArenaIsNearlyAsSmallAsItCanBe(file: String) throws {
    let graph = try GraphCompiler().compile(
      SourceFile(path: Self.folder.appendingPathComponent(file).path)
    ).frozen()
    let placeholders = graph.nodes.indices.filter { graph.nodes[$0].operation is Placeholder }
    let feeds = placeholders.map { Endpoint(node: $0) }
    let types = placeholders.map { type(graph.nodes[$0]) }
    let outputs = graph.interface.outputs.map(\.endpoint)
    let targets = graph.interface.targets.map(\.node)
    for (fetches, targets) in [(outputs, []), (outputs, targets), ([], targets)]
    where !fetches.isEmpty || !targets.isEmpty {
      let plan = try PlanSummary(
        graph, feeds: feeds, feedTypes: types, fetches: fetches, targets: targets)
      #expect(
        Double(plan.arenaByteCount) <= 1.05 * Double(plan.lowerBound),
        "\(plan.arenaByteCount) of \(plan.lowerBound) bytes")
    }
  }
}
