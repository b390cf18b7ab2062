import Foundation
import Tensors
import Testing

@testable import Checkpoints

/// Checkpoints in each format that there is.
@Suite struct WritingTests {
  private static let files: [(String, Checkpoint.Format)] = [
    ("model.npz", .npz), ("model.safetensors", .safetensors), ("model-100", .bundle),
  ]

  @Test(arguments: files) func whatIsWrittenIsRead(file: String, format: Checkpoint.Format) throws {
    var tensors = try sampleTensors().filter { $0.value.dataType != .string }
    if format == .npz { tensors = tensors.filter { (try? $0.value.npy()) != nil } }
    tensors["deep/er/w/Adam_1"] = Tensor([Float(1), 2])
    try withTemporaryFolder { folder in
      let path = "\(folder)/\(file)"
      #expect(try Checkpoint.write(tensors, to: path) == format)
      let checkpoint = try Checkpoint.open(path)
      #expect(checkpoint.format == format)
      #expect(try checkpoint.tensors() == tensors)
      let first = try names(in: folder).map { try contents("\(folder)/\($0)") }
      try Checkpoint.write(tensors, to: path)
      #expect(try names(in: folder).map { try contents("\(folder)/\($0)") } == first)
    }
  }

  @Test func whatIsStoppedInBetweenIsTidiedUp() throws {
    try withTemporaryFolder { folder in
      let run = try CheckpointFolder(folder)
      try run.write(["step": 1], step: 1)
      let abandoned = "\(folder)/.staticgraph-12ab.temporary"
      try Data([1, 2, 3]).write(to: URL(fileURLWithPath: abandoned))
      try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/.staticgraph-notes"))
      // What is being written has a lock, and is left alone.
      try writeFileAtomically("\(folder)/busy") { write in
        #expect(try run.deleteAbandonedFiles() == 1)
        try [UInt8]("whole".utf8).withUnsafeBytes(write)
      }
      #expect(try String(decoding: contents("\(folder)/busy"), as: UTF8.self) == "whole")
      #expect(
        try names(in: folder) == [
          ".staticgraph-notes", "busy", "checkpoint", "model-1.data-00000-of-00001",
          "model-1.index",
        ])
    }
  }

  @Test func whatWasToBeDeletedIsDeletedTheNextTime() throws {
    try withTemporaryFolder { folder in
      let run = try CheckpointFolder(folder, keeping: 1)
      try run.write(["step": 1], step: 1)
      // As a process leaves it that is stopped before it deletes the first one.
      try Checkpoint.write(["step": 2], prefix: "\(folder)/model-2")
      try CheckpointState(latest: "model-2", all: ["model-1", "model-2"]).write(folder: folder)
      try run.write(["step": 3], step: 3)
      #expect(
        try names(in: folder) == ["checkpoint", "model-3.data-00000-of-00001", "model-3.index"])
      #expect(try CheckpointState(folder: folder).all == ["model-3"])
    }
  }

  /// Whether tensors beyond 2 GiB are tried, which takes 5 GiB of memory and 3 GiB of disk.
  private static let triesLarge =
    ProcessInfo.processInfo.environment["STATICGRAPH_LARGE_CHECKPOINTS"] != nil

  @Test(.enabled(if: triesLarge, "STATICGRAPH_LARGE_CHECKPOINTS=1 asks for it"), arguments: files)
  func aTensorOverTwoGibibytes(file: String, format: Checkpoint.Format) throws {
    let count = (1 << 31) + 4099
    let large = try Tensor(uninitialized: .uint8, dimensions: [count]) { bytes in
      for position in stride(from: 0, to: count, by: 1 << 12) {
        bytes[position] = UInt8(truncatingIfNeeded: position >> 12)
      }
      bytes[count - 1] = 77
    }
    try withTemporaryFolder { folder in
      let path = "\(folder)/\(file)"
      let start = ContinuousClock.now
      try Checkpoint.write(["large": large, "small": Tensor(Float(5))], to: path)
      let middle = ContinuousClock.now
      let checkpoint = try Checkpoint.open(path)
      #expect(try checkpoint.tensor(named: "small") == Tensor(Float(5)))
      let read = try checkpoint.tensor(named: "large")
      print("\(format): written in \(middle - start), read in \(ContinuousClock.now - middle)")
      #expect(read.dimensions == [count])
      let isSame = large.withUnsafeBytes { left in
        read.withUnsafeBytes { right in
          memcmp(left.baseAddress!, right.baseAddress!, count) == 0
        }
      }
      #expect(isSame)
    }
  }
}
