import GraphIR
import Tensors

/// Nothing, but a run fails where a condition is false.
public struct Assert: Operator {
  public static let name = "Assert"
  public static let summary = "Nothing, but a run fails where a condition is false."
  public static let signature = Signature(
    inputs: [.init("condition", .fixed(.bool)), .init("data", .list("T"))], outputs: [])
  public static let attributes: [Attribute<Assert>] = [
    .init("summarize", \.summarize, "How many elements of each tensor the error shows.")
  ]
  public static let traits: OperatorTraits = .hasEffect
  public static let gradient = GradientRule.none(because: "it has no outputs")

  /// How many elements of each tensor the error shows; all of them where it is negative.
  public var summarize = 3

  public init() {}

  /// An assertion that shows so many elements.
  public init(summarize: Int) {
    self.summarize = summarize
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard request.inputs.count > 1 else {
      throw ShapeError("takes at least 2 inputs, but \(request.inputs.count) were given")
    }
    try request.require(rank: 0, of: 0, named: "condition")
    return []
  }

  /// The most elements that an error shows of one tensor.
  private static let mostElements = 1000

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let limit = summarize < 0 ? Self.mostElements : min(summarize, Self.mostElements)
    let types = Array(request.inputs.dropFirst())
    let texts = types.indices.map { try? request.value($0 + 1)?.strings() }
    return Kernel { context in
      if context.input(0, as: UInt8.self).pointee != 0 { return }
      let shown = try types.indices.map { number in
        if types[number].dataType == .string { return Self.text(texts[number], limit) }
        return try Self.text(context.inputs[number + 1], types[number], limit)
      }
      throw KernelError("the condition is false: " + shown.joined(separator: " "))
    }
  }

  /// The first elements of a tensor of numbers or truth values.
  private static func text(
    _ elements: UnsafeRawPointer, _ type: TensorType, _ limit: Int
  ) throws -> String {
    let count = type.shape.elementCount!
    let shown = min(count, limit)
    let part = try Tensor(
      uninitialized: type.dataType, dimensions: type.shape.rank == 0 ? [] : [shown]
    ) { bytes in
      bytes.copyMemory(from: UnsafeRawBufferPointer(start: elements, count: bytes.count))
    }
    let text = "\(part)"
    return shown < count && text.hasSuffix("]") ? text.dropLast() + " …]" : text
  }

  /// The first of some texts, where these are known.
  private static func text(_ strings: [[UInt8]]?, _ limit: Int) -> String {
    guard let strings else { return "(texts)" }
    let shown = strings.prefix(max(1, limit)).map { String(decoding: $0, as: UTF8.self) }
    return shown.joined(separator: " ") + (shown.count < strings.count ? " …" : "")
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a number", Assert(), [Tensor(true), .sample([])]),
      Sample(
        "a text and numbers", Assert(summarize: 2), [Tensor(true), Tensor("x"), .sample([3])]),
      Sample(
        failing: "a vector", Assert(), [Tensor([true, false]), .sample([2])],
        message: "condition must have rank 0, but it is Bool[2]"),
      Sample(
        failing: "nothing to show", Assert(), [Tensor(true)],
        message: "takes at least 2 inputs, but 1 were given"),
      Sample(
        failing: "a number for a condition", Assert(), [.sample([]), .sample([2])],
        message: "condition must be Bool, but it is Float64"),
    ]
  }
}

/// Lets a run fail where a condition is false.
///
/// The node must be run: as a target, or by what waits for it.
/// ```swift
/// let check = assert(all(x .> 0), [graph.constant("x must be positive, but it is"), x])
/// let root = graph.controlDependencies(on: [check]) { sqrt(x) }
/// ```
/// - Parameters:
///   - condition: A scalar truth value.
///   - data: What the error shows; at least one tensor, of any type.
///   - summarize: How many elements of each tensor it shows; all of them, up to 1000, where the
///     number is negative.
/// - Returns: A node without outputs.
@discardableResult
public func assert(
  _ condition: Value, _ data: [Value], summarize: Int = 3, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> GraphNode {
  condition.graph.append(
    Assert(summarize: summarize), [condition] + data, name: name,
    origin: Origin(fileID: fileID, line: line))
}
