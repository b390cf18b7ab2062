import CAllocationCounter
import StaticGraph
import Testing

/// A warm run of a bound call retains nothing.
///
/// The runs are counted in a process of their own, in which no other test retains. Without
/// optimisation the compiler retains where it need not.
@Suite(.enabled(if: areRetainsCounted(), "retains are not counted here"))
struct RetainTests {
  private final class Object {}

  @Test func theCounterCounts() async {
    await #expect(processExitsWith: .success) {
      let object = Object()
      retains_begin()
      let objects = [Object](repeating: object, count: Int.random(in: 100...200))
      let count = retains_end()
      #expect(count > 0 && objects.count >= 100)
    }
  }

  @Test func aRunOnOneThreadRetainsNothing() async {
    await #expect(processExitsWith: .success) { try RetainTests.countAll(threads: 1) }
  }

  @Test func aRunOnTwoThreadsRetainsNothing() async {
    await #expect(processExitsWith: .success) { try RetainTests.countAll(threads: 2) }
  }

  static func countAll(threads: Int) throws {
    for program in AllocationProgram.all {
      let call = try program.warmCall(threads: threads)
      // What the process itself retains now and then is not in every round.
      var least = Int.max
      for _ in 0..<3 {
        retains_begin()
        for _ in 0..<4 { try call.run() }
        least = min(least, retains_end())
      }
      let places = Set((0..<256).map { String(cString: retains_place(Int32($0))) })
      #expect(
        least == 0,
        "\(program.name), \(threads) threads: \(least) retains in 4 runs, at\(places.sorted())")
    }
  }
}

private func areRetainsCounted() -> Bool {
  #if DEBUG
    false
  #else
    retains_are_counted() != 0
  #endif
}
