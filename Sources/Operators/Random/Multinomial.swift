import CKernels
import GraphIR
import Tensors

/// Random classes, each as likely as its unnormalised log-probability says.
public struct Multinomial: SeededOperator {
  public static let name = "Multinomial"
  public static let summary =
    "Random classes, each as likely as its unnormalised log-probability says."
  public static let signature = Signature(
    inputs: [.init("logits", "T"), .init("num_samples", .fixed(.int32), label: "count")],
    outputs: [.init("output", "output_dtype")], types: ["T": .numeric, "output_dtype": .index])
  public static let attributes: [Attribute<Multinomial>] =
    [.init("output_dtype", \.outputType, "The type of the classes.", label: "type")]
    + seedAttributes
  public static let shapeInputs = [1]
  public static let gradient = GradientRule.none(because: "classes do not change smoothly")

  /// The first seed.
  public var seed = 0
  /// The second seed.
  public var seed2 = 0
  /// The type of the classes.
  public var outputType = DataType.int64

  public init() {}

  /// Classes of that type.
  public init(_ outputType: DataType, seed: Int, seed2: Int) {
    self.outputType = outputType
    self.seed = seed
    self.seed2 = seed2
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 2, of: 0, named: "logits")
    try request.require(rank: 0, of: 1, named: "count")
    let count = request.integers(1)?.first
    if let count, count < 0 { throw ShapeError("count must be at least 0, but it is \(count)") }
    let logits = request.shape(0)
    if logits.rank == 2, logits[1] == 0 {
      throw ShapeError("logits is \(request.inputs[0]), which has no classes")
    }
    return [Shape(dimensions: [logits.rank == 2 ? logits[0] : nil, count])]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard type == .float32 || type == .float64 else { throw unsupported(type) }
    let (rows, classes) = (request.inputSizes(0)[0], request.inputSizes(0)[1])
    let (samples, isWide) = (request.outputSizes()[1], outputType == .int64)
    if request.outputCount() == 0 { return Kernel { _ in } }
    let stream = stream(request)
    let reserved = rows &* ((samples + 3) / 4 * 8)
    return Kernel(scratchByteCount: classes * MemoryLayout<Double>.stride) { context in
      staticgraph_random_classes(
        stream.next(numbers: reserved), rows, classes, samples, type == .float64,
        context.inputs[0], context.scratch.assumingMemoryBound(to: Double.self), isWide,
        context.outputs[0])
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(
      operations: 30 * Double(request.inputCount(0) + request.outputCount()),
      bytesMoved: Cost.moving(request))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    func make(
      _ label: String, as type: DataType = .int64, _ logits: Tensor, _ count: Int32
    ) -> Sample {
      Sample(
        label, Multinomial(type, seed: 3, seed2: 5), [logits, Tensor(count)], everyType: false,
        differentiable: false)
    }
    return [
      make("several rows", .sample([3, 4]), 5),
      make(
        "in Int32, of Float32", as: .int32, try! Tensor([Float(0), 1, 2], dimensions: [1, 3]), 20),
      make(
        "an impossible class", try! Tensor([0, -Double.infinity, 0], dimensions: [1, 3]), 20),
      make("no samples", .sample([2, 3]), 0), make("no rows", .sample([0, 3]), 2),
      Sample(
        failing: "no classes", Multinomial(), [.sample([2, 0]), Tensor(Int32(1))],
        message: "logits is Float64[2, 0], which has no classes"),
      Sample(
        failing: "a vector", Multinomial(), [.sample([2]), Tensor(Int32(1))],
        message: "logits must have rank 2, but it is Float64[2]"),
      Sample(
        failing: "a negative number", Multinomial(), [.sample([2, 2]), Tensor(Int32(-1))],
        message: "count must be at least 0, but it is -1"),
    ]
  }
}

/// Random classes, each as likely as its unnormalised log-probability says.
///
/// - Parameters:
///   - logits: For each row, a number for each class, `Float32` or `Float64`.
///   - count: How many classes to draw for each row.
///   - type: The type of the classes, `Int32` or `Int64`.
///   - seed: The first seed; two zeros give other classes in each session.
///   - seed2: The second seed.
/// - Returns: Classes, `count` for each row.
public func multinomial(
  _ logits: Value, count: Int, type: DataType = .int64, seed: Int = 0, seed2: Int = 0,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  let count = int32Constant(count, "multinomial: count", logits.graph, origin)
  return logits.graph.append(
    Multinomial(type, seed: seed, seed2: seed2), [logits, count], name: name, origin: origin
  ).output
}
