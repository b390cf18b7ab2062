import GraphIR
import Operators
import Tensors

/// A distribution of initial values, with the numbers that Keras gives it.
enum Initializer: Sendable {
  /// Uniform between two bounds.
  case uniform(min: Double, max: Double)
  /// Normal.
  case normal(mean: Double, deviation: Double)
  /// Normal, drawn again beyond two standard deviations.
  case truncatedNormal(mean: Double, deviation: Double)
  /// Uniform, of variance 2 / (inputs + outputs) (Glorot and Bengio 2010).
  case glorotUniform
  /// Normal, cut off at two standard deviations, of that variance.
  case glorotNormal
  /// Uniform, of variance 2 / inputs, for units that are rectified (He et al. 2015).
  case heUniform
  /// Normal, cut off at two standard deviations, of that variance.
  case heNormal
  /// A matrix of orthonormal rows or columns, times a number (Saxe et al. 2013).
  case orthogonal(gain: Double)

  /// What is left of the standard deviation of a normal distribution that is cut off at two.
  private static let truncatedDeviation = 0.87962566103423978

  /// Appends initial values.
  ///
  /// - Throws: `ShapeError` for sizes that there are no such values of.
  func append(
    to graph: Graph, _ sizes: [Int], _ type: DataType, seed: Int, seed2: Int, origin: Origin
  ) throws -> Value {
    guard sizes.allSatisfy({ $0 >= 0 }), let count = Shape.elementCount(of: sizes) else {
      throw ShapeError("sizes must be at least 0 and not too large, but they are \(sizes)")
    }
    guard sizes.count >= leastRank else {
      throw ShapeError("sizes must be \(leastRank) at least, but they are \(sizes)")
    }
    let draw = Draw(graph: graph, type: type, seed: seed, seed2: seed2, origin: origin)
    return graph.ascribing(to: origin) {
      switch self {
      case .uniform(let min, let max): draw.uniform(sizes, min, max)
      case .normal(let mean, let deviation): draw.normal(sizes, mean, deviation)
      case .truncatedNormal(let mean, let deviation): draw.truncated(sizes, mean, deviation)
      case .glorotUniform, .heUniform:
        draw.uniform(sizes, -(3 * variance(sizes)).squareRoot(), (3 * variance(sizes)).squareRoot())
      case .glorotNormal, .heNormal:
        draw.truncated(sizes, 0, variance(sizes).squareRoot() / Self.truncatedDeviation)
      case .orthogonal(let gain): draw.orthogonal(sizes, count: count, gain)
      }
    }
  }

  private var leastRank: Int {
    switch self {
    case .uniform, .normal, .truncatedNormal: 0
    case .glorotUniform, .glorotNormal, .heUniform, .heNormal: 1
    case .orthogonal: 2
    }
  }

  /// The variance by how many inputs and outputs a unit has.
  ///
  /// For a matrix `[inputs, outputs]` these are its sizes; for the filters of a convolution
  /// `[height, width, inputs, outputs]` each counts once for every element of the window.
  private func variance(_ sizes: [Int]) -> Double {
    let window = sizes.dropLast(2).reduce(1.0) { $0 * Double($1) }
    let inputs = max(1, window * Double(sizes[max(0, sizes.count - 2)]))
    let outputs = max(1, window * Double(sizes[sizes.count - 1]))
    if case .heUniform = self { return 2 / inputs }
    if case .heNormal = self { return 2 / inputs }
    return 2 / (inputs + outputs)
  }
}

/// Random numbers of one type and two seeds, appended to a graph.
private struct Draw {
  let graph: Graph
  let type: DataType
  let seed: Int
  let seed2: Int
  let origin: Origin

  private func constant(_ number: Double) -> Value {
    graph.constant(Tensor(number).asLiteral(), as: type, origin: origin)
  }

  func uniform(_ sizes: [Int], _ min: Double, _ max: Double) -> Value {
    scaled(graph.randomUniform(sizes, type: type, seed: seed, seed2: seed2), max - min, min)
  }

  func normal(_ sizes: [Int], _ mean: Double, _ deviation: Double) -> Value {
    scaled(graph.randomNormal(sizes, type: type, seed: seed, seed2: seed2), deviation, mean)
  }

  func truncated(_ sizes: [Int], _ mean: Double, _ deviation: Double) -> Value {
    scaled(
      graph.randomTruncatedNormal(sizes, type: type, seed: seed, seed2: seed2), deviation, mean)
  }

  /// A matrix whose rows are all sizes but the last.
  ///
  /// Of its rows and columns, the fewer are orthonormal; the signs of the triangle's diagonal make
  /// every such matrix equally likely.
  func orthogonal(_ sizes: [Int], count: Int, _ gain: Double) -> Value {
    let columns = sizes[sizes.count - 1]
    let rows = columns == 0 ? 0 : count / columns
    let isWide = rows < columns
    let numbers = graph.randomNormal(
      isWide ? [columns, rows] : [rows, columns], type: type, seed: seed, seed2: seed2)
    let factors = qr(numbers)
    let signed = factors.q * sign(matrixDiagonalPart(factors.r))
    let matrix = isWide ? transpose(signed) : signed
    return scaled(reshape(matrix, to: sizes), gain, 0)
  }

  private func scaled(_ value: Value, _ factor: Double, _ summand: Double) -> Value {
    let product = factor == 1 ? value : value * constant(factor)
    return summand == 0 ? product : product + constant(summand)
  }
}
