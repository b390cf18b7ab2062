import StaticGraph

/// A profile in words and numbers: what each kind of operator takes, and the slowest steps.
struct ProfileReport {
  /// The steps of one operator together, for one run.
  struct Group {
    var operatorName: String
    var count = 0
    var seconds = 0.0
    var operations = 0.0
    var bytes = 0.0
  }

  let profile: Profile
  let runs: Int
  let threads: Int
  let peak: MachinePeak
  /// The operators, those that take longest first.
  let groups: [Group]
  /// The steps, the slowest first.
  private let slowest: [Profile.Step]
  /// The seconds of the steps of one run.
  private let seconds: Double

  private static let shownSteps = 10

  init(_ profile: Profile, runs: Int, threads: Int, peak: MachinePeak) {
    self.profile = profile
    self.runs = runs
    self.threads = threads
    self.peak = peak
    var groups: [String: Group] = [:]
    for step in profile.steps {
      var group = groups[step.operatorName] ?? Group(operatorName: step.operatorName)
      group.count += 1
      group.seconds += step.seconds / Double(runs)
      let share = Double(step.runs) / Double(runs)
      group.operations += step.cost.operations * share
      group.bytes += step.cost.bytesMoved * share
      groups[step.operatorName] = group
    }
    self.groups = groups.values.sorted {
      ($1.seconds, $0.operatorName) < ($0.seconds, $1.operatorName)
    }
    // The first of equals stays first.
    slowest = profile.steps.enumerated().sorted {
      ($1.element.seconds, $0.offset) < ($0.element.seconds, $1.offset)
    }.map(\.element)
    seconds = profile.seconds / Double(runs)
  }

  /// The table by operator and the slowest steps.
  var text: String {
    let isShort = seconds < 1e-3
    let unit = isShort ? "µs" : "ms"
    let scale = isShort ? 1e6 : 1e3
    var lines = [
      "\(profile.steps.count) steps in \(decimal(seconds * scale, digits: 3)) \(unit):"
        + " the mean of \(runs) \(runs == 1 ? "run" : "runs"), \(threads)"
        + " \(threads == 1 ? "thread" : "threads")",
      "this machine: \(decimal(peak.operationsPerSecond * 1e-9, digits: 1)) GFLOP/s"
        + " (1024³ product), \(decimal(peak.bytesPerSecond * 1e-9, digits: 1)) GB/s (copy of 128 MB)",
      "",
    ]
    var table = TextTable(
      ["operator", "count", unit, "share", "GFLOP/s", "of peak", "GB/s", "of peak"],
      textColumns: [0])
    for group in groups {
      table.append(
        [group.operatorName, "\(group.count)", decimal(group.seconds * scale, digits: 3)]
          + [share(group.seconds)] + rate(group.operations, group.seconds, peak.operationsPerSecond)
          + rate(group.bytes, group.seconds, peak.bytesPerSecond))
    }
    lines += table.lines + ["", "the slowest steps:"]
    var steps = TextTable([unit, "share", "operator", "name"], textColumns: [2, 3])
    for step in slowest.prefix(Self.shownSteps) {
      let time = step.seconds / Double(runs)
      steps.append([decimal(time * scale, digits: 3), share(time), step.operatorName, step.name])
    }
    return (lines + steps.lines).joined(separator: "\n")
  }

  /// One object with the machine's peak, the operators and all steps.
  var json: String {
    let operators = groups.map { group in
      object([
        ("operator", Tensor(group.operatorName).json()), ("count", "\(group.count)"),
        ("ms", "\(group.seconds * 1e3)"), ("share", "\(fraction(group.seconds))"),
        ("gflops", "\(perSecond(group.operations, group.seconds) * 1e-9)"),
        ("gbps", "\(perSecond(group.bytes, group.seconds) * 1e-9)"),
      ])
    }
    let steps = profile.steps.map { step in
      let time = step.seconds / Double(runs)
      return object([
        ("name", Tensor(step.name).json()), ("operator", Tensor(step.operatorName).json()),
        ("ms", "\(time * 1e3)"), ("share", "\(fraction(time))"),
        ("flops", "\(step.cost.operations)"), ("bytes", "\(step.cost.bytesMoved)"),
      ])
    }
    return object([
      ("runs", "\(runs)"), ("threads", "\(threads)"), ("steps_ms", "\(seconds * 1e3)"),
      ("peak_gflops", "\(peak.operationsPerSecond * 1e-9)"),
      ("peak_gbps", "\(peak.bytesPerSecond * 1e-9)"),
      ("operators", "[\(operators.joined(separator: ", "))]"),
      ("steps", "[\(steps.joined(separator: ", "))]"),
    ])
  }

  private func object(_ members: [(String, String)]) -> String {
    "{\(members.map { "\"\($0)\": \($1)" }.joined(separator: ", "))}"
  }

  private func fraction(_ time: Double) -> Double { seconds > 0 ? time / seconds : 0 }

  private func share(_ time: Double) -> String { "\(decimal(fraction(time) * 100, digits: 1))%" }

  private func perSecond(_ amount: Double, _ time: Double) -> Double {
    time > 0 ? amount / time : 0
  }

  /// How many thousand millions a second, and that as a part of the machine's peak.
  private func rate(_ amount: Double, _ time: Double, _ peak: Double) -> [String] {
    guard amount > 0, time > 0 else { return ["–", "–"] }
    let rate = amount / time
    return [
      decimal(rate * 1e-9, digits: rate < 1e10 ? 2 : 1),
      "\(decimal(rate / peak * 100, digits: 0))%",
    ]
  }
}
