import CAllocationCounter
import StaticGraph
import Testing

/// A warm run of a bound call allocates nothing.
///
/// The runs are counted in a process of their own, in which no other test allocates.
@Suite(.enabled(if: allocations_are_counted() != 0, "allocations are not counted here"))
struct AllocationTests {
  @Test func theCounterCounts() async {
    await #expect(processExitsWith: .success) {
      allocations_begin()
      let array = [Int](repeating: 1, count: Int.random(in: 100...200))
      let count = allocations_end()
      #expect(count > 0 && array.count >= 100)
    }
  }

  @Test func aRunOnOneThreadAllocatesNothing() async {
    await #expect(processExitsWith: .success) { try AllocationTests.countAll(threads: 1) }
  }

  @Test func aRunOnTwoThreadsAllocatesNothing() async {
    await #expect(processExitsWith: .success) { try AllocationTests.countAll(threads: 2) }
  }

  static func countAll(threads: Int) throws {
    for program in AllocationProgram.all {
      let call = try program.warmCall(threads: threads)
      // What the process itself allocates now and then is not in every round.
      var least = Int.max
      for _ in 0..<3 {
        allocations_begin()
        for _ in 0..<4 { try call.run() }
        least = min(least, allocations_end())
      }
      let places = Set((0..<256).map { String(cString: allocations_place(Int32($0))) })
      #expect(
        least == 0,
        "\(program.name), \(threads) threads: \(least) allocations in 4 runs, at\(places.sorted())")
    }
  }
}
