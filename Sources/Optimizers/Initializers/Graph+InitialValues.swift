import GraphIR
import Operators
import Tensors

extension Graph {
  /// Zeros.
  ///
  /// - Parameters:
  ///   - sizes: The size of each dimension.
  ///   - type: The type of the elements.
  public func zeros(
    _ sizes: [Int], type: DataType = .float32, fileID: String = #fileID, line: Int = #line
  ) -> Value {
    filled(sizes, 0, type, Origin(fileID: fileID, line: line))
  }

  /// Ones.
  public func ones(
    _ sizes: [Int], type: DataType = .float32, fileID: String = #fileID, line: Int = #line
  ) -> Value {
    filled(sizes, 1, type, Origin(fileID: fileID, line: line))
  }

  /// Random numbers that are equally likely between two bounds.
  ///
  /// - Parameters:
  ///   - sizes: The size of each dimension.
  ///   - min: The lower bound.
  ///   - max: The upper bound, which no number reaches.
  ///   - type: The type of the numbers.
  ///   - seed: The first seed; 0 for both asks for other numbers in each session.
  ///   - seed2: The second seed.
  public func uniform(
    _ sizes: [Int], min: Double = -0.05, max: Double = 0.05, type: DataType = .float32,
    seed: Int = 0, seed2: Int = 0, fileID: String = #fileID, line: Int = #line
  ) -> Value {
    initial(
      "uniform", .uniform(min: min, max: max), sizes, type, seed, seed2,
      Origin(fileID: fileID, line: line))
  }

  /// Random numbers of a normal distribution.
  ///
  /// - Parameters:
  ///   - sizes: The size of each dimension.
  ///   - mean: The mean of the distribution.
  ///   - standardDeviation: The standard deviation of the distribution.
  ///   - type: The type of the numbers.
  ///   - seed: The first seed; 0 for both asks for other numbers in each session.
  ///   - seed2: The second seed.
  public func normal(
    _ sizes: [Int], mean: Double = 0, standardDeviation: Double = 0.05,
    type: DataType = .float32, seed: Int = 0, seed2: Int = 0, fileID: String = #fileID,
    line: Int = #line
  ) -> Value {
    initial(
      "normal", .normal(mean: mean, deviation: standardDeviation), sizes, type, seed, seed2,
      Origin(fileID: fileID, line: line))
  }

  /// Random numbers of a normal distribution, drawn again where they are more than two standard
  /// deviations from the mean.
  ///
  /// - Parameters:
  ///   - sizes: The size of each dimension.
  ///   - mean: The mean of the distribution.
  ///   - standardDeviation: The standard deviation before numbers are drawn again.
  ///   - type: The type of the numbers.
  ///   - seed: The first seed; 0 for both asks for other numbers in each session.
  ///   - seed2: The second seed.
  public func truncatedNormal(
    _ sizes: [Int], mean: Double = 0, standardDeviation: Double = 0.05,
    type: DataType = .float32, seed: Int = 0, seed2: Int = 0, fileID: String = #fileID,
    line: Int = #line
  ) -> Value {
    initial(
      "truncatedNormal", .truncatedNormal(mean: mean, deviation: standardDeviation), sizes, type,
      seed, seed2, Origin(fileID: fileID, line: line))
  }

  /// Uniform random numbers of variance 2 / (inputs + outputs) (Glorot and Bengio 2010).
  ///
  /// Inputs and outputs are the last two sizes; for the filters of a convolution each counts once
  /// for every element of the window.
  ///
  /// - Parameters:
  ///   - sizes: The size of each dimension, one at least.
  ///   - type: The type of the numbers.
  ///   - seed: The first seed; 0 for both asks for other numbers in each session.
  ///   - seed2: The second seed.
  public func glorotUniform(
    _ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    initial(
      "glorotUniform", .glorotUniform, sizes, type, seed, seed2, Origin(fileID: fileID, line: line))
  }

  /// Normal random numbers of variance 2 / (inputs + outputs), cut off at two standard deviations.
  public func glorotNormal(
    _ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    initial(
      "glorotNormal", .glorotNormal, sizes, type, seed, seed2, Origin(fileID: fileID, line: line))
  }

  /// Uniform random numbers of variance 2 / inputs, for units that are rectified (He 2015).
  public func heUniform(
    _ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    initial(
      "heUniform", .heUniform, sizes, type, seed, seed2, Origin(fileID: fileID, line: line))
  }

  /// Normal random numbers of variance 2 / inputs, cut off at two standard deviations.
  public func heNormal(
    _ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    initial(
      "heNormal", .heNormal, sizes, type, seed, seed2, Origin(fileID: fileID, line: line))
  }

  /// A random matrix of orthonormal columns, or of orthonormal rows where these are fewer.
  ///
  /// - Parameters:
  ///   - sizes: The size of each dimension, two at least; all but the last are the rows.
  ///   - gain: What the matrix is multiplied by.
  ///   - type: The type of the numbers.
  ///   - seed: The first seed; 0 for both asks for another matrix in each session.
  ///   - seed2: The second seed.
  public func orthogonal(
    _ sizes: [Int], gain: Double = 1, type: DataType = .float32, seed: Int = 0, seed2: Int = 0,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    initial(
      "orthogonal", .orthogonal(gain: gain), sizes, type, seed, seed2,
      Origin(fileID: fileID, line: line))
  }

  private func initial(
    _ name: String, _ initializer: Initializer, _ sizes: [Int], _ type: DataType, _ seed: Int,
    _ seed2: Int, _ origin: Origin
  ) -> Value {
    do {
      return try initializer.append(
        to: self, sizes, type, seed: seed, seed2: seed2, origin: origin)
    } catch {
      record("\(name): \(error)", origin)
      return node(at: -1).output
    }
  }

  func filled(_ sizes: [Int], _ number: Double, _ type: DataType, _ origin: Origin) -> Value {
    ascribing(to: origin) {
      fill(
        sizesConstant(sizes, self, origin),
        constant(Tensor(number).asLiteral(), as: type, origin: origin))
    }
  }
}
