import Foundation
import Tensors
import Testing

@testable import DataSets

@Suite("CIFAR-10 files")
struct CIFARTests {
  @Test("Planes become pixels, and files follow one another")
  func reading() throws {
    try withTemporaryFolder { folder in
      try write(cifarRecord(label: 9) + cifarRecord(label: 0, first: 7), to: folder + "/a")
      try write(cifarRecord(label: 4, first: 100), to: folder + "/b")
      let examples = try Examples(cifar10Files: [folder + "/a", folder + "/b"])
      #expect(examples.count == 3)
      #expect(examples.imageSizes == [32, 32, 3])
      #expect(examples.labels == Tensor([9, 0, 4] as [Int32]))
      let pixels = try examples.pixels.elements(as: UInt8.self)
      let expected = [0, 7, 100].flatMap { first in
        (0..<1024).flatMap { pixel in
          (0..<3).map { UInt8(truncatingIfNeeded: first + pixel + $0) }
        }
      }
      #expect(pixels == expected)
    }
  }

  @Test("Damaged files are refused with the place")
  func damaged() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/data_batch_1.bin"
      try write(cifarRecord(label: 1) + cifarRecord(label: 10), to: path)
      #expect(
        message { try Examples(cifar10Files: [path]) }
          == "'\(path)': a label of 0 through 9 was expected at byte 3073 (record 1), found 10")
      try write(cifarRecord(label: 1) + [5, 6], to: path)
      #expect(
        message { try Examples(cifar10Files: [path]) }
          == "'\(path)' holds 3075 bytes: records of 3073 bytes were expected, found 1 whole ones "
          + "and 2 bytes at byte 3073")
      try write([], to: path)
      #expect(message { try Examples(cifar10Files: [path]) }.contains("found 0 whole ones"))
      #expect(
        message { try Examples(cifar10Files: [folder]) }.contains("this is no regular file"))
      #expect(
        message { try Examples(cifar10Files: [folder + "/none"]) }.contains("No such file"))
      #expect(message { try Examples(cifar10Files: ["a\0b"]) }.contains("cannot read"))
      #expect(message { try Examples(cifar10Files: []) }.contains("[0, 32, 32, 3]"))
      try write(cifarRecord(label: 1) + cifarRecord(label: 2), to: path)
      #expect(
        message { try Examples(cifar10Files: [path], limit: 6145) }
          == "'\(path)' holds 6146 bytes, which passes the limit of 6145")
    }
  }

  @Test("A file that claims more bytes than any memory has is refused")
  func sparseFile() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/sparse"
      try write([], to: path)
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.truncate(atOffset: 3073 << 30)
      #expect(message { try Examples(cifar10Files: [path]) }.contains("passes the limit"))
    }
  }
}
