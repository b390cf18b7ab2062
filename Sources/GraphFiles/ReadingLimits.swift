/// How much a graph file may ask for before reading it is refused.
///
/// A few bytes of a file can ask for gigabytes of memory: a constant may repeat its last value, and
/// an empty message of two bytes unpacks to hundreds.
public struct ReadingLimits: Hashable, Sendable {
  /// The size of the file in bytes.
  ///
  /// Protocol buffers end at 2³¹ − 1.
  public var fileBytes = Int(Int32.max)
  /// The number of nodes.
  public var nodes = 4_000_000
  /// How deep messages may stand in one another.
  public var nesting = 64
  /// The bytes of all tensors of the file together, repeated values written out.
  public var tensorBytes = Int(Int32.max)
  /// The bytes of memory for the structure around names and tensors, apart from
  /// `overheadPerByte` for each byte of the file.
  public var overheadBytes = 256 << 20
  /// The bytes of memory for the structure around names and tensors for each byte of the file.
  ///
  /// Files of real models need about 10; hand-made ones reach 180.
  public var overheadPerByte = 32

  /// The limits that fit all files of real models.
  public init() {}
}
