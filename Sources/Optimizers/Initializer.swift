import GraphIR
import Operators
import Tensors

/// A distribution of initial values, by how many inputs and outputs a unit has.
///
/// For a matrix `[inputs, outputs]` these are its sizes; for the filters of a convolution
/// `[height, width, inputs, outputs]` each counts once for every element of the window. Numbers
/// and names are those of Keras.
enum Initializer: String, CaseIterable, Sendable {
  /// Uniform, of variance 2 / (inputs + outputs) (Glorot and Bengio 2010).
  case glorotUniform
  /// Normal, cut off at two standard deviations, of that variance.
  case glorotNormal
  /// Uniform, of variance 2 / inputs, for units that are rectified (He et al. 2015).
  case heUniform
  /// Normal, cut off at two standard deviations, of that variance.
  case heNormal

  /// What is left of the standard deviation of a normal distribution that is cut off at two.
  private static let truncatedDeviation = 0.87962566103423978

  /// Appends initial values.
  func append(
    to graph: Graph, _ sizes: [Int], _ type: DataType, seed: Int, seed2: Int, origin: Origin
  ) throws -> Value {
    guard !sizes.isEmpty, sizes.allSatisfy({ $0 >= 0 }) else {
      throw ShapeError(
        "sizes must be one at least and none of them negative, but they are \(sizes)")
    }
    let window = sizes.dropLast(2).reduce(1.0) { $0 * Double($1) }
    let inputs = max(1, window * Double(sizes[max(0, sizes.count - 2)]))
    let outputs = max(1, window * Double(sizes[sizes.count - 1]))
    let variance: Double
    switch self {
    case .glorotUniform, .glorotNormal: variance = 2 / (inputs + outputs)
    case .heUniform, .heNormal: variance = 2 / inputs
    }
    func constant(_ number: Double) -> Value {
      graph.constant(Tensor(number).asLiteral(), as: type, origin: origin)
    }
    return graph.ascribing(to: origin) {
      switch self {
      case .glorotUniform, .heUniform:
        let limit = (3 * variance).squareRoot()
        let unit = graph.randomUniform(sizes, type: type, seed: seed, seed2: seed2)
        return unit * constant(2 * limit) - constant(limit)
      case .glorotNormal, .heNormal:
        let deviation = variance.squareRoot() / Self.truncatedDeviation
        return graph.truncatedNormal(sizes, type: type, seed: seed, seed2: seed2)
          * constant(deviation)
      }
    }
  }
}
