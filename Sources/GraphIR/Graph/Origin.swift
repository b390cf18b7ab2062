import CCallSite

/// Where in the user's program or file a node was made.
public enum Origin: Hashable, Sendable {
  /// Nothing is known.
  case unknown
  /// A file and a line.
  case source(SourceLocation)
  /// An address in the running program, resolved to a line only when somebody asks.
  ///
  /// Symbolic operators such as `*` cannot be handed the line that they stand in.
  case programCounter(UInt)

  /// A line of a Swift program, as `#fileID` and `#line` give it.
  @inlinable
  public init(fileID: String, line: Int) {
    self = .source(SourceLocation(file: fileID, line: line))
  }

  /// The place, looked up in the program's debug information where it is an address.
  public var location: SourceLocation? {
    switch self {
    case .unknown: nil
    case .source(let location): location
    case .programCounter(let address): sourceLocation(ofReturnAddress: address)
    }
  }
}

extension Origin {
  /// The place that called the function which calls this one.
  ///
  /// - Parameter frames: How many further callers to skip.
  @inline(never)
  public static func caller(skipping frames: Int = 0) -> Origin {
    let address = staticgraph_return_address(Int32(clamping: frames + 1))
    return address == 0 ? .unknown : .programCounter(address)
  }

}
