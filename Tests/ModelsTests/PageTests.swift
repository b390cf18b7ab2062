import Foundation
import PythonSupport
import StaticGraph
import Testing

/// The example of the page "Training with Sequential".
@Suite struct PageTests {
  @Test func pageShowsWhatIsRun() throws {
    let page = try String(
      contentsOf: Python.root.appendingPathComponent(
        "Sources/StaticGraph/StaticGraph.docc/TrainingWithSequential.md"), encoding: .utf8)
    let source = try String(
      contentsOf: Python.root.appendingPathComponent("Tests/ModelsTests/PageExample.swift"),
      encoding: .utf8)
    #expect(page.contains("```swift\n\(source)```"))
  }

  @Test func secondExampleBuilds() throws {
    let image = Input(shape: [32, 32, 3])
    let features = Conv2D(filters: 16, kernelSize: 3, padding: .same, activation: .relu)(image)
    let branch = Conv2D(filters: 16, kernelSize: 3, padding: .same)(features)
    let scores = Dense(10)(GlobalAveragePooling2D()(Add()([features, branch])))
    let model = try Model(inputs: image, outputs: scores)
    #expect(try model.outputs[0].shape == [nil, 10])
  }

  @Test(.enabled(if: (try? DataSet.named("mnist")) != nil, "MNIST is not on this machine"))
  func exampleLearnsDigits() throws {
    let all = try DataSet.named("mnist")
    let data = DataSet(
      name: "mnist", training: all.training.prefix(1000), test: all.test.prefix(300))
    try Python.withTemporaryFolder { folder in
      #expect(try trainDigits(data, folder: folder.path) > 0.8)
      let table = try String(
        contentsOf: folder.appendingPathComponent("log.csv"), encoding: .utf8)
      #expect(table.split(separator: "\n").count == 6)
      let file = folder.appendingPathComponent("model.pb").path
      let signature = try #require(try GraphFile.read(path: file).signature)
      #expect(signature.targets.map(\.name) == ["train"])
    }
  }
}
