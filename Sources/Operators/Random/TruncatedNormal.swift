import GraphIR
import Tensors

/// Random numbers of the standard normal distribution, of magnitude below 2, other ones in each run.
public struct TruncatedNormal: RandomSource {
  public static let name = "TruncatedNormal"
  public static let summary =
    "Random numbers of the standard normal distribution, of magnitude below 2, other ones in each run."
  public static let signature = randomSignature
  public static let function: GraphFunction? = sourceFunction("randomTruncatedNormal")

  /// The first seed.
  public var seed = 0
  /// The second seed.
  public var seed2 = 0
  /// The type of the numbers.
  public var dataType = DataType.float32

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try sourceKernel(request, Distributions.truncatedNormal)
  }

  public static let samples = randomSamples(TruncatedNormal.self)
}

/// Random numbers of the standard normal distribution, of magnitude below 2, other ones in each run.
///
/// Two seeds give the same sequence of results in each session, for any number of threads; two
/// zeros give another one each time.
///
/// - Parameters:
///   - shape: A vector of sizes, `Int32` or `Int64`.
///   - type: The type of the numbers, `Float32` or `Float64`.
///   - seed: The first seed.
///   - seed2: The second seed.
public func randomTruncatedNormal(
  _ shape: Value, type: DataType = .float32, seed: Int = 0, seed2: Int = 0, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  shape.graph.append(
    TruncatedNormal(type, seed: seed, seed2: seed2), [shape], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}

extension Graph {
  /// Random numbers of the standard normal distribution, of magnitude below 2, other ones in each run.
  ///
  /// - Parameters:
  ///   - sizes: The shape of the result.
  ///   - type: The type of the numbers, `Float32` or `Float64`.
  ///   - seed: The first seed; two zeros give other numbers in each session.
  ///   - seed2: The second seed.
  public func randomTruncatedNormal(
    _ sizes: [Int], type: DataType = .float32, seed: Int = 0, seed2: Int = 0,
    name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) -> Value {
    let origin = Origin(fileID: fileID, line: line)
    return append(
      TruncatedNormal(type, seed: seed, seed2: seed2), [sizesConstant(sizes, self, origin)],
      name: name, origin: origin
    ).output
  }
}
