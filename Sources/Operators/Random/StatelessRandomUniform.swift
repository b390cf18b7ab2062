import GraphIR
import Tensors

/// Random numbers from 0 up to, not including, 1 that follow from two seeds alone.
public struct StatelessRandomUniform: StatelessRandom {
  public static let name = "StatelessRandomUniform"
  public static let summary =
    "Random numbers from 0 up to, not including, 1 that follow from two seeds alone."
  public static let signature = statelessSignature

  /// The type of the numbers.
  public var dataType = DataType.float32

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try statelessKernel(request, Distributions.uniform)
  }

  public static let samples = statelessSamples(StatelessRandomUniform.self)
}

/// Random numbers from 0 up to, not including, 1 that follow from two seeds alone: the same in each run, and TensorFlow's.
///
/// - Parameters:
///   - shape: A vector of sizes, `Int32` or `Int64`.
///   - seed: A vector of two integers, `Int32` or `Int64`.
///   - type: The type of the numbers, `Float32` or `Float64`.
public func statelessRandomUniform(
  _ shape: Value, seed: Value, type: DataType = .float32, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  shape.graph.append(
    StatelessRandomUniform(type), [shape, seed], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}

extension Graph {
  /// Random numbers from 0 up to, not including, 1 that follow from two seeds alone.
  ///
  /// - Parameters:
  ///   - sizes: The shape of the result.
  ///   - seed: Two seeds.
  ///   - type: The type of the numbers, `Float32` or `Float64`.
  public func statelessRandomUniform(
    _ sizes: [Int], seed: (Int, Int), type: DataType = .float32, name: String? = nil,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    StatelessRandomUniform(type).applied(
      in: self, sizes, seeds: seed, name: name, origin: Origin(fileID: fileID, line: line))
  }
}
