import GraphIR
import Planning

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What each step of runs took.
///
/// ```swift
/// var profile = Profile()
/// for _ in 0..<10 { _ = try session.run([loss], profile: &profile) }
/// let slowest = profile.steps.max { $0.seconds < $1.seconds }
/// ```
/// Runs of the same fetches and sizes add to the same steps; a run that is planned otherwise adds
/// steps of its own behind them. A run without a profile does nothing for it.
public struct Profile: Sendable {
  /// One kernel, over all runs that were profiled.
  public struct Step: Sendable {
    /// The node that it computes.
    public let name: String
    /// The node's operator.
    public let operatorName: String
    /// The work that one run takes: its operations, and the bytes that it reads and writes.
    public let cost: Cost
    /// How often it has run.
    public internal(set) var runs = 0
    /// The seconds of all these runs together.
    public internal(set) var seconds = 0.0
    /// When its latest run began, in nanoseconds since the first run of the profile.
    public internal(set) var latestStart: UInt64 = 0
    /// The nanoseconds that its latest run took.
    public internal(set) var latestDuration: UInt64 = 0

    /// The seconds of one run; 0 where there was none.
    public var secondsPerRun: Double { runs == 0 ? 0 : seconds / Double(runs) }
  }

  /// The kernels in the order in which they run.
  public private(set) var steps: [Step] = []
  /// Where the steps of each plan begin, by the number of its pool.
  private var firstSteps: [Int: Int] = [:]
  /// When the first run began, in nanoseconds of the clock.
  private var origin: UInt64?
  /// The moments between the steps of the run under way.
  private var moments: [UInt64] = []

  /// A profile of no run.
  public init() {}

  /// The seconds of all steps of all runs together.
  public var seconds: Double { steps.reduce(0) { $0 + $1.seconds } }

  /// Adds a run of a plan.
  ///
  /// A run that fails adds nothing.
  ///
  /// - Parameter run: Runs the plan and writes the clock before each step, and behind the last.
  mutating func record(_ pool: FramePool, _ run: (UnsafeMutablePointer<UInt64>) throws -> Void)
    throws
  {
    let count = pool.plan.steps.count
    if moments.count < count + 1 { moments = Array(repeating: 0, count: count + 1) }
    try moments.withUnsafeMutableBufferPointer { try run($0.baseAddress!) }
    let first = firstStep(of: pool)
    let origin = origin ?? moments[0]
    self.origin = origin
    for number in 0..<count {
      let duration = moments[number + 1] - moments[number]
      steps[first + number].runs += 1
      steps[first + number].seconds += Double(duration) * 1e-9
      steps[first + number].latestStart = moments[number] - origin
      steps[first + number].latestDuration = duration
    }
  }

  private mutating func firstStep(of pool: FramePool) -> Int {
    if let known = firstSteps[pool.number] { return known }
    let first = steps.count
    firstSteps[pool.number] = first
    steps += pool.plan.steps.map {
      Step(name: $0.name, operatorName: $0.operatorName, cost: $0.cost)
    }
    return first
  }

  /// Nanoseconds of a clock that never goes back.
  @inline(__always)
  static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
