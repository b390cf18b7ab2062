import CCallCounting

/// Counts what warm runs must not do, in all threads of this process.
package enum CallCounter: String, Sendable {
  /// Allocations of memory.
  case allocations
  /// Retains of objects. They are not counted in builds for debugging: without optimisation the
  /// compiler retains where it need not.
  case retains

  /// Those that count here.
  package static var all: [CallCounter] {
    var all: [CallCounter] = []
    if allocations_are_counted() != 0 { all.append(.allocations) }
    #if !DEBUG
      if retains_are_counted() != 0 { all.append(.retains) }
    #endif
    return all
  }

  /// The calls during `body`.
  package func count(_ body: () throws -> Void) rethrows -> Int {
    begin()
    defer { _ = end() }
    try body()
    return end()
  }

  /// The least count of three rounds, and where the calls of the last came from: what the process
  /// itself does now and then is not in every round.
  package func least(_ body: () throws -> Void) rethrows -> (count: Int, places: [String]) {
    var least = Int.max
    for _ in 0..<3 where least > 0 { least = min(least, try count(body)) }
    return (least, least == 0 ? [] : Set((0..<256).map { place($0) }).sorted())
  }

  // Plain calls: closures would be retained while they count.

  private func begin() {
    switch self {
    case .allocations: allocations_begin()
    case .retains: retains_begin()
    }
  }

  private func end() -> Int {
    switch self {
    case .allocations: allocations_end()
    case .retains: retains_end()
    }
  }

  private func place(_ number: Int32) -> String {
    switch self {
    case .allocations: String(cString: allocations_place(number))
    case .retains: String(cString: retains_place(number))
    }
  }
}
