import ArgumentParser
import StaticGraph
import Tensors

extension GraphrunCommand {
  struct ProfileRun: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "profile",
      abstract: "Show where the time of a run goes.",
      discussion: """
        Warms up, runs, and prints two tables: the steps of each operator together, and the \
        slowest single steps.

          graphrun profile model.pb --feed image=random:1x224x224x3
          graphrun profile model.pb --target train --feed x=@x.npy --trace out.json

        GFLOP/s are additions and multiplications, GB/s bytes read and written. 'of peak' compares \
        them with what this machine was just measured to do: a product of large matrices, and a \
        copy that no cache holds. A step near either peak is as fast as it can be; one far from \
        both waits for something else, often for its own start where it is small. Above 100% of \
        the copy, the data came from a cache.

        A step such as BiasAdd+Relu does the work of several nodes at once. --trace writes the \
        latest run for ui.perfetto.dev or chrome://tracing. 'graphc build --report' lists the \
        steps without running them.
        """)

    @OptionGroup var what: RunOptions

    @Option(parsing: .unconditional, help: "How many runs to take the mean of.")
    var runs = 10

    @Option(help: ArgumentHelp("Write a trace of the latest run.", valueName: "file.json"))
    var trace: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
      guard (1...1_000_000).contains(runs) else {
        throw ValidationError("--runs takes a number from 1 to 1000000, not \(runs)")
      }
      if let trace, !trace.hasSuffix(".json") {
        throw ValidationError("--trace takes the name of a .json file, not '\(trace)'")
      }
    }

    func run() throws {
      let prepared = try PreparedRun(what)
      let threads = what.threads ?? SessionOptions().threads
      let profile = try profile(prepared)
      if let trace {
        try writeFileAtomically(trace, bytes: Array(profile.traceJSON().utf8))
      }
      let report = ProfileReport(
        profile, runs: runs, threads: threads, peak: try MachinePeak(threads: threads))
      writeOutput(json ? report.json : report.text)
    }

    private func profile(_ prepared: PreparedRun) throws -> Profile {
      let (callable, tensors) = try prepared.session.prepare(
        prepared.fetches.map(\.value), prepared.targets, prepared.feeds)
      // Where sizes depend on values, each run is planned anew in part.
      let bound = try? callable.bind(tensors)
      func run(_ profile: inout Profile) throws {
        if let bound {
          try bound.run(profile: &profile)
        } else {
          _ = try callable.run(tensors, profile: &profile)
        }
      }
      var unused = Profile()
      let start = monotonicSeconds()
      repeat { try run(&unused) } while monotonicSeconds() - start < 0.2
      var profile = Profile()
      for _ in 0..<runs { try run(&profile) }
      return profile
    }
  }
}
