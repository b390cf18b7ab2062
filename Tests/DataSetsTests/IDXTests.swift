import Tensors
import Testing

@testable import DataSets

@Suite("IDX files")
struct IDXTests {
  @Test("Every type of elements becomes the fitting one")
  func types() throws {
    #expect(try Tensor(idx: idx([3], [0, 127, 255])) == Tensor([0, 127, 255] as [UInt8]))
    #expect(try Tensor(idx: idx(type: 9, [2], [0x80, 0x7F])) == Tensor([-128, 127] as [Int8]))
    #expect(
      try Tensor(idx: idx(type: 0x0B, [2], [0x01, 0x02, 0xFF, 0xFE]))
        == Tensor([0x0102, -2] as [Int16]))
    #expect(
      try Tensor(idx: idx(type: 0x0C, [1], [0x80, 0, 0, 1])) == Tensor([Int32.min + 1]))
    #expect(
      try Tensor(idx: idx(type: 0x0D, [1, 2], [0x3F, 0xC0, 0, 0, 0xC0, 0, 0, 0]))
        == Tensor([1.5, -2] as [Float], dimensions: [1, 2]))
    #expect(
      try Tensor(idx: idx(type: 0x0E, [], [0xBF, 0xE0, 0, 0, 0, 0, 0, 0])) == Tensor(-0.5))
    #expect(try Tensor(idx: idx([0, 0xFFFF_FFFF], [])).dimensions == [0, 0xFFFF_FFFF])
  }

  @Test("Gzip data is told by its bytes, in one member or several")
  func compressed() throws {
    let elements = (0..<5000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
    let data = idx([50, 100], elements)
    let expected = try Tensor(elements, dimensions: [50, 100])
    #expect(try Tensor(idx: gzip(data)) == expected)
    #expect(try Tensor(idx: gzip(Array(data[..<99])) + gzip(Array(data[99...]))) == expected)
    #expect(try Tensor(idx: gzip([]) + gzip(data) + [0, 0, 0]) == expected)
    try withTemporaryFolder { folder in
      try write(gzip(data), to: folder + "/anything")
      #expect(try Tensor(idxFile: folder + "/anything") == expected)
    }
  }

  @Test("What is no IDX data is refused with the place")
  func wrongHeader() throws {
    #expect(
      message { try Tensor(idx: [0x89, 0x50, 0x4E, 0x47]) }
        == "'IDX data': this is no IDX data: bytes 0 0 were expected at byte 0, found 137 80")
    #expect(
      message { try Tensor(idx: idx(type: 10, [1], [0])) }.hasSuffix(
        "a type of elements (8, 9, 11, 12, 13 or 14) was expected at byte 2, found 10"))
    #expect(
      message { try Tensor(idx: []) }.hasSuffix(
        "the header takes 4 bytes from byte 0 on, but the file ends after byte 0"))
    #expect(message { try Tensor(idxFile: "/nowhere/at all") }.contains("/nowhere/at all"))
  }

  @Test("Data that is shorter or longer than its header says is refused")
  func wrongSize() throws {
    let data = idx(type: 0x0C, [2, 2], [UInt8](repeating: 1, count: 16))
    for count in data.indices {
      #expect(throws: TensorError.self) { try Tensor(idx: Array(data[..<count])) }
    }
    #expect(
      message { try Tensor(idx: Array(data.dropLast())) }.hasSuffix(
        "an array of sizes [2, 2] of Int32 takes 16 bytes from byte 12 on, but the file ends "
          + "after byte 27"))
    #expect(
      message { try Tensor(idx: data + [0]) }.hasSuffix(
        "the end was expected at byte 28, but more bytes follow"))
  }

  @Test("Sizes beyond the limit, memory or the file are refused before memory is asked for")
  func hugeSizes() throws {
    let huge = 0xFFFF_FFFF
    for sizes in [[huge, huge], [huge, huge, huge], [Int](repeating: 255, count: 255)] {
      #expect(message { try Tensor(idx: idx(sizes, [])) }.contains("more than the limit"))
    }
    #expect(message { try Tensor(idx: idx([huge], [])) }.contains("takes 4294967295 bytes"))
    #expect(
      message { try Tensor(idx: idx([200], [UInt8](repeating: 0, count: 200)), limit: 199) }
        .hasSuffix("the sizes [200] of UInt8 at byte 4 are more than the limit of 199 bytes"))
    // A byte of gzip data expands to 1032 at most.
    let claim = gzip(idx([0x1000_0000], [1, 2, 3]))
    #expect(
      message { try Tensor(idx: claim) }.hasSuffix(
        "takes 268435456 bytes from byte 8 of the decompressed data on, but \(claim.count) bytes "
          + "of gzip data cannot hold them"))
  }

  @Test("Damaged gzip data is refused with the place")
  func damagedGzip() throws {
    let elements = (0..<5000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
    let data = gzip(idx([5000], elements))
    for count in stride(from: 2, to: data.count, by: 7) {
      #expect(message { try Tensor(idx: Array(data[..<count])) }.contains("'IDX data': "))
    }
    #expect(
      message { try Tensor(idx: Array(data.dropLast())) }.hasSuffix(
        "the gzip data is cut off: it ends after \(data.count - 1) bytes, before its checksum"))
    var checksum = data
    checksum[data.count - 5] ^= 1
    #expect(message { try Tensor(idx: checksum) }.contains("incorrect data check"))
    var method = data
    method[2] = 9
    #expect(
      message { try Tensor(idx: method) }.contains(
        "damaged before byte 4: unknown compression method"))
    #expect(
      message { try Tensor(idx: data + [1, 2]) }.hasSuffix(
        "2 bytes that are no gzip data follow its end at byte \(data.count)"))
    let short = gzip(idx([5000], Array(elements.dropLast())))
    #expect(
      message { try Tensor(idx: short) }.hasSuffix(
        "takes 5000 bytes from byte 8 of the decompressed data on, but there are 4999"))
    let long = gzip(idx([5000], elements + [0]))
    #expect(
      message { try Tensor(idx: long) }.hasSuffix(
        "the end was expected at byte 5008 of the decompressed data, but more bytes follow"))
  }
}
