import Synchronization

/// How far a session has taken the sequences of its random operators, by the names of their nodes.
///
/// All plans of a session share them, so that a sequence goes on whatever is run next.
public final class RandomPositions: Sendable {
  /// The positions that kernels are made with while this is set.
  @TaskLocal package static var current: RandomPositions?

  private let positions = Mutex<[String: RandomPosition]>([:])

  /// All sequences at their beginning.
  public init() {}

  /// The position of a node's sequence.
  package func position(of name: String) -> RandomPosition {
    positions.withLock { positions in
      if let known = positions[name] { return known }
      let new = RandomPosition()
      positions[name] = new
      return new
    }
  }

  /// The positions that are not at the beginning.
  public var values: [String: UInt64] {
    positions.withLock { $0.mapValues { $0.value.load(ordering: .relaxed) } }
      .filter { $0.value != 0 }
  }

  /// Lets the sequences go on from there, and those of other nodes from their beginning.
  public func set(_ values: [String: UInt64]) {
    positions.withLock { positions in
      for position in positions.values { position.value.store(0, ordering: .relaxed) }
    }
    for (name, value) in values { position(of: name).value.store(value, ordering: .relaxed) }
  }
}

/// How far one sequence of random numbers has been taken.
public final class RandomPosition: Sendable {
  /// The number of groups of four words that are behind.
  package let value = Atomic<UInt64>(0)
  /// What stands for the seeds where an operator states none.
  package let unstatedSeeds: (UInt64, UInt64) = (
    .random(in: .min ... .max), .random(in: .min ... .max)
  )

  package init() {}
}
