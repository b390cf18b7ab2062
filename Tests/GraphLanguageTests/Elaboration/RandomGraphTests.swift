import Foundation
import GraphIR
import GraphLanguage
import Testing

@Suite("Random graphs", .timeLimit(.minutes(10)))
struct RandomGraphTests {
  private static let files = [
    "a.graph": "func imported(_ x) -> y {\n  let y = x * factor\n}\nparameter factor = 2\n",
    "b.graph": "import \"a.graph\"\nimport \"c.graph\"\n",
    "c.graph": "import \"b.graph\"\n",
  ]

  /// Compiles, and checks the graph, or that what is wrong with it has a text.
  private func exercise(_ text: String) -> Bool {
    do {
      let limits = GraphLimits(nodeCount: 2_000)
      _ = try compiled(text, files: Self.files, definitions: ["p": "3"], limits: limits)
      return true
    } catch let error as GraphError {
      #expect(error.diagnostics.count <= 50 + 1)
      #expect(!error.description.isEmpty)
      let isInternal = error.diagnostics.contains {
        $0.location == nil && !$0.message.contains("'p'")
      }
      #expect(!isInternal, "\(error) of \(text)")
      return false
    } catch {
      Issue.record("\(error)")
      return false
    }
  }

  private static let words: [String] =
    ["x", "y", "z", "w", "f", "g", "n", "r", "p", "i", "sin", "sum", "matmul", "gradient", "cast"]
    + ["reshape", "addN", "broadcast", "imported", "constant", "0", "1", "2", "3", "1.5", "π"]
    + ["true", "\"s\"", ".float64", ".relu", ".int32", ".zeros", "[1, 2]", "[x, y]", "f(x)", "-1"]
    + ["(", ")", "[", "]", ",", "+", "-", "*", "/", ".>", ".==", ".shape", ".rank", ".a", ".b"]
    + [
      "operation(\"ReluGrad\", ", "operation(\"Sum\", ", "keep_dims: ", "after: ",
      "base64(\"AAAA\")",
    ]
    + [
      "`x`", "`a/b`", "\"a\\(n)\"", "\"\\(x)\"", ".nan", "shape: ", "split", "into: ", ".shape[0]",
    ]
    + ["axes: ", "of: ", "withRespectTo: ", "to: ", "type: ", "a: ", "transposeA: "]

  private static let starts: [String] =
    ["let x = ", "let y = ", "let (y, z) = ", "let q = ", "var w = ", "w = ", "(w, _) = "]
    + [
      "let n: Int32 = ", "let q: Float32[2] = ", "output ", "output z = ", "target ", "target t = ",
    ]
    + ["placeholder x: Float32", "placeholder y: Float32[2, 2]", "placeholder z: Int32[?]"]
    + ["let `a/b` = ", "output \"o\\(n)\" = ", "placeholder y: Float32[2] = ", "target \"t\" = "]
    + ["parameter p = ", "import \"a.graph\"", "import \"b.graph\"", "variable v = "]

  private static let openings: [String] =
    [
      "func f(_ x) -> y {", "func g(_ x, a = 1) -> (a, b) {", "for i in 0..<3 {",
      "for _ in x...y {",
    ]
    + ["scope \"s\\(n)/\\(p)\" {", "scope \"\\(x)\" {"]
    + ["scope \"s\" {", "scope \"f\" {", "for i in 0..<n {"]

  private static let preamble = """
    placeholder x: Float32
    placeholder y: Float32[2, 2]
    parameter p = 1
    import "a.graph"
    func f(_ x) -> y { let y = 2 * x }
    func g(_ x, a = 1) -> (a, b) { let b = x + a }
    let n = 3
    var w = x
    let r = g(x)

    """

  @Test("Statements of valid names in any order")
  func statements() {
    var random = FixedRandomNumbers(seed: 11)
    var correct = 0
    for _ in 0..<20_000 {
      var text = Self.preamble
      var open = 0
      for number in 0..<Int.random(in: 1...8, using: &random) {
        switch Int.random(in: 0..<16, using: &random) {
        case 0, 1:
          text += Self.openings.randomElement(using: &random)! + "\n"
          open += 1
        case 2 where open > 0:
          text += "}\n"
          open -= 1
        case 3...8: text += "let v\(number) = \(expression(&random, depth: 2))\n"
        case 9...11: text += "w = \(expression(&random, depth: 2))\n"
        default:
          let start = Self.starts.randomElement(using: &random)!
          text += start
          if start.hasSuffix(" ") { text += expression(&random, depth: 0) }
          text += "\n"
        }
      }
      text += String(repeating: "}\n", count: open)
      if exercise(text) { correct += 1 }
    }
    #expect(correct > 300)
  }

