import CAllocationCounter
import StaticGraph
import Testing

/// Warm runs of the samples of every operator allocate nothing and, optimised, retain nothing.
///
/// They are counted in a process of their own, in which no other test allocates.
@Suite(.enabled(if: allocations_are_counted() != 0, "allocations are not counted here"))
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
        let allocations = try least(call, allocations_begin, allocations_end, allocations_place)
        #expect(allocations.count == 0, "\(operatorType.name) allocates, at\(allocations.places)")
        #if !DEBUG
          guard retains_are_counted() != 0 else { continue }
          let retains = try least(call, retains_begin, retains_end, retains_place)
          #expect(retains.count == 0, "\(operatorType.name) retains, at\(retains.places)")
        #endif
      }
    }
    #expect(counted > 200)
  }

  /// The least count of some rounds: what the process itself does now and then is not in each.
  private static func least(
    _ call: BoundCall, _ begin: () -> Void, _ end: () -> Int,
    _ place: (Int32) -> UnsafePointer<CChar>?
  ) throws -> (count: Int, places: [String]) {
    var least = Int.max
    for _ in 0..<3 where least > 0 {
      begin()
      try call.run()
      least = min(least, end())
    }
    let places = least == 0 ? [] : Set((0..<256).map { String(cString: place($0)!) }).sorted()
    return (least, places)
  }
}
