import GraphIR
import Operators
import Optimizers
import Tensors

/// What a weight begins with; names and numbers are those of Keras' initialisers.
public enum WeightInitializer: Sendable {
  /// Zeros.
  case zeros
  /// Ones.
  case ones
  /// Equal numbers.
  case constant(Double)
  /// The elements of a tensor of the weight's sizes.
  case tensor(Tensor)
  /// Uniform between two bounds.
  case randomUniform(min: Double = -0.05, max: Double = 0.05)
  /// Normal.
  case randomNormal(mean: Double = 0, standardDeviation: Double = 0.05)
  /// Normal, drawn again beyond two standard deviations.
  case truncatedNormal(mean: Double = 0, standardDeviation: Double = 0.05)
  /// Uniform, of variance 2 / (inputs + outputs).
  case glorotUniform
  /// Normal, cut off at two standard deviations, of variance 2 / (inputs + outputs).
  case glorotNormal
  /// Uniform, of variance 2 / inputs.
  case heUniform
  /// Normal, cut off at two standard deviations, of variance 2 / inputs.
  case heNormal
  /// Uniform, of variance 1 / inputs.
  case lecunUniform
  /// Normal, cut off at two standard deviations, of variance 1 / inputs.
  case lecunNormal
  /// Orthonormal rows or columns, times a number.
  case orthogonal(gain: Double = 1)

  /// What is left of the standard deviation of a normal distribution that is cut off at two.
  private static let truncatedDeviation = 0.87962566103423978

  /// Appends the initial value.
  func value(_ sizes: [Int], in graph: Graph, _ seeds: (seed: Int, seed2: Int)) throws -> Value {
    let (seed, seed2) = seeds
    switch self {
    case .zeros: return graph.zeros(sizes)
    case .ones: return graph.ones(sizes)
    case .constant(let number):
      return graph.constant(Tensor(Float(number)), shape: sizes)
    case .tensor(let tensor):
      guard tensor.dimensions == sizes else {
        throw ShapeError(
          "an initial value of sizes \(sizes) was expected, found \(tensor.dimensions)")
      }
      return graph.constant(
        tensor.isLiteral ? try tensor.adopting(.float32) : try tensor.converted(to: .float32))
    case .randomUniform(let min, let max):
      return graph.uniform(sizes, min: min, max: max, seed: seed, seed2: seed2)
    case .randomNormal(let mean, let deviation):
      return graph.normal(
        sizes, mean: mean, standardDeviation: deviation, seed: seed, seed2: seed2)
    case .truncatedNormal(let mean, let deviation):
      return graph.truncatedNormal(
        sizes, mean: mean, standardDeviation: deviation, seed: seed, seed2: seed2)
    case .glorotUniform: return graph.glorotUniform(sizes, seed: seed, seed2: seed2)
    case .glorotNormal: return graph.glorotNormal(sizes, seed: seed, seed2: seed2)
    case .heUniform: return graph.heUniform(sizes, seed: seed, seed2: seed2)
    case .heNormal: return graph.heNormal(sizes, seed: seed, seed2: seed2)
    case .lecunUniform:
      let limit = (3 / inputs(sizes)).squareRoot()
      return graph.uniform(sizes, min: -limit, max: limit, seed: seed, seed2: seed2)
    case .lecunNormal:
      let deviation = (1 / inputs(sizes)).squareRoot() / Self.truncatedDeviation
      return graph.truncatedNormal(
        sizes, standardDeviation: deviation, seed: seed, seed2: seed2)
    case .orthogonal(let gain):
      return graph.orthogonal(sizes, gain: gain, seed: seed, seed2: seed2)
    }
  }

  /// How many inputs a unit has: the last size but one, for each element of a window.
  private func inputs(_ sizes: [Int]) -> Double {
    let window = sizes.dropLast(2).reduce(1.0) { $0 * Double($1) }
    return Swift.max(1, window * Double(sizes.dropLast().last ?? sizes.last ?? 1))
  }
}
