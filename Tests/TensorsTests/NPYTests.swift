import Foundation
import Testing

@testable import Tensors

/// `.npy` data of a header's text and elements.
func npyData(
  _ header: String, _ elements: [UInt8] = [], version: UInt8 = 1
) -> [UInt8] {
  let count = header.utf8.count
  let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + Array(header.utf8) + elements
}

@Suite("npy")
struct NPYTests {
  @Test("The bytes are those of numpy.save")
  func bytes() throws {
    let data = try Tensor([1, 2, 3] as [Int16]).npy()
    let header = "{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }"
    let padding = String(repeating: " ", count: 60) + "\n"
    #expect(data.count == 128 + 6)
    #expect(Array(data.prefix(10)) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0])
    #expect(String(decoding: data[10..<128], as: UTF8.self) == header + padding)
    #expect(Array(data.suffix(6)) == [1, 0, 2, 0, 3, 0])
  }

  @Test("Every type of elements but BFloat16 and String comes back", arguments: DataType.allCases)
  func roundTrip(dataType: DataType) throws {
    for dimensions in [[], [0], [3], [2, 3], [2, 0, 4], [1, 2, 3, 4]] {
      let count = Shape.elementCount(of: dimensions)!
      let numbers = try Tensor((0..<count).map { Int8($0) }, dimensions: dimensions)
      guard dataType != .string else {
        #expect(throws: TensorError.self) { try Tensor("a").npy() }
        continue
      }
      let tensor = try numbers.converted(to: dataType)
      guard dataType != .bfloat16 else {
        #expect(message { _ = try tensor.npy() }.contains("convert the tensor to Float32"))
        continue
      }
      #expect(try Tensor(npy: tensor.npy()) == tensor)
      try withTemporaryFolder { folder in
        try tensor.writeNPY(to: folder + "/a.npy")
        #expect(try readFile(folder + "/a.npy", limit: 1000) == tensor.npy())
        #expect(try Tensor(npyFile: folder + "/a.npy") == tensor)
      }
    }
  }

