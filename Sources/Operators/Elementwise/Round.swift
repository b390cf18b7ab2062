import CKernels
import GraphIR
import Tensors

/// The integer nearest to each element, ties to the even one.
public struct Round: Rounding {
  public static let name = "Round"
  public static let summary = "The integer nearest to each element, ties to the even one."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")],
    types: ["T": [.bfloat16, .float16, .float32, .float64, .int8, .int16, .int32, .int64]])

  public init() {}

  public func viewsInput(_ request: KernelRequest) -> Bool { request.inputs[0].dataType.isInteger }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.inputs[0].dataType.isInteger { return copyKernel(request) }
    return try unaryKernel(
      request, [.float32: staticgraph_rint_float32, .float64: staticgraph_rint_float64])
  }

  // TensorFlow 2 gives 0 for every integer, so that there is nothing to compare these with.
  @_optimize(none)
  public static var samples: [Sample] {
    [DataType.float64, .float32].flatMap { type in
      roundingSamples(Round()).map { sample in
        var sample = sample
        sample.triesEveryType = false
        sample.inputs = sample.inputs.map {
          $0.dataType == .float64 ? try! $0.converted(to: type) : $0
        }
        return sample
      }
    }
  }
}

/// The integer nearest to each element, ties to the even one.
///
/// - Parameter x: Signed numbers; integers stay as they are.
/// - Returns: Integers, of the type and shape of `x`.
public func round(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Round(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
