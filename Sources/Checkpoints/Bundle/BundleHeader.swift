import Tensors

/// What the first entry of a bundle's index says of the whole: TensorFlow's `BundleHeaderProto`.
struct BundleHeader: Equatable {
  /// The version of the format that is written, and the newest that is read.
  static let version = 1

  /// Over how many data files the tensors are spread.
  var shardCount = 1

  init() {}

  init(_ reader: ByteReader) throws {
    var rest = reader
    shardCount = 0
    while let field = try MessageField(&rest) {
      switch field.number {
      case 1:
        shardCount = try field.integer("the number of data files")
      case 2:
        guard try field.integer("the order of bytes") == 0 else {
          throw field.failure("the data has the highest byte first; the lowest is read only")
        }
      case 3:
        try Self.checkVersion(field.message("the version"))
      default:
        break
      }
    }
    guard (1...99_999).contains(shardCount) else {
      throw reader.failure("the index counts \(shardCount) data files, but 1 to 99999 can be")
    }
  }

  private static func checkVersion(_ reader: ByteReader) throws {
    var rest = reader
    while let field = try MessageField(&rest) {
      switch field.number {
      case 2:
        let least = try field.integer("the least version of a reader")
        guard least <= version else {
          throw field.failure("version \(least) or newer must be read, but \(version) is")
        }
      case 3:
        // A list of numbers, of which each may stand alone.
        var list: [Int] = []
        if case .bytes(var numbers) = field.content {
          while !numbers.isAtEnd {
            list.append(Int(truncatingIfNeeded: try numbers.varint("a bad version")))
          }
        } else {
          list.append(try field.integer("a bad version"))
        }
        guard !list.contains(version) else {
          throw field.failure("the index asks that readers of version \(version) leave it alone")
        }
      default:
        break
      }
    }
  }

  var bytes: [UInt8] {
    var version: [UInt8] = []
    version.append(field: 1, integer: Self.version)
    var result: [UInt8] = []
    result.append(field: 1, integer: shardCount)
    result.append(field: 3, message: version)
    return result
  }
}
