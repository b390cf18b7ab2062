import CallCounting
import StaticGraph
import Testing

/// Warm runs of the samples of every operator allocate and retain nothing.
///
/// They are counted in a process of their own, in which no other test allocates, and in optimised
/// builds alone: without optimisation some functions within functions are allocated.
@Suite(.enabled(if: CallCounter.all.contains(.retains), "retains are not counted here"))
struct WarmRunTests {
  @Test func runsAllocateAndRetainNothing() async {
    await #expect(processExitsWith: .success) { try WarmRunTests.countAll() }
  }

  static func countAll() throws {
    var counted = 0
    for operatorType in testedOperators {
      for group in SampleGroup.all(of: operatorType) {
        let feeds = Array(group.feeds)
        let session = try Session(group.graph, options: SessionOptions(threads: 2))
        let callable = try session.prepare(fetches: group.fetches, feeds: feeds.map(\.key))
        // What has sizes that depend on values runs in parts, and cannot be bound.
        guard let call = try? callable.bind(feeds.map(\.value)), (try? call.run()) != nil else {
          continue
        }
        counted += 1
        for counter in CallCounter.all {
          let least = try counter.least { try call.run() }
          #expect(
            least.count == 0,
            "\(operatorType.name): \(least.count) \(counter), at\(least.places)")
        }
      }
    }
    #expect(counted > 200)
  }
}
