import CallCounting
import StaticGraph
import Testing

/// A warm run of a bound call allocates nothing and, optimised, retains nothing.
///
/// The runs are counted in a process of their own, in which no other test allocates.
@Suite(.enabled(if: CallCounter.all.contains(.allocations), "allocations are not counted here"))
struct WarmProgramTests {
  private final class Object {}

  @Test func theCountersCount() async {
    await #expect(processExitsWith: .success) {
      let object = Object()
      for counter in CallCounter.all {
        var objects: [Object] = []
        let count = counter.count {
          objects = [Object](repeating: object, count: Int.random(in: 100...200))
        }
        #expect(count > 0 && objects.count >= 100, "\(counter)")
      }
    }
  }

  @Test func runsOnOneThreadDoNothingElse() async {
    await #expect(processExitsWith: .success) { try WarmProgramTests.countAll(threads: 1) }
  }

  @Test func runsOnTwoThreadsDoNothingElse() async {
    await #expect(processExitsWith: .success) { try WarmProgramTests.countAll(threads: 2) }
  }

  static func countAll(threads: Int) throws {
    for program in WarmProgram.all {
      let call = try program.warmCall(threads: threads)
      for counter in CallCounter.all {
        let least = try counter.least { for _ in 0..<4 { try call.run() } }
        #expect(
          least.count == 0,
          "\(program.name), \(threads) threads: \(least.count) \(counter), at\(least.places)")
      }
    }
  }
}
