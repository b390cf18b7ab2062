import GraphIR
import Tensors

/// Its inputs, each under another name.
public struct IdentityN: Operator {
  public static let name = "IdentityN"
  public static let summary = "Its inputs, each under another name."
  public static let signature = Signature(
    inputs: [.init("input", .list("T"))], outputs: [.init("output", .list("T"))])

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard !request.inputs.isEmpty else {
      throw ShapeError("takes at least 1 input, but 0 were given")
    }
    return request.inputs.map(\.shape)
  }

  public static let gradient = GradientRule.rule { g in g.outputGradients }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let byteCounts = request.inputs.indices.map {
      request.inputCount($0) * request.inputs[$0].dataType.byteCount
    }
    return Kernel { context in
      for (number, byteCount) in byteCounts.enumerated() {
        context.outputs[number].copyMemory(from: context.inputs[number], byteCount: byteCount)
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("one", IdentityN(), [.sample([2, 3])]),
      Sample("two of one type", IdentityN(), [.sample([2, 3]), .sample([], seed: 2)]),
      Sample(
        "three types", IdentityN(), [.sample([3]), Tensor([Int32(1), 2]), Tensor([true])],
        differentiable: false),
      Sample("nothing", IdentityN(), [.sample([0, 3]), .sample([2])]),
      Sample(
        failing: "no inputs", IdentityN(), [], message: "takes at least 1 input, but 0 were given"),
    ]
  }
}

/// Its inputs, each under another name.
///
/// - Parameter input: Tensors of any types and shapes; at least one.
/// - Returns: As many values; a single invalid one when there are no inputs.
public func identityN(
  _ input: [Value], name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> [Value] {
  // Without inputs there is no graph to tell, and the result is invalid.
  let graph = input.first?.graph ?? Graph()
  return graph.append(
    IdentityN(), input, name: name, origin: Origin(fileID: fileID, line: line)
  ).outputs
}
