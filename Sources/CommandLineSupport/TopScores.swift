import StaticGraph
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The classes of the highest scores.
struct TopScores {
  struct Entry {
    let number: Int
    let name: String?
    let score: Double
    let probability: Double
  }

  /// The entries of each row, the best first.
  let rows: [[Entry]]
  /// Whether the scores add up to 1, so that they are probabilities themselves.
  let areProbabilities: Bool

  /// The highest scores of a vector, or of each row of a matrix; `nil` for any other tensor.
  init?(_ tensor: Tensor, count: Int, _ names: ClassNames?) throws {
    guard tensor.dataType.isFloatingPoint, 1...2 ~= tensor.rank, let width = tensor.dimensions.last,
      width > 1
    else { return nil }
    let numbers = try tensor.converted(to: .float64).elements(as: Double.self)
    let rows = stride(from: 0, to: numbers.count, by: width).map { numbers[$0..<$0 + width] }
    let areProbabilities = rows.allSatisfy { row in
      row.allSatisfy { 0...1 ~= $0 } && abs(row.reduce(0, +) - 1) < 1e-3
    }
    var result: [[Entry]] = []
    for row in rows {
      let largest = row.max() ?? 0
      let sum = row.reduce(0) { $0 + exponential($1 - largest) }
      // NaN, which is no score, stands last.
      let order = row.indices.sorted { a, b in
        if row[a].isNaN || row[b].isNaN { return !row[a].isNaN }
        return row[a] != row[b] ? row[a] > row[b] : a < b
      }
      result.append(
        order.prefix(count).map { place in
          let number = place - row.startIndex
          return Entry(
            number: number, name: names?[number], score: row[place],
            probability: areProbabilities ? row[place] : exponential(row[place] - largest) / sum)
        })
    }
    self.rows = result
    self.areProbabilities = areProbabilities
  }

  /// A heading with the result's name, and a line for each class: its number, its name, its score
  /// and what the softmax of the scores gives for it.
  func text(_ name: String) -> String {
    var blocks: [String] = []
    for (number, row) in rows.enumerated() {
      let heading = rows.count > 1 ? "\(name)[\(number)]" : name
      let hasNames = row.contains { $0.name != nil }
      let columns = row.map { entry in
        [
          "\(entry.number)", hasNames ? entry.name ?? "" : nil,
          areProbabilities ? nil : fixed(entry.score, digits: 4),
          Self.percent(entry.probability),
        ].compactMap { $0 }
      }
      blocks.append("\(heading)\n" + Self.aligned(columns, hasNames: hasNames))
    }
    return blocks.joined(separator: "\n")
  }

  private static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "\(share)" }
    let hundredths = Int((share * 10_000).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) %"
  }

  private static func aligned(_ rows: [[String]], hasNames: Bool) -> String {
    let widths = rows.first.map {
      $0.indices.map { column in rows.map { $0[column].count }.max()! }
    }
    return rows.map { row in
      let cells = zip(row.indices, zip(row, widths ?? [])).map { column, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return hasNames && column == 1 ? cell.0 + space : space + cell.0
      }
      return "  " + cells.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// A list of objects with `class`, `name`, `score` and `probability`; of such lists, where there
  /// are several rows.
  func json() -> String {
    let lists = rows.map { row in
      let objects = row.map { entry in
        let name = entry.name.map { "\"name\": \(Tensor($0).json()), " } ?? ""
        return "{\"class\": \(entry.number), \(name)\"score\": \(Tensor(entry.score).json()), "
          + "\"probability\": \(Tensor(entry.probability).json())}"
      }
      return "[\(objects.joined(separator: ", "))]"
    }
    return lists.count == 1 ? lists[0] : "[\(lists.joined(separator: ", "))]"
  }
}

private func exponential(_ x: Double) -> Double { exp(x) }

/// Results of which some are scores.
struct TopResults {
  private var results: [(name: String, tensor: Tensor, scores: TopScores?)] = []

  mutating func add(_ result: (name: String, tensor: Tensor), _ scores: TopScores?) {
    results.append((result.name, result.tensor, scores))
  }

  /// The results in their order.
  ///
  /// - Throws: `GraphError` when none of them has scores.
  func text(asJSON isJSON: Bool) throws -> String {
    guard results.contains(where: { $0.scores != nil }) else {
      throw GraphError(
        "--top shows the highest of a vector or of the rows of a matrix, but no result is one",
        notes: ["name the scores: --fetch scores"])
    }
    if isJSON {
      let members = results.map { result in
        "\(Tensor(result.name).json()): \(result.scores?.json() ?? result.tensor.json())"
      }
      return "{\(members.joined(separator: ", "))}"
    }
    return results.map { result in
      result.scores?.text(result.name)
        ?? ResultPrinter.text([(name: result.name, tensor: result.tensor)])
    }.joined(separator: "\n")
  }
}
