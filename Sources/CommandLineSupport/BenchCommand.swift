import ArgumentParser
import StaticGraph

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension GraphrunCommand {
  struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Measure how long a run takes.",
      discussion: """
        Warms up, repeats, and prints the times of the engine's run in milliseconds; results are \
        left where they are, and each fed value counts as new at each run. load_ms is the time \
        from opening the file to a session whose variables have their values, first_run_ms that \
        from there to the first result, compiling included where it was not done while the \
        variables were read.
        """)

    @OptionGroup var what: RunOptions

    @Option(parsing: .unconditional, help: "How long to measure, in seconds.")
    var seconds: Double = 2

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
      guard seconds > 0, seconds <= 3600 else {
        throw ValidationError("--seconds takes a number above 0 and up to 3600, not \(seconds)")
      }
    }

    func run() throws {
      let prepared = try PreparedRun(what)
      let start = monotonicSeconds()
      let (callable, tensors) = try prepared.session.prepare(
        prepared.fetches.map(\.value), prepared.targets, prepared.feeds)
      let call = try callable.bind(tensors)
      try call.run()
      let first = monotonicSeconds() - start
      let times = try measure(call)
      let threads = what.threads ?? SessionOptions().threads
      report(
        [("load_ms", prepared.loadSeconds * 1e3), ("first_run_ms", first * 1e3)], times.sorted(),
        threads, call)
    }

    /// The times of single runs in seconds; short runs are timed many together.
    private func measure(_ call: BoundCall) throws -> [Double] {
      let warmUp = monotonicSeconds()
      var runs = 0
      repeat {
        try call.run()
        runs += 1
      } while monotonicSeconds() - warmUp < min(0.2, seconds / 4)
      let estimate = (monotonicSeconds() - warmUp) / Double(runs)
      // The clock itself takes some tens of nanoseconds.
      let batch = max(1, Int(20e-6 / max(estimate, 1e-9)))
      var times: [Double] = []
      let start = monotonicSeconds()
      repeat {
        let before = monotonicSeconds()
        for _ in 0..<batch { try call.run() }
        times.append((monotonicSeconds() - before) / Double(batch))
      } while monotonicSeconds() - start < seconds && times.count < 1_000_000 || times.count < 3
      return times
    }

    private func report(
      _ first: [(String, Double)], _ times: [Double], _ threads: Int, _ call: BoundCall
    ) {
      let numbers =
        first + [
          ("median_ms", times[times.count / 2] * 1e3), ("min_ms", times[0] * 1e3),
          ("p90_ms", times[times.count * 9 / 10] * 1e3),
        ]
      let counts = [
        ("runs", times.count), ("threads", threads), ("steps", call.stepCount),
        ("arena_bytes", call.arenaByteCount),
      ]
      if json {
        let members = numbers.map { "\"\($0)\": \($1)" } + counts.map { "\"\($0)\": \($1)" }
        writeOutput("{\(members.joined(separator: ", "))}")
      } else {
        let lines =
          numbers.map { ($0, Tensor(rounded($1)).description) } + counts.map { ($0, "\($1)") }
        for (name, value) in lines {
          writeOutput(name + String(repeating: " ", count: 13 - name.count) + value)
        }
      }
    }

    private func rounded(_ milliseconds: Double) -> Double {
      (milliseconds * 1e6).rounded() / 1e6
    }
  }
}
