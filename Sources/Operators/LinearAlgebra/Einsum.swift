import GraphIR
import Tensors

/// Sums of products of the elements of one or two tensors, by Einstein's convention.
public struct Einsum: Operator {
  public static let name = "Einsum"
  public static let summary =
    "Sums of products of the elements of one or two tensors, by Einstein's convention."
  // TensorFlow declares every type, but computes with numbers only.
  public static let signature = Signature(
    inputs: [.init("inputs", "T", count: "N")], outputs: [.init("output", "T")],
    types: ["T": .numeric])
  public static let attributes: [Attribute<Einsum>] = [
    .init(
      "equation", \.equation, "The labels of all axes, as ij,jk->ik.", isArgument: false,
      isRequired: true)
  ]
  public static let function: GraphFunction? = GraphFunction(
    "einsum", [.positional("equation"), .list("inputs")]
  ) { call in
    guard case .text(let equation) = call["equation"] else {
      throw ShapeError("equation must be text, as \"ij,jk->ik\"")
    }
    let inputs = try call.values("inputs")
    guard !inputs.isEmpty else { throw ShapeError("takes at least 1 input, but 0 were given") }
    return [appended(equation, inputs, nil, call.origin)]
  }

  /// The labels of all axes, as `ij,jk->ik`.
  public var equation = ""

  public init() {}

  /// A sum by that equation.
  public init(_ equation: String) {
    self.equation = equation
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let equation = try EinsumEquation(equation)
    guard equation.inputs.count <= 2 else {
      throw ShapeError(
        "the equation \"\(self.equation)\" is about \(equation.inputs.count) inputs, but only 1 or 2"
          + " can be")
    }
    return [try equation.outputShape(request.inputs)]
  }

  public static let gradient = GradientRule.rule { g in
    let equation = try EinsumEquation(g.operation(as: Einsum.self).equation)
    return g.inputs.indices.map { g.isNeeded[$0] ? equation.gradient(g, ofInput: $0) : nil }
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try EinsumEquation(equation).kernel(request)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    let products = try? EinsumEquation(equation).multiplications(request)
    return Cost(operations: 2 * (products ?? 0), bytesMoved: Cost.moving(request))
  }

  /// Appends the sum; that of more than two tensors is done two at a time, from the left.
  static func appended(
    _ text: String, _ values: [Value], _ name: String?, _ origin: Origin
  ) -> Value {
    let graph = values[0].graph
    let text = text.filter { $0 != " " }
    guard values.count > 2, var equation = try? EinsumEquation(text),
      equation.inputs.count == values.count
    else { return graph.append(Einsum(text), values, name: name, origin: origin).output }
    var rest = values
    while rest.count > 2 {
      let pair = Array(equation.inputs[..<2])
      let later = equation.inputs[2...] + [equation.output]
      let letters = EinsumTerm(pair.flatMap(\.labels)).distinctLetters.filter { label in
        later.contains { $0.labels.contains(label) }
      }
      let hasEllipsis = pair.contains { $0.hasEllipsis }
      let between = EinsumTerm((hasEllipsis ? [EinsumTerm.ellipsis] : []) + letters)
      let part = Einsum(EinsumEquation(pair, between).text)
      let value = graph.append(part, Array(rest[..<2]), origin: origin).output
      rest = [value] + rest[2...]
      equation.inputs = [between] + equation.inputs[2...]
    }
    return graph.append(Einsum(equation.text), rest, name: name, origin: origin).output
  }
}

/// Sums of products of the elements of tensors, by Einstein's convention.
///
/// ```swift
/// let products = einsum("bij,bjk->bik", x, y)
/// let trace = einsum("ii->", matrix)
/// ```
/// Each axis has a letter. Elements at the same position along axes of the same letter are
/// multiplied, and the products are added up over all letters that the result does not have.
/// `...` stands for any number of axes, which broadcast. A letter that stands twice for one tensor
/// means its diagonal.
///
/// - Parameters:
///   - equation: The letters of each tensor, separated by commas; then `->` and the letters of the
///     result. Spaces count for nothing.
///   - input: The first tensor.
///   - others: The other tensors, of the same type. More than two tensors are multiplied two at a
///     time, from the left.
/// - Returns: A value of the type of the tensors, with an axis for each letter behind the arrow.
public func einsum(
  _ equation: String, _ input: Value, _ others: Value..., name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Einsum.appended(equation, [input] + others, name, Origin(fileID: fileID, line: line))
}