  /// An expression that mostly parses.
  private func expression(_ random: inout FixedRandomNumbers, depth: Int) -> String {
    func part() -> String { expression(&random, depth: depth + 1) }
    switch Int.random(in: 0..<(depth > 3 ? 4 : 15), using: &random) {
    case 0...3:
      return [
        "x", "y", "z", "w", "r", "n", "p", "1", "2", "0.5", "π", "-1", "[1, 2]", "i", "\"s\"",
      ]
      .randomElement(using: &random)!
    case 4: return "sin(\(part()))"
    case 5: return "gradient(of: \(part()), withRespectTo: \(part()))"
    case 6: return "f(\(part()))"
    case 7: return "g(\(part()), a: \(part())).a"
    case 8: return "\(part()) \(["+", "-", "*", "/", ".>", ".<"].randomElement(using: &random)!) x"
    case 9: return "[\(part()), \(part())]"
    case 10: return "\(part())[\(part())]"
    case 11: return "operation(\"SquaredDifference\", \(part()), \(part()), after: [\(part())])"
    case 12: return "\"a\\(\(part()))b\""
    case 13: return "constant(\(part()), type: .float32, shape: [\(part())])"
    default:
      let functions = ["sum", "matmul", "addN", "cast", "reshape", "mean", "imported", "relu"]
      return "\(functions.randomElement(using: &random)!)(\(part()), \(part()))"
    }
  }

  @Test("Tokens of valid names in any order")
  func tokens() {
    var random = FixedRandomNumbers(seed: 12)
    for _ in 0..<20_000 {
      var text = "placeholder y: Float32\n"
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        text += Self.starts.randomElement(using: &random)!
        for _ in 0..<Int.random(in: 0...6, using: &random) {
          text += Self.words.randomElement(using: &random)!
        }
        text += "\n"
      }
      _ = exercise(text)
    }
  }

  private static let example = """
    import "a.graph"
    parameter p = 2
    parameter rate: Float32 = 0.5
    func dense(_ x, units, activation = .relu) -> (output, raw) {
      let w: Float32[2, 2] = [[1, 2], [3, 4]]
      let raw = matmul(x, w) + units
      let output = activation(raw)
    }
    placeholder x: Float32[?, 2]
    var h = x
    for i in 0..<p {
      let r = dense(h, units: i)
      h = r.output * rate
    }
    scope "loss" {
      let (a, _) = dense(h, units: x.shape[1], activation: .tanh)
      let loss = sum(imported(a), axes: [0, 1])
    }
    let g = gradient(of: loss, withRespectTo: [x, h])
    output loss, h, gx = g[0]
    target run = loss

    """

  private static let graphs: [String] = {
    let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Graphs")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".graph") }.sorted().compactMap {
      try? String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
  }()

  @Test("The example is correct")
  func exampleIsCorrect() {
    #expect(exercise(Self.example))
    #expect(!Self.graphs.isEmpty)
  }

  @Test("Mutations of graphs")
  func mutations() {
    var random = FixedRandomNumbers(seed: 13)
    for graph in [Self.example, Self.example] + Self.graphs {
      let bytes = Array(graph.utf8)
      for _ in 0..<3_000 {
        var mutated = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&mutated, &random) }
        _ = exercise(String(decoding: mutated, as: UTF8.self))
      }
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout FixedRandomNumbers) {
    guard !bytes.isEmpty else { return }
    let position = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, position + Int.random(in: 1...12, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.removeSubrange(position..<end)
    case 1: bytes.insert(contentsOf: bytes[position..<end], at: position)
    case 2: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 3: bytes.removeSubrange(position...)
    case 4:
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let first = Int.random(in: 0..<lines.count, using: &random)
      var copy = Array(lines)
      copy.swapAt(first, Int.random(in: 0..<lines.count, using: &random))
      bytes = Array(copy.joined(separator: [UInt8(ascii: "\n")]))
    default:
      let word = Self.words.randomElement(using: &random)!
      bytes.replaceSubrange(position..<min(bytes.count, position + 1), with: Array(word.utf8))
    }
  }
}
