import Foundation
import PythonSupport
import Tensors
import Testing

@testable import Checkpoints

@Suite(.enabled(if: Python.isThere, Python.missing)) struct TensorFlowTests {
  @Test func whatTensorFlowWroteIsRead() throws {
    try withTemporaryFolder { folder in
      _ = try Python.run("write", folder)
      try readTypes(folder)
      try readManyParts(folder)
      try readSaver(folder)
    }
  }

  private func readTypes(_ folder: String) throws {
    let checkpoint = try Checkpoint.open(folder + "/types")
    var tensors: [String: Tensor] = [:]
    for name in checkpoint.names where name != "complex" {
      tensors[name] = try checkpoint.tensor(named: name)
    }
    let numbers = try Tensor([0, 1, 2, 3, 4, 5] as [Int32], dimensions: [2, 3])
    for dataType in DataType.allCases where dataType != .string {
      let name = dataType.name.lowercased()
      let (matrix, scalar) = (
        try numbers.converted(to: dataType), try Tensor(1).converted(to: dataType)
      )
      #expect(tensors["matrix/\(name)"] == matrix, "\(name)")
      #expect(tensors["scalar/\(name)"] == scalar, "\(name)")
    }
    #expect(tensors["empty"]?.type == TensorType(.float32, [2, 0, 3]))
    #expect(tensors["strings/none"]?.type == TensorType(.string, [0]))
    #expect(tensors["strings/scalar"] == (try Tensor(strings: [[0, 255]], dimensions: [])))
    let some = ["", "x", "größe", String(repeating: "y", count: 300)]
    #expect(tensors["strings/some"] == (try Tensor(some).reshaped(to: [2, 2])))
    #expect(tensors.count == 30)

    let entry = try #require(checkpoint.entry(named: "complex"))
    #expect((entry.storedType, entry.dataType, entry.dimensions) == ("complex64", nil, [1]))
    #expect(
      message { try checkpoint.tensor(named: "complex") }
        .hasSuffix("'complex' has elements of type complex64, which no tensor holds"))
  }

  private func readManyParts(_ folder: String) throws {
    let many = try Checkpoint.open(folder + "/many").tensors()
    #expect(many.count == 12_000)
    #expect(many["layer/011999/weights"] == Tensor(11_999 as Float))
    // Of several blocks, and the same bytes when we write it.
    try Checkpoint.write(many, prefix: folder + "/copy")
    for suffix in [".index", ".data-00000-of-00001"] {
      #expect(try contents(folder + "/copy" + suffix) == contents(folder + "/many" + suffix))
    }

    let parts = try Checkpoint.open(folder + "/parts")
    #expect(parts.names == ["a\0ÿb", "matrix", "whole"])
    #expect(
      try parts.tensor(named: "matrix")
        == Tensor(Array(0..<3500 as Range<Int32>)).reshaped(to: [5, 700]))
    #expect(try parts.tensor(named: "a\0ÿb") == Tensor(Array(0..<300_000 as Range<Int32>)))
    #expect(try parts.tensor(named: "whole") == Tensor(7 as Float))

    let shards = try Checkpoint.open(folder + "/shards").tensors()
    #expect(shards.count == 3)
    #expect(shards["tensor2"] == Tensor([2, 2, 2] as [Float]))
  }

  private func readSaver(_ folder: String) throws {
    let saver = try CheckpointFolder(folder + "/saver")
    let latest = try #require(try saver.latest())
    #expect(latest.step == 300)
    #expect(try Checkpoint.open(latest.prefix).tensors() == ["v": Tensor([1, 2] as [Float])])
    // The paths of the file begin at the root, which a moved folder makes wrong.
    let moved = folder + "/moved"
    try FileManager.default.moveItem(atPath: saver.path, toPath: moved)
    #expect(try CheckpointFolder(moved).latest()?.prefix == moved + "/model-300")
    #expect(try Checkpoint.open(moved).count == 1)
  }

  @Test func whatIsWrittenTensorFlowReads() throws {
    try withTemporaryFolder { folder in
      let tensors = try sampleTensors()
      try Checkpoint.write(tensors, prefix: folder + "/all")
      let run = try CheckpointFolder(folder + "/run größe \"x\"", keeping: 2)
      for step in [1, 2, 3] { try run.write(["v": Tensor(Float(step))], step: step) }

      let output = try Python.run("read", folder + "/all", run.path + "/model-3")
      let read = try #require(JSONSerialization.jsonObject(with: output) as? [[String: [Any]]])
      #expect(read[0].count == tensors.count)
      for (name, tensor) in tensors {
        let found = try #require(read[0][name], "\(name)")
        #expect(found[0] as? String == tensor.dataType.name.lowercased(), "\(name)")
        #expect(found[1] as? [Int] == tensor.dimensions, "\(name)")
        if tensor.dataType == .string {
          #expect(found[2] as? [String] == (try tensor.strings().map(hexadecimal)), "\(name)")
        } else {
          #expect(
            found[2] as? String == tensor.withUnsafeBytes { hexadecimal(Array($0)) }, "\(name)")
        }
      }
      #expect(read[1]["v"]?[2] as? String == "00004040")

      let state = try JSONSerialization.jsonObject(with: Python.run("latest", run.path)) as? [Any]
      #expect(state?[0] as? String == run.path + "/model-3")
      #expect(state?[1] as? [String] == [run.path + "/model-2", run.path + "/model-3"])
    }
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String(format: "%02x", $0) }.joined()
  }
}
