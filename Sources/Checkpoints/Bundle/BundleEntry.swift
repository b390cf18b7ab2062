import Tensors

/// What a bundle's index says of one tensor: TensorFlow's `BundleEntryProto`.
struct BundleEntry: Equatable {
  /// The most dimensions that a tensor may have, in TensorFlow as well.
  static let maximumRank = 254
  /// The most parts that a tensor may be stored in.
  static let maximumSliceCount = 4096

  /// TensorFlow's number for the type of the elements.
  var typeNumber: Int32 = 0
  var dimensions: [Int] = []
  /// In which data file the elements are, where in it, and how many bytes they take.
  var shard = 0
  var offset = 0
  var byteCount = 0
  /// The checksum of these bytes, masked.
  var checksum: UInt32 = 0
  /// The parts in which the tensor is stored; without any it is stored as a whole.
  var slices: [BundleSlice] = []
  /// Where in the index the entry stands.
  var place = 0

  /// The type of the elements, or `nil` when no tensor of ours holds it.
  var dataType: DataType? { DataType(rawValue: typeNumber) }

  init() {}

  init(_ reader: ByteReader) throws {
    place = reader.position
    var rest = reader
    var hasShape = false
    while let field = try MessageField(&rest) {
      switch field.number {
      case 1:
        typeNumber = Int32(truncatingIfNeeded: try field.integer("the type of a tensor"))
      case 2:
        guard !hasShape else { throw field.failure("the shape of a tensor stands twice") }
        hasShape = true
        dimensions = try Self.dimensions(field.message("the shape of a tensor"))
      case 3: shard = try field.count("the number of a data file")
      case 4: offset = try field.count("where a tensor begins")
      case 5: byteCount = try field.count("the size of a tensor")
      case 6: checksum = try field.bits("the checksum of a tensor")
      case 7:
        guard slices.count < Self.maximumSliceCount else {
          throw field.failure("a tensor is in more than \(Self.maximumSliceCount) parts")
        }
        slices.append(try BundleSlice(field.message("a part of a tensor")))
      default: break
      }
    }
  }

  private static func dimensions(_ reader: ByteReader) throws -> [Int] {
    var rest = reader
    var result: [Int] = []
    while let field = try MessageField(&rest) {
      switch field.number {
      case 2:
        guard result.count < maximumRank else {
          throw field.failure("a tensor has more than \(maximumRank) dimensions")
        }
        var dimension = try field.message("a dimension")
        var size = 0
        while let part = try MessageField(&dimension) {
          if part.number == 1 { size = try part.count("the size of a dimension") }
        }
        result.append(size)
      case 3:
        guard try field.integer("whether the rank is unknown") == 0 else {
          throw field.failure("a stored tensor has an unknown rank")
        }
      default:
        break
      }
    }
    return result
  }

  var bytes: [UInt8] {
    var shape: [UInt8] = []
    for size in dimensions {
      var dimension: [UInt8] = []
      dimension.append(field: 1, integer: size)
      shape.append(field: 2, message: dimension)
    }
    var result: [UInt8] = []
    result.append(field: 1, integer: Int(typeNumber))
    result.append(field: 2, message: shape)
    result.append(field: 3, integer: shard)
    result.append(field: 4, integer: offset)
    result.append(field: 5, integer: byteCount)
    result.append(field: 6, bits: checksum)
    for slice in slices { result.append(field: 7, message: slice.bytes) }
    return result
  }

  /// The name of a type that TensorFlow stores, as it writes it.
  static func typeName(_ number: Int32) -> String {
    if let dataType = DataType(rawValue: number) { return dataType.name }
    let names: [Int32: String] = [
      8: "complex64", 11: "qint8", 12: "quint8", 13: "qint32", 15: "qint16", 16: "quint16",
      18: "complex128", 20: "resource", 21: "variant", 24: "float8_e5m2", 25: "float8_e4m3fn",
      29: "int4", 30: "uint4",
    ]
    return names[number] ?? "TensorFlow's number \(number)"
  }
}
