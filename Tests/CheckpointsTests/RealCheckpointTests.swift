import Foundation
import Tensors
import Testing

@testable import Checkpoints

@Suite struct RealCheckpointTests {
  /// Reads a checkpoint and writes it again; the bytes must be those that TensorFlow wrote.
  private func writeAgain(_ prefix: String) throws {
    try withTemporaryFolder { folder in
      try Checkpoint.write(Checkpoint.open(prefix).tensors(), prefix: folder + "/copy")
      for suffix in [".index", ".data-00000-of-00001"] {
        #expect(try contents(folder + "/copy" + suffix) == contents(prefix + suffix), "\(suffix)")
      }
    }
  }

  @Test func squeezeNet() throws {
    guard let prefix = RealData.prefix("squeezenet/squeezenet.ckpt") else { return }
    let checkpoint = try Checkpoint.open(prefix)
    #expect(checkpoint.count == 52)
    #expect(checkpoint.entries.allSatisfy { $0.dataType == .float32 })
    #expect(checkpoint.names.first == "classifier/layer1/bias")
    let expected = TensorType(.float32, [3, 3, 3, 64])
    #expect(checkpoint.entry(named: "features/layer0/weights")?.type == expected)
    #expect(try checkpoint.tensor(named: "features/layer0/weights").type == expected)
    let elements = try checkpoint.tensors().values.reduce(0) { $0 + $1.elementCount }
    #expect(elements == 4_941_984 / 4)
    try writeAgain(prefix)
  }

  @Test func convNetWithItsOptimizer() throws {
    guard let prefix = RealData.prefix("tf1/mnist_cnn/model.ckpt-20000") else { return }
    let checkpoint = try Checkpoint.open(prefix)
    #expect(try checkpoint.tensor(named: "global_step").scalar(as: Int64.self) == 20_000)
    #expect(checkpoint.names.contains("dense/kernel"))
    try writeAgain(prefix)

    let folder = try CheckpointFolder(RealData.folder + "/tf1/mnist_cnn")
    let latest = try #require(try folder.latest())
    #expect(latest.prefix == prefix)
    #expect(latest.step == 20_000)
    #expect(try Checkpoint.open(folder.path).path == prefix)
    let state = try CheckpointState(folder: folder.path)
    #expect(state.all == ["model.ckpt-1", "model.ckpt-20000"])
  }
}
