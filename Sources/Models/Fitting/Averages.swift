/// The means of what batches told, each batch as much as it has examples.
struct Averages {
  private var sums: [Double]
  private var count = 0.0

  init(count: Int) { sums = [Double](repeating: 0, count: count) }

  mutating func add(_ numbers: [Double], of examples: Int) {
    for (position, number) in numbers.enumerated() { sums[position] += number * Double(examples) }
    count += Double(examples)
  }

  /// The means; not a number when there was no example.
  var means: [Double] { sums.map { $0 / count } }

  /// The means by name, as the epoch has them in the end.
  func logs(_ program: TrainingProgram) -> Logs {
    Logs(zip(program.names, zip(means, program.finish)).map { ($0, $1.1($1.0)) })
  }
}
