#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Tells on standard error how far a training is: a bar on a terminal, plain lines elsewhere.
package final class ProgressReport {
  private let total: Int
  private let first: Int
  private let names: [String]
  private let start = monotonicSeconds()
  private let isTerminal = isatty(2) == 1
  private var lastTold = monotonicSeconds()
  private var heading = ""
  private var number = 0
  private var metrics: [Double] = []

  /// - Parameters:
  ///   - total: The number of the last step.
  ///   - done: The steps that were done before.
  ///   - names: What the numbers of each step are called.
  package init(total: Int, done: Int, names: [String]) {
    self.total = total
    first = done
    number = done
    self.names = names
  }

  package func begin(epoch: Int, of epochs: Int) {
    heading = "epoch \(epoch + 1)/\(epochs)"
  }

  /// Tells of a step, unless the last news are too young.
  package func update(_ step: Int, _ metrics: [Double]) {
    number = step
    self.metrics = metrics
    let now = monotonicSeconds()
    guard now - lastTold >= (isTerminal ? 0.1 : 10) else { return }
    lastTold = now
    let line =
      "\(heading)\(heading.isEmpty ? "" : "  ")\(bar)\(number)/\(total)\(texts(metrics))\(timeLeft(now))"
    tell(line, stays: !isTerminal)
  }

  /// Tells what an epoch gave.
  package func end(epoch: Int, results: [(name: String, number: Double)]) {
    let told = results.map { "\($0.name) \(fixed($0.number, digits: 4))" }
    let seconds = monotonicSeconds() - start
    let parts = [heading, "\(number)/\(total)"] + told + ["\(duration(seconds))"]
    tell(parts.joined(separator: "  "), stays: true)
  }

  /// Tells of the last step.
  package func end() {
    tell(
      "\(number)/\(total)\(texts(metrics))  \(duration(monotonicSeconds() - start))", stays: true)
  }

  private func texts(_ metrics: [Double]) -> String {
    zip(names, metrics).map { "  \($0) \(fixed($1, digits: 4))" }.joined()
  }

  private var bar: String {
    guard isTerminal else { return "" }
    let filled = total == 0 ? 24 : min(24, number * 24 / total)
    return "[" + String(repeating: "█", count: filled)
      + String(repeating: "·", count: 24 - filled) + "] "
  }

  private func timeLeft(_ now: Double) -> String {
    guard number > first else { return "" }
    let left = (now - start) / Double(number - first) * Double(total - number)
    return "  \(duration(left)) left"
  }

  private func tell(_ line: String, stays: Bool) {
    if isTerminal {
      writeNews(line, stays: stays)
    } else {
      writeError(line)
    }
  }
}

/// Seconds as a person says them: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`.
package func duration(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e9 else { return "a long time" }
  if seconds < 10 {
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) s"
  }
  let whole = Int(seconds.rounded())
  if whole < 60 { return "\(whole) s" }
  if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
  return "\(whole / 3600) h \(whole % 3600 / 60) min"
}

/// A number with so many digits after the point; few digits of a number that is small.
package func fixed(_ number: Double, digits: Int) -> String {
  // NaN may have a sign, which says nothing.
  if number.isNaN { return "nan" }
  guard number.isFinite, abs(number) < 1e9 else { return "\(number)" }
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  if number != 0, abs(number) * scale < 10 { return "\(Float(number))" }
  let units = Int((abs(number) * scale).rounded())
  let fraction = String(units % Int(scale))
  let zeros = String(repeating: "0", count: max(0, digits - fraction.count))
  return (number < 0 && units > 0 ? "-" : "") + "\(units / Int(scale)).\(zeros)\(fraction)"
}
