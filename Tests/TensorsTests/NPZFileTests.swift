import Foundation
import Testing

@testable import Tensors

@Suite("An open npz file")
struct NPZFileTests {
  @Test("Arrays are read one by one, as tensors and to where they are to lie")
  func readsOneByOne() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      let weights = try Tensor((0..<300).map { Float($0) / 7 }, dimensions: [3, 100])
      let tensors: [String: Tensor] = [
        "weights": weights, "flags": [true, false],
        "none": try Tensor(zeros: .int32, dimensions: [0, 2]),
      ]
      for compressed in [false, true] {
        try TensorArchive(tensors).writeNPZ(to: path, compressed: compressed)
        let file = try NPZFile(path, limit: 1 << 20)
        try FileManager.default.removeItem(atPath: path)
        #expect(file.entries.map(\.name) == ["flags", "none", "weights"])
        for (position, entry) in file.entries.enumerated() {
          let tensor = try #require(tensors[entry.name])
          #expect(entry.dataType == tensor.dataType && entry.dimensions == tensor.dimensions)
          #expect(try file.tensor(at: position) == tensor)
          let copy = try Tensor(uninitialized: entry.dataType, dimensions: entry.dimensions) {
            try file.read(at: position, into: $0)
          }
          #expect(copy == tensor)
        }
      }
    }
  }

  @Test(
    "Other orders of elements and of bytes, and Booleans that are neither 0 nor 1",
    .enabled(if: NumPy.isAvailable, "needs python3 with numpy"))
  func foreignOrders() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      try NumPy.run(
        """
        import sys, numpy
        grid = numpy.arange(6, dtype='i2').reshape(2, 3)
        numpy.savez(
            sys.argv[1], columns=numpy.asfortranarray(grid), big=grid.astype('>i2'),
            flags=numpy.array([0, 2, 1], 'u1').view(bool), words=numpy.array(['a', 'größe']))
        """, path)
      let grid = try Tensor((0..<6).map { Int16($0) }, dimensions: [2, 3])
      let expected: [String: Tensor] = [
        "columns": grid, "big": grid, "flags": [false, true, true],
        "words": Tensor(["a", "größe"] as [String]),
      ]
      let file = try NPZFile(path, limit: 1 << 20)
      #expect(file.entries.count == 4)
      for (position, entry) in file.entries.enumerated() {
        let tensor = try #require(expected[entry.name])
        #expect(try file.tensor(at: position) == tensor)
        #expect(entry.dataType == tensor.dataType && entry.dimensions == tensor.dimensions)
        guard entry.dataType != .string else { continue }
        var bytes = [UInt8](repeating: 9, count: tensor.elementCount * tensor.dataType.byteCount)
        try bytes.withUnsafeMutableBytes { try file.read(at: position, into: $0) }
        #expect(tensor.withUnsafeBytes { Array($0) } == bytes)
      }
    }
  }

  @Test("Damage is told of when the array is read, and no other is lost")
  func damage() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      try TensorArchive(["a": [1, 2, 3], "b": [4.5]]).writeNPZ(to: path)
      var bytes = try readFile(path, limit: 1 << 20)
      let element = try #require(
        bytes.indices.first { bytes[$0...].starts(with: [2, 0, 0, 0, 0]) })
      bytes[element] = 9
      try writeFileAtomically(path, bytes: bytes)
      let file = try NPZFile(path, limit: 1 << 20)
      var memory = [Int64](repeating: 0, count: 3)
      for text in [
        message { _ = try file.tensor(at: 0) },
        message { try memory.withUnsafeMutableBytes { try file.read(at: 0, into: $0) } },
      ] {
        #expect(text.hasPrefix("'\(path)': entry 'a.npy': ") && text.contains("CRC"), "\(text)")
      }
      #expect(try file.tensor(at: 1) == [4.5])
      let text = message {
        try memory.withUnsafeMutableBytes { try file.read(at: 1, into: $0) }
      }
      #expect(text.hasSuffix("there are 8 bytes of elements, not 24"), "\(text)")
    }
  }

  @Test("What is wrong with the file is told of when it is opened")
  func opening() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      try TensorArchive(["zeros": Tensor(zeros: .uint8, dimensions: [5000])]).writeNPZ(to: path)
      #expect(message { _ = try NPZFile(path, limit: 5000) }.contains("limit of 5000"))
      #expect(message { _ = try NPZFile(path + "x", limit: 1) }.contains("No such file"))
      #expect(message { _ = try NPZFile(folder, limit: 1) }.contains("Is a directory"))
      try writeFileAtomically(path, bytes: [1, 2, 3])
      #expect(message { _ = try NPZFile(path, limit: 1) }.contains("Not a zip archive"))
      try writeFileAtomically(path, bytes: [])
      #expect(throws: TensorError.self) { try NPZFile(path, limit: 1) }
    }
  }
}
