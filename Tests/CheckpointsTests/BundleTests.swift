import Foundation
import Tensors
import Testing

@testable import Checkpoints

@Suite struct BundleTests {
  @Test func everyTypeComesBack() throws {
    try withTemporaryFolder { folder in
      let tensors = try sampleTensors()
      try Checkpoint.write(tensors, prefix: folder + "/model")
      #expect(try names(in: folder) == ["model.data-00000-of-00001", "model.index"])
      let checkpoint = try Checkpoint.open(folder + "/model")
      #expect(checkpoint.format == .bundle)
      #expect(checkpoint.path == folder + "/model")
      #expect(checkpoint.count == tensors.count)
      #expect(
        checkpoint.names == checkpoint.names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      #expect(try checkpoint.tensors() == tensors)
      for (name, tensor) in tensors {
        #expect(checkpoint.entry(named: name)?.type == tensor.type)
        #expect(checkpoint.entry(named: name)?.dimensions == tensor.dimensions)
      }
      #expect(checkpoint.entry(named: "none") == nil)
    }
  }

  @Test func theSameTensorsGiveTheSameBytes() throws {
    try withTemporaryFolder { folder in
      let tensors = try sampleTensors()
      for prefix in ["a", "b"] {
        let shuffled = Dictionary(uniqueKeysWithValues: tensors.shuffled())
        try Checkpoint.write(shuffled, prefix: "\(folder)/\(prefix)")
      }
      for suffix in [".index", ".data-00000-of-00001"] {
        #expect(try contents(folder + "/a" + suffix) == contents(folder + "/b" + suffix))
      }
    }
  }

  @Test func nothingIsACheckpointToo() throws {
    try withTemporaryFolder { folder in
      try Checkpoint.write([:], prefix: folder + "/model")
      #expect(try Checkpoint.open(folder + "/model").entries.isEmpty)
    }
  }

  @Test func anOpenCheckpointMayBeReplaced() throws {
    try withTemporaryFolder { folder in
      try Checkpoint.write(["x": [1.5, 2]], prefix: folder + "/model")
      let checkpoint = try Checkpoint.open(folder + "/model")
      try Checkpoint.write(["x": [7.5]], prefix: folder + "/model")
      #expect(try checkpoint.tensor(named: "x") == [1.5, 2])
      #expect(try Checkpoint.open(folder + "/model").tensor(named: "x") == [7.5])
    }
  }

  @Test func whatCannotBeWrittenLeavesNoFile() throws {
    try withTemporaryFolder { folder in
      let prefix = folder + "/model"
      #expect(message { try Checkpoint.write(["": 1], prefix: prefix) }.contains("the name of"))
      #expect(message { try Checkpoint.write(["a\0": 1], prefix: prefix) }.contains("the name of"))
      #expect(
        message { try Checkpoint.write(["x": [[1], [2, 3]]], prefix: prefix) }
          .hasPrefix("tensor 'x': "))
      let deep = try Tensor([1.0], dimensions: [Int](repeating: 1, count: 255))
      #expect(
        message { try Checkpoint.write(["x": deep], prefix: prefix) }.contains("255 dimensions"))
      #expect(try names(in: folder) == [])
      for wrong in ["", folder + "/"] {
        #expect(message { try Checkpoint.write([:], prefix: wrong) }.contains("the prefix of"))
      }
      #expect(
        message { try Checkpoint.write([:], prefix: folder + "/none/model") }
          == "cannot write '\(folder)/none/model.index': No such file or directory")
      // The data cannot be written, so that no index appears.
      try FileManager.default.createDirectory(
        atPath: prefix + ".data-00000-of-00001", withIntermediateDirectories: true)
      #expect(
        message { try Checkpoint.write([:], prefix: prefix) }
          == "cannot write '\(prefix).data-00000-of-00001': Is a directory")
      #expect(try names(in: folder) == ["model.data-00000-of-00001"])
    }
  }

  @Test func missingNames() throws {
    try withTemporaryFolder { folder in
      let prefix = folder + "/model"
      try Checkpoint.write(["dense/kernel": 1, "dense/bias": 2], prefix: prefix)
      let checkpoint = try Checkpoint.open(prefix)
      #expect(
        message { try checkpoint.tensor(named: "dense/kernels") }
          == "'\(prefix)' holds no tensor 'dense/kernels'; did you mean 'dense/kernel'?")
      #expect(
        message { try checkpoint.tensor(named: "conv") }
          == "'\(prefix)' holds no tensor 'conv'; it holds 2, as 'dense/bias'")
    }
  }

  @Test func damagedData() throws {
    try withTemporaryFolder { folder in
      let prefix = folder + "/model"
      let data = prefix + ".data-00000-of-00001"
      try Checkpoint.write(["a": Tensor([1, 2] as [Float]), "s": "text"], prefix: prefix)
      let bytes = try contents(data)
      #expect(bytes.count == 8 + 1 + 4 + 4)

      var changed = bytes
      changed[5] ^= 1
      try writeFileAtomically(data, bytes: changed)
      let checkpoint = try Checkpoint.open(prefix)
      #expect(
        message { try checkpoint.tensor(named: "a") }
          .hasPrefix("'\(data)' at byte 0: the 8 bytes of 'a' have the checksum "))
      #expect(try checkpoint.tensor(named: "s") == "text")

      changed = bytes
      changed[8] = 3
      try writeFileAtomically(data, bytes: changed)
      #expect(
        message { try Checkpoint.open(prefix).tensor(named: "s") }
          .hasPrefix("'\(data)' at byte 9: the lengths of strings have the checksum"))

      changed = bytes
      changed[bytes.count - 1] ^= 1
      try writeFileAtomically(data, bytes: changed)
      #expect(
        message { try Checkpoint.open(prefix).tensor(named: "s") }
          .hasPrefix("'\(data)' at byte 8: the 9 bytes of 's' have the checksum "))

      try writeFileAtomically(data, bytes: Array(bytes.dropLast()))
      #expect(
        message { try Checkpoint.open(prefix) }
          == "'\(data)' has 16 bytes, but '\(prefix).index' says that 's' takes 9 from byte 8 on")

      try FileManager.default.removeItem(atPath: data)
      #expect(
        message { try Checkpoint.open(prefix) }
          == "cannot read '\(data)': No such file or directory")
    }
  }

  @Test func theLimitOfATensor() throws {
    try withTemporaryFolder { folder in
      let prefix = folder + "/model"
      try Checkpoint.write(["a": try Tensor(zeros: .float64, dimensions: [4])], prefix: prefix)
      #expect(
        message { try Checkpoint.open(prefix, limit: 31).tensor(named: "a") }
          .hasSuffix("'a' takes 32 bytes, more than the limit of 31"))
      #expect(try Checkpoint.open(prefix, limit: 32).tensor(named: "a").elementCount == 4)
    }
  }
}