  @Test("Big-endian elements are swapped")
  func bigEndian() throws {
    let header = "{'descr': '>i4', 'fortran_order': False, 'shape': (2,), }\n"
    #expect(
      try Tensor(npy: npyData(header, [0, 0, 1, 2, 0xFF, 0xFF, 0xFF, 0xFE]))
        == Tensor([258, -2] as [Int32]))
  }

  @Test("Fortran order is transposed")
  func fortranOrder() throws {
    let header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }\n"
    #expect(
      try Tensor(npy: npyData(header, [1, 4, 2, 5, 3, 6]))
        == Tensor([1, 2, 3, 4, 5, 6] as [UInt8], dimensions: [2, 3]))
  }

  @Test("Versions 1.0, 2.0 and 3.0 are read", arguments: [1, 2, 3] as [UInt8])
  func versions(version: UInt8) throws {
    let header = "{\"descr\":'=f8',\t'shape':(1L,) ,'fortran_order':False}"
    let data = npyData(header, [0, 0, 0, 0, 0, 0, 0xF8, 0x3F], version: version)
    #expect(try Tensor(npy: data) == Tensor([1.5]))
  }

  @Test("Strings lose their padding")
  func strings() throws {
    let bytes = "{'descr': '|S3', 'fortran_order': False, 'shape': (2,), }"
    #expect(
      try Tensor(npy: npyData(bytes, [0x61, 0, 0, 0x62, 0, 0x63])).strings()
        == [[0x61], [0x62, 0, 0x63]])
    let text = "{'descr': '>U2', 'fortran_order': False, 'shape': (), }"
    #expect(
      try Tensor(npy: npyData(text, [0, 0, 0, 0xE9, 0, 0, 0, 0])).strings() == [[0xC3, 0xA9]])
    #expect(
      message { _ = try Tensor(npy: npyData(text, [0, 0, 0xD8, 0, 0, 0, 0, 0])) }
        .contains("no Unicode scalar"))
  }

  @Test("Booleans of other bytes than 0 and 1 are true")
  func booleans() throws {
    let header = "{'descr': '|b1', 'fortran_order': False, 'shape': (3,), }"
    #expect(try Tensor(npy: npyData(header, [0, 1, 7])) == Tensor([false, true, true]))
  }

  @Test(
    "A header that is not understood is refused",
    arguments: [
      ("", "'{' is expected"),
      ("{}", "lacks one of"),
      ("{'descr': '<f4', 'fortran_order': False}", "lacks one of"),
      ("{'descr': '<f4', 'descr': '<f4'}", "'descr' is unknown or repeated"),
      ("{'extra': 1}", "'extra' is unknown or repeated"),
      ("{'descr': '<f4'", "'}' is expected"),
      ("{'descr: 4", "a string does not end"),
      ("{'descr': '<f\\x34'}", "printable ASCII"),
      ("{'fortran_order': 1}", "True or False is expected"),
      ("{'shape': (3)}", "not a tuple"),
      ("{'shape': (-3,)}", "a size is expected"),
      ("{'shape': (1 2)}", "a comma or ')' is expected"),
      ("{'shape': (99999999999999999999,)}", "larger than any memory"),
      ("{'shape': (" + String(repeating: "1,", count: 65) + ")}", "more than 64 sizes"),
      ("{'descr': [('a', '<f4')]}", "records with fields"),
      ("{'descr': '<f4', 'fortran_order': False, 'shape': ()} x", "text follows"),
    ])
  func damagedHeaders(header: String, reason: String) {
    let text = message { _ = try Tensor(npy: npyData(header, [0, 0, 0, 0])) }
    #expect(text.contains(reason), "\(text)")
  }

  @Test(
    "A type that no tensor holds is refused",
    arguments: [
      "|O", "<c16", "<M8[ns]", "<f16", "|V4", "f", "", "<", "|S0", "<i3", "<f-4", "<f+4", "b2", "é",
      "<U4611686018427387904",
    ])
  func types(descriptor: String) {
    let header = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (), }"
    #expect(throws: TensorError.self) { try Tensor(npy: npyData(header, [0, 0, 0, 0])) }
    if descriptor == "|O" {
      let text = message { _ = try Tensor(npy: npyData(header)) }
      #expect(text.contains("Python objects"))
    }
  }

  @Test("Header and data must agree, whatever the header claims")
  func sizes() throws {
    func refusal(_ shape: String, _ count: Int) -> String {
      let header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
      return message { _ = try Tensor(npy: npyData(header, [UInt8](repeating: 0, count: count))) }
    }
    #expect(
      refusal("(3,)", 8)
        == "the header promises 12 bytes of elements of shape [3], but there are 8")
    #expect(refusal("(1,)", 8).contains("promises 4 bytes"))
    #expect(refusal("(1099511627776, 4)", 8).contains("promises 17592186044416 bytes"))
    #expect(refusal("(4611686018427387904, 4)", 8).contains("larger than any memory"))
    #expect(refusal("(4611686018427387904,)", 8).contains("too many"))
    #expect(refusal("(4611686018427387904, 0)", 1).contains("promises 0 bytes"))
    let empty = "{'descr': '<f4', 'fortran_order': True, 'shape': (4611686018427387904, 0), }"
    #expect(try Tensor(npy: npyData(empty)).dimensions == [1 << 62, 0])
  }

  @Test("Versions, magic and lengths are checked, with the path in the message")
  func preamble() throws {
    #expect(message { _ = try Tensor(npy: [] as [UInt8]) }.contains("ends within its header"))
    #expect(message { _ = try Tensor(npy: Array("PK\u{3}\u{4}aaaaaa".utf8)) }.contains("no npy"))
    #expect(message { _ = try Tensor(npy: npyData("{}", version: 4)) }.contains("version 4.0"))
    let long = [0x93] + Array("NUMPY".utf8) + [2, 0, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(message { _ = try Tensor(npy: long) }.contains("4294967295 bytes"))
    try withTemporaryFolder { folder in
      let path = folder + "/bad.npy"
      try writeFileAtomically(path, bytes: long)
      #expect(message { _ = try Tensor(npyFile: path) }.hasPrefix("'\(path)': the header"))
      #expect(message { _ = try Tensor(npyFile: path, limit: 5) }.contains("limit of 5"))
      #expect(message { _ = try Tensor(npyFile: folder) }.contains("Is a directory"))
      #expect(message { _ = try Tensor(npyFile: folder + "/no.npy") }.contains("No such file"))
    }
    let deep = try Tensor([1.0], dimensions: Array(repeating: 1, count: 65))
    #expect(message { _ = try deep.npy() }.contains("no more than 64 dimensions"))
  }
}
