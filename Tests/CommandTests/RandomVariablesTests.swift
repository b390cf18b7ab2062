import StaticGraph
import Testing

@testable import CommandLineSupport

/// Which weights of a run are nothing but random.
@Suite struct RandomVariablesTests {
  private static let text = """
    placeholder x: Float32[?, 3]
    variable frozen = glorotUniform([3, 2])
    variable zero = zeros([2])
    variable trained = normal([2, 1])
    let hidden = matmul(x, frozen) + zero
    output y = matmul(hidden, trained)
    let loss = sum(square(y))
    target train = assignSub(trained, gradient(of: loss, withRespectTo: trained))
    """

  private func untrained(_ names: [String], fed: [String] = []) throws -> [String] {
    let graph = try GraphCompiler().compile(SourceFile(name: "model.graph", text: Self.text))
    func positions(_ names: [String]) throws -> [Int] {
      try names.map { try #require(graph.node(named: $0)).index }
    }
    return try graph.frozen().untrainedVariables(positions(names), fed: positions(fed)).sorted()
  }

  @Test func whatARunReads() throws {
    #expect(try untrained(["y"]) == ["frozen", "trained"])
    #expect(try untrained(["hidden"]) == ["frozen"])
    #expect(try untrained(["zero"]) == [])
    #expect(try untrained(["y"], fed: ["hidden"]) == ["trained"])
  }

  @Test func whatATrainingChangesIsNotMeant() throws {
    #expect(try untrained(["train"]) == ["frozen"])
    #expect(try untrained(["y", "train"]) == ["frozen"])
  }
}
