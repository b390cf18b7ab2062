import Foundation
import Testing

@testable import Tensors

@Suite("Reading and replacing files")
struct FileAccessTests {
  @Test("What was written is read")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      for count in [0, 1, 300_000] {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try writeFileAtomically(path, bytes: bytes)
        #expect(try readFile(path, limit: count) == bytes)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
  }

  @Test("A failure leaves the file as it was, and no other")
  func failure() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      try writeFileAtomically(path, bytes: [1, 2, 3])
      struct Interruption: Error {}
      #expect(throws: Interruption.self) {
        try writeFileAtomically(path) { write in
          try [9, 9].withUnsafeBytes(write)
          throw Interruption()
        }
      }
      #expect(try readFile(path, limit: 10) == [1, 2, 3])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
  }

  @Test("Errors name the path and the system's reason")
  func errors() throws {
    try withTemporaryFolder { folder in
      #expect(
        message { _ = try readFile(folder + "/none", limit: 10) }
          == "cannot read '\(folder)/none': No such file or directory")
      #expect(
        message { _ = try readFile(folder, limit: 10) }
          == "cannot read '\(folder)': Is a directory")
      #expect(
        message { try writeFileAtomically(folder, bytes: []) }
          == "cannot write '\(folder)': Is a directory")
      #expect(
        message { try writeFileAtomically(folder + "/none/file", bytes: []) }
          == "cannot write '\(folder)/none/file': No such file or directory")
      #expect(throws: TensorError.self) { try readFile("", limit: 10) }
      #expect(throws: TensorError.self) { try readFile("/dev/null\0/etc/passwd", limit: 10) }
      #expect(throws: TensorError.self) { try writeFileAtomically("", bytes: []) }
      #expect(throws: TensorError.self) { try writeFileAtomically("\(folder)/a\0b", bytes: []) }
      #expect(throws: TensorError.self) { try writeFileAtomically(folder + "/", bytes: []) }
    }
  }

  @Test("A file of more bytes than the limit is refused, one without an end too")
  func limits() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      try writeFileAtomically(path, bytes: [1, 2, 3])
      #expect(message { _ = try readFile(path, limit: 2) }.contains("the limit of 2"))
      #expect(message { _ = try readFile("/dev/zero", limit: 1000) }.contains("limit of 1000"))
    }
  }

  @Test("Permissions are kept and links are followed")
  func permissionsAndLinks() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      try writeFileAtomically(path, bytes: [1])
      let manager = FileManager.default
      try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try manager.createSymbolicLink(atPath: folder + "/link", withDestinationPath: path)
      try writeFileAtomically(folder + "/link", bytes: [2])
      #expect(try readFile(path, limit: 10) == [2])
      let attributes = try manager.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect(
        try manager.destinationOfSymbolicLink(atPath: folder + "/link") == path)
    }
  }

  @Test("What cannot be written is told beforehand, and nothing is left behind")
  func writable() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      try checkIsWritable(path)
      try checkIsWritable("/dev/null")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
      try writeFileAtomically(path, bytes: [1])
      try checkIsWritable(path)
      #expect(try readFile(path, limit: 10) == [1])
      #expect(
        message { try checkIsWritable(folder + "/none/file") }
          == "cannot write '\(folder)/none/file': No such file or directory")
      #expect(message { try checkIsWritable(folder) } == "cannot write '\(folder)': Is a directory")
    }
  }

  @Test("A device is written in place and never replaced")
  func devices() throws {
    try writeFileAtomically("/dev/null", bytes: [1, 2, 3])
    #expect(throws: TensorError.self) { try replaceFile("/dev/null") { _ in } }
    #expect(try readFile("/dev/null", limit: 10) == [])
  }
}
