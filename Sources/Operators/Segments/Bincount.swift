import GraphIR
import Tensors

/// How often each integer from 0 up occurs, or the sum of the weights where it does.
public struct Bincount: Operator {
  public static let name = "Bincount"
  public static let summary =
    "How often each integer from 0 up occurs, or the sum of the weights where it does."
  public static let signature = Signature(
    inputs: [
      .init("arr", .fixed(.int32)), .init("size", .fixed(.int32), label: "size"),
      .init("weights", "T", label: "weights"),
    ],
    outputs: [.init("bins", "T")], types: ["T": [.int32, .int64, .float32, .float64]])
  public static let shapeInputs = [1]
  public static let gradient = GradientRule.none(
    because: "counts do not change smoothly with what is counted; sums of weights that do are"
      + " what unsortedSegmentSum gives")
  public static let function: GraphFunction? = GraphFunction(
    "bincount",
    [
      .positional("arr"), .labelled("size"), .labelled("type", default: ".int32"),
      .labelled("weights", default: "none"),
    ]
  ) { call in
    let type = try call.dataType("type")
    let weights =
      call["weights"] == nil
      ? call.graph.constant(
        Tensor([Int64]()).asLiteral(), as: type ?? .int32, origin: call.origin)
      : try call.value("weights", literalType: type)
    if let type, weights.isValid, weights.dataType != type {
      throw ShapeError("type is .\(caseName(of: type)), but weights is \(weights.type)")
    }
    let counted = [
      try call.value("arr", literalType: .int32), try call.value("size", literalType: .int32),
    ]
    return call.graph.append(Bincount(), counted + [weights], origin: call.origin).outputs
  }

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 0, of: 1, named: "size")
    let size = request.integers(1)?.first
    if let size, size < 0 { throw ShapeError("size must be at least 0, but it is \(size)") }
    let weights = request.shape(2)
    guard weights.isCompatible(with: request.shape(0)) || weights.isCompatible(with: [0]) else {
      throw ShapeError(
        "weights is \(request.inputs[2]), but arr is \(request.inputs[0]);"
          + " there must be one for each integer, or none")
    }
    return [Shape(dimensions: [size])]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    switch request.inputs[2].dataType {
    case .float32: kernel(request, Float(1)) { $0 + $1 }
    case .float64: kernel(request, 1.0) { $0 + $1 }
    case .int32: kernel(request, Int32(1)) { $0 &+ $1 }
    case .int64: kernel(request, Int64(1)) { $0 &+ $1 }
    default: throw unsupported(request.inputs[2].dataType)
    }
  }

  private func kernel<Element: Numeric & Sendable>(
    _ request: KernelRequest, _ one: Element,
    _ add: @escaping @Sendable (Element, Element) -> Element
  ) -> Kernel {
    let (count, size) = (request.inputCount(0), request.outputCount())
    let isWeighted = request.inputCount(2) == count
    return Kernel { context in
      let integers = context.input(0, as: Int32.self)
      let weights = context.input(2, as: Element.self)
      let bins = context.output(as: Element.self)
      bins.update(repeating: 0, count: size)
      for place in 0..<count {
        let bin = Int(integers[place])
        guard bin >= 0 else {
          throw KernelError("arr must be at least 0, but it holds \(bin)")
        }
        if bin < size { bins[bin] = add(bins[bin], isWeighted ? weights[place] : one) }
      }
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "counts", Bincount(),
        [Tensor([Int32(1), 0, 1, 5, 1]), Tensor(Int32(4)), .sample([0])], differentiable: false),
      Sample(
        "weights", Bincount(),
        [Tensor([Int32(1), 0, 1, 5]), Tensor(Int32(6)), .sample([4], in: 0...50)],
        differentiable: false),
      Sample(
        "a matrix", Bincount(),
        [
          try! Tensor([Int32(1), 0, 1, 2], dimensions: [2, 2]), Tensor(Int32(3)),
          .sample([2, 2], in: 0...50),
        ], differentiable: false),
      Sample(
        "nothing", Bincount(), [Tensor([Int32]()), Tensor(Int32(2)), .sample([0])],
        differentiable: false),
      Sample(
        failing: "another number of weights", Bincount(),
        [Tensor([Int32(1), 0]), Tensor(Int32(2)), .sample([3])],
        message: "weights is Float64[3], but arr is Int32[2]; there must be one for each integer,"
          + " or none"),
      Sample(
        failing: "a negative size", Bincount(),
        [Tensor([Int32(1)]), Tensor(Int32(-1)), .sample([0])],
        message: "size must be at least 0, but it is -1"),
      Sample(
        failing: "a vector of sizes", Bincount(),
        [Tensor([Int32(1)]), Tensor([Int32(1)]), .sample([0])],
        message: "size must have rank 0, but it is Int32[1]"),
    ]
  }
}

/// How often each integer from 0 up occurs.
///
/// - Parameters:
///   - arr: Integers of type `Int32` that are at least 0; those not below `size` do not count.
///   - size: How many integers to count.
///   - type: The type of the counts.
/// - Returns: A vector of counts.
public func bincount(
  _ arr: Value, size: Int, type: DataType = .int32, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  let none = arr.graph.constant(
    Tensor([Int64]()).asLiteral(), as: type, origin: origin)
  return bincount(arr, size: size, weights: none, name: name, fileID: fileID, line: line)
}

/// The sum of the weights where each integer from 0 up occurs.
///
/// - Parameters:
///   - arr: Integers of type `Int32` that are at least 0; those not below `size` do not count.
///   - size: How many integers to count.
///   - weights: A number for each of `arr`.
/// - Returns: A vector of sums.
public func bincount(
  _ arr: Value, size: Int, weights: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  let size = int32Constant(size, "bincount: size", arr.graph, origin)
  return arr.graph.append(Bincount(), [arr, size, weights], name: name, origin: origin).output
}
