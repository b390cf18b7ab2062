import StaticGraph

extension OperatorForms {
  /// Products of matrices, and their diagonals.
  static let matrices: [String: OperatorForm] = [
    "MatMul": { step in
      let a = step.operand(ranks: 2...2)
      let (transposeA, transposeB) = (step.random.happens(50), step.random.happens(50))
      let inner = a.sizes[transposeA ? 0 : 1]
      let columns = step.size()
      let b = step.operand(1, sizes: transposeB ? [columns, inner] : [inner, columns])
      return step.apply(
        [a, b], ["transpose_a": .flag(transposeA), "transpose_b": .flag(transposeB)])
    },
    "BatchMatMul": { $0.batchProduct { $1 } },
    "BatchMatMulV2": { $0.batchProduct { $0.sizes(broadcastingWith: $1) } },
    "BatchMatMulV3": { $0.batchProduct { $0.sizes(broadcastingWith: $1) } },
    "Einsum": { step in
      let inputs = step.random.integer(1...2)
      let letters = Array("abcd").prefix(step.random.integer(1...4))
      let sizes = Dictionary(uniqueKeysWithValues: letters.map { ($0, step.size()) })
      let hasEllipsis = step.random.happens(25)
      let rest = hasEllipsis ? step.random.sizes(ranks: 0...2) : []
      let terms = (0..<inputs).map { _ -> [Character] in
        var term = Array(letters.shuffled(using: &step.random).prefix(step.random.integer(0...3)))
        if !term.isEmpty, step.random.happens(15) { term.append(step.random.choose(term)) }
        if hasEllipsis { term.insert("…", at: step.random.integer(0...term.count)) }
        return term
      }
      var output = step.random.some(of: Array(Set(terms.joined()).subtracting(["…"])).sorted())
      if hasEllipsis { output.insert("…", at: step.random.integer(0...output.count)) }
      let equation = (terms.map { String($0) }.joined(separator: ",") + "->" + String(output))
        .map { $0 == "…" ? "..." : String($0) }.joined()
      let operands = terms.map { term in
        let own = hasEllipsis ? step.random.sizes(broadcastingWith: rest) : []
        return step.operand(0, sizes: term.flatMap { $0 == "…" ? own : [sizes[$0]!] })
      }
      return step.apply(operands, ["equation": .bytes(Array(equation.utf8))])
    },
    "MatrixBandPart": { step in
      let x = step.operand(ranks: 2...4)
      let type = step.indexType()
      let bounds = x.sizes.suffix(2).map { step.scalar(step.random.integer(-1...$0), type) }
      return step.apply([x.value] + bounds)
    },
    "MatrixTriangularSolve": { step in
      let side = step.size()
      let batch = step.random.sizes(ranks: 0...2)
      step.ranges = [-1...1]
      let matrix = step.operand(0, sizes: batch + [side, side])
      let others = step.random.sizes(broadcastingWith: batch)
      return step.apply(
        [step.dominated(matrix), step.operand(1, sizes: others + [side, step.size()]).value],
        ["lower": .flag(step.random.happens(50)), "adjoint": .flag(step.random.happens(50))])
    },
    "Qr": { step in
      step.ranges = [-1...1]
      let isFull = step.random.happens(30)
      // Nothing determines the further columns of a whole q: it has no gradient.
      let x =
        isFull
        ? step.constant(step.numberType, step.random.sizes(ranks: 2...4), in: -1...1)
        : step.operand(ranks: 2...4)
      return step.apply([step.dominated(x)], ["full_matrices": .flag(isFull)])
    },
    "Diag": { step in step.apply([step.operand(ranks: 1...2)]) },
    "DiagPart": { step in
      let sizes = step.random.sizes(ranks: 1...2)
      return step.apply([step.operand(0, sizes: sizes + sizes)])
    },
    "MatrixDiag": { step in step.apply([step.operand(ranks: 1...3)]) },
    "MatrixDiagPart": { step in step.apply([step.operand(ranks: 2...4)]) },
  ]
}

extension RandomStep {
  /// Matrices of elements from −1 to 1 with a diagonal added that makes them far from singular.
  fileprivate func dominated(_ x: Operand) -> Value {
    let (rows, columns) = (x.sizes[x.rank - 2], x.sizes[x.rank - 1])
    let least = Double(max(rows, columns) + 2)
    let elements = (0..<rows * columns).map { place -> Double in
      let (row, column) = (place / max(1, columns), place % max(1, columns))
      return row == column ? (row % 2 == 0 ? least : -least) : 0
    }
    let diagonal = try! Tensor(elements, dimensions: [rows, columns])
    return x.value + graph.constant(try! diagonal.converted(to: numberType))
  }

  /// A product of batches of matrices, whose batch sizes `partner` chooses for those of the first.
  fileprivate mutating func batchProduct(
    _ partner: (inout RandomNumbers, [Int]) -> [Int]
  ) -> GraphNode? {
    let x = operand(ranks: 2...4)
    let (transposeX, transposeY) = (random.happens(50), random.happens(50))
    let inner = x.sizes[x.rank - (transposeX ? 2 : 1)]
    let columns = size()
    let batch = partner(&random, Array(x.sizes.dropLast(2)))
    let y = operand(1, sizes: batch + (transposeY ? [columns, inner] : [inner, columns]))
    let flags: [(String, AttributeValue)] = [
      ("adj_x", .flag(transposeX)), ("adj_y", .flag(transposeY)),
    ]
    return recipe.name == "BatchMatMulV3"
      ? apply(
        [x, y],
        [flags[0].0: flags[0].1, flags[1].0: flags[1].1, "Tout": .type(numberType)])
      : apply([x, y], [flags[0].0: flags[0].1, flags[1].0: flags[1].1])
  }
}
