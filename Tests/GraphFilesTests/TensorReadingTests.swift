import GraphFiles
import Tensors
import Testing

@Suite struct TensorReadingTests {
  private typealias Wire = WireBuilder

  private func tensor(
    type: UInt64, sizes: [Int64], _ values: [UInt8]
  ) throws -> Tensor? {
    try constant(
      of: Wire.graph(tensor: Wire.field(1, varint: type) + Wire.shape(sizes) + values))
  }

  @Test func lastValueRepeats() throws {
    let values = Wire.field(7, varint: 1) + Wire.field(7, varint: 2)
    #expect(
      try tensor(type: 3, sizes: [2, 2], values)
        == Tensor([1, 2, 2, 2] as [Int32], dimensions: [2, 2]))
  }

  @Test func packedListsAreReadToo() throws {
    #expect(
      try tensor(type: 3, sizes: [3], Wire.field(7, [1, 2, 3])) == Tensor([1, 2, 3] as [Int32]))
    #expect(
      try tensor(type: 9, sizes: [2], Wire.field(10, Wire.varint(.max) + [5]))
        == Tensor([-1, 5] as [Int64]))
    #expect(
      try tensor(type: 1, sizes: [2], Wire.field(5, [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]))
        == Tensor([1, 2] as [Float]))
  }

  @Test func noValuesMeanZeros() throws {
    for type in DataType.allCases {
      let read = try tensor(type: UInt64(type.rawValue), sizes: [2, 3], [])
      #expect(try read == Tensor(zeros: type, dimensions: [2, 3]))
    }
  }

  @Test func noShapeMeansScalar() throws {
    let bytes = Wire.graph(tensor: Wire.field(1, varint: 3) + Wire.field(7, varint: 5))
    #expect(try constant(of: bytes) == Tensor(5 as Int32))
  }

  @Test func contentIsLittleEndian() throws {
    #expect(
      try tensor(type: 3, sizes: [2], Wire.field(4, [1, 0, 0, 0, 0, 1, 0, 0]))
        == Tensor([1, 256] as [Int32]))
  }

  @Test func contentWinsOverList() throws {
    #expect(
      try tensor(type: 6, sizes: [2], Wire.field(7, [9]) + Wire.field(4, [1, 2]))
        == Tensor([1, 2] as [Int8]))
  }

  @Test func anyByteIsABool() throws {
    let read = try tensor(type: 10, sizes: [3], Wire.field(4, [0, 1, 200]))
    #expect(read == Tensor([false, true, true]))
  }

  @Test func halvesAreTheirBits() throws {
    #expect(
      try tensor(type: 19, sizes: [], Wire.field(13, Wire.varint(0x3C00))) == Tensor(Float16(1)))
    #expect(
      try tensor(type: 14, sizes: [], Wire.field(13, Wire.varint(0x3F80))) == Tensor(BFloat16(1)))
  }

  @Test func stringsInContent() throws {
    #expect(
      try tensor(type: 7, sizes: [3], Wire.field(4, [1, 0, 2] + Array("abc".utf8)))
        == Tensor(["a", "", "bc"]))
  }

  @Test func lastStringRepeats() throws {
    #expect(
      try tensor(type: 7, sizes: [3], Wire.field(8, "a") + Wire.field(8, "b"))
        == Tensor(["a", "b", "b"]))
  }

  @Test func noElementsOfHugeSizes() throws {
    let read = try tensor(type: 1, sizes: [0, .max, .max], [])
    #expect(read?.elementCount == 0)
  }

  @Test func unknownTypesKeepTheirBytes() throws {
    let message = Wire.field(1, varint: 8) + Wire.field(2, []) + Wire.field(9, [0, 0, 128, 63])
    let bytes = Wire.graph(tensor: message)
    let file = try GraphFile.decode(bytes, name: "test.pb")
    #expect(
      file.nodes[0].attributes["value"] == .tensor(.uninterpreted(type: 8, message: message)))
    #expect(try Array(file.encoded().prefix(bytes.count)) == bytes)
  }
}
