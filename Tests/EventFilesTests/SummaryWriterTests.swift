import Foundation
import PythonSupport
import StaticGraph
import Testing

/// Event files as TensorBoard reads them.
@Suite struct SummaryWriterTests {
  private func graph() throws -> Graph {
    let graph = Graph()
    let x = graph.placeholder("x", Float.self, shape: [2])
    _ = graph.placeholder("unused", Float.self)
    _ = x * x
    return graph
  }

  @Test(.enabled(if: Python.isThere, Python.missing))
  func tensorBoardReadsWhatIsWritten() throws {
    let folder = try TemporaryFolder()
    let writer = try SummaryWriter(folder.path)
    let values: [Double] = [0, -1.5, 3e38, 0.1]
    for (step, value) in values.enumerated() {
      try writer.add(scalar: value, tag: "größe/loss", step: step + 1)
    }
    try writer.add(scalars: [("a", 1), ("b", -2)], step: 1 << 40)
    let pixels: [UInt8] = [255, 0, 10] + [UInt8](repeating: 7, count: 15)
    try writer.add(Image(width: 3, height: 2, channels: 3, pixels: pixels), tag: "picture", step: 7)
    let numbers: [Float] = [-2, 0, 0, 1e-3, 1.0009e-3, 5, .nan, .infinity]
    try writer.add(histogramOf: Tensor(numbers), tag: "weights", step: 9)
    try writer.add(histogramOf: Tensor([Float]()), tag: "empty", step: 9)
    try writer.add(graph())
    try writer.flush()

    let found = try Python.readEvents(folder.path)
    let scalars = try #require(found["scalars"] as? [String: [[Double]]])
    #expect(Set(scalars.keys) == ["größe/loss", "a", "b"])
    #expect(
      scalars["größe/loss"]?.map { $0.map { Float($0) } }
        == values.enumerated().map { [Float($0.offset + 1), Float($0.element)] })
    #expect(scalars["b"] == [[Double(1 << 40), -2]])
    let images = try #require(found["images"] as? [String: [[Any]]])
    #expect(images["picture"]?[0].prefix(3).compactMap { $0 as? Int } == [7, 3, 2])
    #expect(images["picture"]?[0][3] as? [Int] == [255, 0, 10])
    let histograms = try #require(found["histograms"] as? [String: [[Any]]])
    let weights = try #require(histograms["weights"]?.first)
    #expect(weights[0] as? Int == 9)
    #expect(weights[1...3].compactMap { $0 as? Double } == [-2, 5, 6])
    let counts = try #require(weights[7] as? [Double])
    #expect(counts.filter { $0 > 0 } == [1, 2, 2, 1])
    #expect((weights[6] as? [Double])?.count == counts.count)
    #expect(histograms["empty"]?.first?[3] as? Double == 0)
    #expect((found["nodes"] as? [String])?.contains("unused") == true)
  }

  @Test(.enabled(if: Python.isThere, Python.missing))
  func theServerTellsOfTwoRunsAndForgetsWhatACrashLeft() throws {
    let folder = try TemporaryFolder()
    let first = try SummaryWriter("\(folder.path)/train", pendingLimit: 1)
    for step in 1...5 { try first.add(scalar: Double(step), tag: "loss", step: step) }
    // Files of one second are told by their numbers, the later file is the one that goes on.
    let second = try SummaryWriter("\(folder.path)/train", goingOnAfter: 3)
    for step in 4...6 { try second.add(scalar: Double(step * 10), tag: "loss", step: step) }
    try second.flush()
    let test = try SummaryWriter("\(folder.path)/test", pendingLimit: 1)
    try test.add(scalar: 0.5, tag: "loss", step: 3)

    let found = try Python.readEvents("--serve", folder.path)
    let train = try #require(found["train"] as? [String: [[Double]]])
    #expect(train["loss"] == [[1, 1], [2, 2], [3, 3], [4, 40], [5, 50], [6, 60]])
    #expect((found["test"] as? [String: [[Double]]])?["loss"] == [[3, 0.5]])
  }

  @Test func eventsWaitUntilThereAreTen() throws {
    let folder = try TemporaryFolder()
    var writer: SummaryWriter? = try SummaryWriter(folder.path)
    let start = try folder.onlyFile().count
    #expect(start > 0)
    for step in 1...9 { try writer!.add(scalar: 1, tag: "x", step: step) }
    #expect(try folder.onlyFile().count == start)
    try writer!.add(scalar: 1, tag: "x", step: 10)
    let ten = try folder.onlyFile().count
    #expect(ten > start)
    try writer!.add(scalar: 1, tag: "x", step: 11)
    #expect(try folder.onlyFile().count == ten)
    writer = nil
    #expect(try folder.onlyFile().count > ten)
  }

  @Test func recordsAreWholeWithTheirChecksums() throws {
    let folder = try TemporaryFolder()
    let writer = try SummaryWriter(folder.path)
    try writer.add(scalar: 2, tag: "x", step: 3)
    try writer.flush()
    let bytes = try folder.onlyFile()
    // The first record: a wall time, `brain.Event:2`, and who wrote it.
    let length = Int(bytes[0])
    #expect(bytes[1..<8].allSatisfy { $0 == 0 })
    #expect(String(decoding: bytes[12..<12 + length], as: UTF8.self).contains("brain.Event:2"))
    // The second one is the number: field 2 of the event is the step.
    let second = 12 + length + 4
    let record = bytes[(second + 12)...].prefix(Int(bytes[second]))
    #expect(record.dropFirst(9).starts(with: [0x10, 3]))
    #expect(bytes.count == second + 12 + record.count + 4)
  }

  @Test func writersOfOneFolderHaveFilesOfTheirOwn() throws {
    let folder = try TemporaryFolder()
    let writers = try (0..<3).map { _ in try SummaryWriter(folder.path) }
    #expect(Set(writers.map(\.path)).count == 3)
    #expect(throws: TensorError.self) { try SummaryWriter(writers[0].path) }
  }

  @Test func aRunIsLoggedWithItsVariables() throws {
    let folder = try TemporaryFolder()
    let source = """
      variable weights = ones([3])
      variable count: Float32 = 0
      output loss = sum(square(weights))
      target train = minimize(loss, by: .adam(learningRate: 0.1))
      """
    let compiled = try GraphCompiler().compile(SourceFile(name: "model.graph", text: source))
    let session = try Session(compiled.frozen())
    try session.initializeVariables()
    let log = try TrainingLog(folder.path, of: session)
    try log.didStep(StepResults(number: 1, names: ["loss"], values: [3]))
    try log.didEndEpoch(EpochResults(epoch: 0, step: 1, names: ["loss"], values: [2]))
    try log.didFinish()
    let text = String(decoding: try folder.onlyFile(in: "train"), as: UTF8.self)
    #expect(text.contains("weights"))
    // Tags are in the summaries; the graph holds the names of the slots, too, as nodes.
    let tests = String(decoding: try folder.onlyFile(in: "test"), as: UTF8.self)
    #expect(tests.contains("loss") && !tests.contains("weights"))
  }
}
