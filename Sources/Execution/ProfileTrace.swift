import Tensors

extension Profile {
  /// The latest run of each step as a trace, which Perfetto (ui.perfetto.dev) and Chrome
  /// (chrome://tracing) show.
  ///
  /// One JSON object with a *complete event* for each step: its name, its operator as category,
  /// its beginning `ts` and its duration `dur` in microseconds, and its operator, operations and
  /// bytes as arguments.
  public func traceJSON() -> String {
    var text = #"{"displayTimeUnit": "ns", "traceEvents": ["#
    for (number, step) in steps.enumerated() {
      let operatorName = Tensor(step.operatorName).json()
      text += number == 0 ? "\n" : ",\n"
      text += #"{"name": \#(Tensor(step.name).json()), "cat": \#(operatorName), "ph": "X", "#
      text += #""ts": \#(microseconds(step.latestStart)), "#
      text += #""dur": \#(microseconds(step.latestDuration)), "pid": 1, "tid": 1, "#
      text += #""args": {"operator": \#(operatorName), "flops": \#(step.cost.operations), "#
      text += #""bytes": \#(step.cost.bytesMoved)}}"#
    }
    return text + "\n]}\n"
  }

  private func microseconds(_ nanoseconds: UInt64) -> String {
    let fraction = String(nanoseconds % 1000)
    return "\(nanoseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }
}
