import Foundation
import Testing

@testable import Tensors

@Suite("npz")
struct NPZTests {
  private func sample() throws -> TensorArchive {
    var archive = TensorArchive()
    try archive.append(Tensor((0..<1000).map { Float($0 / 10) }), named: "layer/weights")
    try archive.append(Tensor(3), named: "step.npy")
    try archive.append(Tensor(zeros: .bool, dimensions: [0, 2]), named: "größe")
    return archive
  }

  @Test("Stored and deflated archives come back", arguments: [false, true])
  func roundTrip(compressed: Bool) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      let archive = try sample()
      try archive.writeNPZ(to: path, compressed: compressed)
      #expect(try TensorArchive(npzFile: path) == archive)
      let bytes = try readFile(path, limit: 1 << 20)
      #expect(try TensorArchive(npz: bytes) == archive)
      #expect((bytes.count < 4000) == compressed)
      #expect(archive.names == ["layer/weights", "step", "größe"])
      #expect(archive["step"] == Tensor(3))
      #expect(archive["step.npy"] == Tensor(3))
      #expect(archive["none"] == nil)
      #expect(archive.dictionary.count == 3)
      try archive.writeNPZ(to: path, compressed: compressed)
      #expect(try readFile(path, limit: 1 << 20) == bytes)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.npz"])
    }
  }

  @Test("The same tensors give the same bytes, in the order of the names")
  func determinism() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      let tensors: [String: Tensor] = ["b": 1, "a": [2.5, 3], "c": true]
      try TensorArchive(tensors).writeNPZ(to: path)
      let first = try readFile(path, limit: 1 << 20)
      #expect(try TensorArchive(npz: first).names == ["a", "b", "c"])
      // Day 1 of month 1 of 1980, at midnight.
      #expect(Array(first[10..<14]) == [0, 0, 0x21, 0])
      try TensorArchive(tensors).writeNPZ(to: path)
      #expect(try readFile(path, limit: 1 << 20) == first)
    }
  }

  @Test("An archive of nothing is one")
  func empty() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      try TensorArchive().writeNPZ(to: path)
      #expect(try TensorArchive(npzFile: path).count == 0)
    }
  }

  @Test("Names must differ and be names")
  func names() throws {
    var archive = try sample()
    #expect(message { try archive.append(1, named: "step") }.contains("'step' comes twice"))
    #expect(throws: TensorError.self) { try archive.append(1, named: "") }
    #expect(throws: TensorError.self) { try archive.append(1, named: ".npy") }
    #expect(throws: TensorError.self) { try archive.append(1, named: "a\0b") }
    #expect(throws: TensorError.self) {
      try archive.append(1, named: String(repeating: "x", count: 70_000))
    }
    #expect(try archive == sample())
  }

  @Test("What cannot be written leaves no file")
  func refusals() throws {
    try withTemporaryFolder { folder in
      var archive = try sample()
      try archive.append(Tensor(BFloat16(1)), named: "brain")
      let text = message { try archive.writeNPZ(to: folder + "/a.npz") }
      #expect(text.contains("tensor 'brain': npy has no type for BFloat16"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
      let missing = folder + "/none/a.npz"
      #expect(
        message { try sample().writeNPZ(to: missing) }
          == "cannot write '\(missing)': No such file or directory")
    }
  }

  @Test("An archive that expands beyond the limit is refused")
  func limits() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      var archive = TensorArchive()
      try archive.append(Tensor(zeros: .uint8, dimensions: [1_000_000]), named: "zeros")
      try archive.writeNPZ(to: path, compressed: true)
      let text = message { _ = try TensorArchive(npzFile: path, limit: 1_000_000) }
      #expect(text.contains("limit of 1000000"))
      #expect(try TensorArchive(npzFile: path, limit: 1_000_128) == archive)
    }
  }

  @Test("An entry cannot claim more than its bytes can hold")
  func impossibleSizes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      try TensorArchive(["a": [1, 2, 3]]).writeNPZ(to: path, compressed: true)
      var bytes = try readFile(path, limit: 1 << 20)
      let directory = try #require(
        bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
      bytes.replaceSubrange(directory + 24..<directory + 28, with: [0, 0, 0, 0x40])
      bytes.replaceSubrange(22..<26, with: [0, 0, 0, 0x40])
      let text = message { _ = try TensorArchive(npz: bytes) }
      #expect(text.contains("claims 1073741824 bytes"), "\(text)")
    }
  }

  @Test("Stored entries are read in place, others at once")
  func mapping() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      var archive = try sample()
      let bytes = (0..<3000).map { UInt8(truncatingIfNeeded: $0 * 7) }
      try archive.append(Tensor(bytes, dimensions: [3, 1000]), named: "pixels")
      for compressed in [true, false] {
        try archive.writeNPZ(to: path, compressed: compressed)
        #expect(try TensorArchive(mappingNPZFile: path) == archive)
      }
      // The elements are those of the file: what is written into it is seen.
      let mapped = try TensorArchive(mappingNPZFile: path)
      let content = try readFile(path, limit: 1 << 20)
      let place = try #require(
        content.indices.first { content[$0...].starts(with: bytes.prefix(30)) })
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.seek(toOffset: UInt64(place))
      try file.write(contentsOf: Data([77]))
      try file.close()
      #expect(try mapped["pixels"]?.elements(as: UInt8.self).first == 77)
      let text = message { _ = try TensorArchive(mappingNPZFile: path) }
      #expect(text.hasPrefix("'\(path)': entry 'pixels.npy': ") && text.contains("CRC"), "\(text)")
      try FileManager.default.removeItem(atPath: path)
      #expect(try mapped["pixels"]?.elements(as: UInt8.self)[1] == 7)
    }
  }

  @Test("A directory that is damaged gives no other elements")
  func damagedDirectory() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      let pixels = try Tensor((0..<200).map { UInt8($0) }, dimensions: [10, 20])
      try TensorArchive(["a": pixels, "b": pixels]).writeNPZ(to: path)
      let bytes = try readFile(path, limit: 1 << 20)
      let start = try #require(
        bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
      for position in start..<bytes.count {
        var damaged = bytes
        damaged[position] ^= 0x41
        try writeFileAtomically(path, bytes: damaged)
        guard let archive = try? TensorArchive(mappingNPZFile: path) else { continue }
        for tensor in archive.tensors { #expect(tensor == pixels, "byte \(position)") }
      }
    }
  }

  @Test("Damage is found by the checksum, and other files are named as such")
  func damage() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npz"
      try TensorArchive(["a": [1, 2, 3]]).writeNPZ(to: path)
      var bytes = try readFile(path, limit: 1 << 20)
      let element = try #require(
        bytes.indices.first { bytes[$0...].starts(with: [2, 0, 0, 0, 0]) })
      bytes[element] = 9
      try writeFileAtomically(path, bytes: bytes)
      let text = message { _ = try TensorArchive(npzFile: path) }
      #expect(text.hasPrefix("'\(path)': entry 'a.npy': ") && text.contains("CRC"), "\(text)")
      try writeFileAtomically(path, bytes: [1, 2, 3])
      #expect(message { _ = try TensorArchive(npzFile: path) }.contains("Not a zip archive"))
      #expect(message { _ = try TensorArchive(npzFile: folder) }.contains("Is a directory"))
      #expect(message { _ = try TensorArchive(npzFile: path + "x") }.contains("No such file"))
      #expect(throws: TensorError.self) { try TensorArchive(npz: []) }
    }
  }
}
