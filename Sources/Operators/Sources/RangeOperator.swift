import GraphIR
import Tensors

/// The numbers from a start up to a limit, which is left out, in equal steps.
public struct RangeOperator: Operator {
  public static let name = "Range"
  public static let summary =
    "The numbers from a start up to a limit, which is left out, in equal steps."
  public static let signature = Signature(
    inputs: [
      .init("start", "Tidx"), .init("limit", "Tidx"), .init("delta", "Tidx", label: "by"),
    ],
    outputs: [.init("output", "Tidx")],
    types: [
      "Tidx": [
        .bfloat16, .float16, .float32, .float64, .int8, .int16, .int32, .int64, .uint16, .uint32,
        .uint64,
      ]
    ])
  public static let shapeInputs = [0, 1, 2]

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    for (input, name) in ["start", "limit", "delta"].enumerated() {
      try request.require(rank: 0, of: input, named: name)
    }
    guard let start = request.value(0), let limit = request.value(1), let delta = request.value(2)
    else { return [.unknown(rank: 1)] }
    let type = request.inputs[0].dataType
    switch type {
    case .float32: return [[try count(start, limit, delta, as: Float.self)]]
    case .float16, .bfloat16, .float64, .uint64:
      return [[try count(start, limit, delta, as: Double.self)]]
    default: return [[try integerCount(start, limit, delta)]]
    }
  }

  private func count<Element: BinaryFloatingPoint & FixedSizeElement>(
    _ start: Tensor, _ limit: Tensor, _ delta: Tensor, as type: Element.Type
  ) throws -> Int {
    let numbers = try [start, limit, delta].map {
      try $0.converted(to: Element.dataType).scalar(as: type)
    }
    let (start, limit, delta) = (numbers[0], numbers[1], numbers[2])
    guard delta > 0 ? start <= limit : delta < 0 && start >= limit else {
      throw Self.noSteps("\(start)", "\(limit)", "\(delta)")
    }
    let count = ((limit - start) / delta).magnitude.rounded(.up)
    guard count < 0x1p62 else { throw Self.tooMany("\(start)", "\(limit)", "\(delta)") }
    return Int(count)
  }

  private func integerCount(_ start: Tensor, _ limit: Tensor, _ delta: Tensor) throws -> Int {
    let numbers = try [start, limit, delta].map {
      try $0.converted(to: .int64).scalar(as: Int64.self)
    }
    let (start, limit, delta) = (numbers[0], numbers[1], numbers[2])
    guard delta > 0 ? start <= limit : delta < 0 && start >= limit else {
      throw Self.noSteps("\(start)", "\(limit)", "\(delta)")
    }
    let distance = UInt64(bitPattern: delta > 0 ? limit &- start : start &- limit)
    let (whole, rest) = distance.quotientAndRemainder(dividingBy: delta.magnitude)
    guard whole < 1 << 62 else { throw Self.tooMany("\(start)", "\(limit)", "\(delta)") }
    return Int(whole) + (rest > 0 ? 1 : 0)
  }

  private static func noSteps(_ start: String, _ limit: String, _ delta: String) -> ShapeError {
    ShapeError("no steps of \(delta) lead from \(start) to \(limit)")
  }

  private static func tooMany(_ start: String, _ limit: String, _ delta: String) -> ShapeError {
    ShapeError("the steps of \(delta) from \(start) to \(limit) are more than any memory holds")
  }

  public static let gradient = GradientRule.none(
    because: "how many numbers there are jumps with the limits and the step")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    switch request.outputs[0].dataType {
    case .float32: try kernel(request, Float.self) { $0 + Float($1) * $2 }
    case .float64: try kernel(request, Double.self) { $0 + Double($1) * $2 }
    case .int32: try kernel(request, Int32.self) { $0 &+ Int32(truncatingIfNeeded: $1) &* $2 }
    case .int64: try kernel(request, Int64.self) { $0 &+ Int64($1) &* $2 }
    default: throw unsupported(request.outputs[0].dataType)
    }
  }

  private func kernel<Element: FixedSizeElement>(
    _ request: KernelRequest, _ type: Element.Type,
    number: @escaping @Sendable (Element, Int, Element) -> Element
  ) throws -> Kernel {
    guard let start = try request.value(0)?.scalar(as: type),
      let delta = try request.value(2)?.scalar(as: type)
    else { throw GraphError("start and delta must be known when a plan is made") }
    return sequenceKernel(request, type) { number(start, $0, delta) }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      sample("upward", 0, 10, 3),
      sample("an exact limit", 2, 8, 2),
      sample("downward", 5, -4, -2),
      sample("nothing", 3, 3, 1),
      Sample(
        "fractions in Float32", RangeOperator(),
        [Tensor(Float(0)), Tensor(Float(100)), Tensor(Float(0.1))],
        differentiable: false),
      Sample(
        "the whole of a type", RangeOperator(),
        [Tensor(Int32.min), Tensor(Int32.max), Tensor(Int32(1 << 30))], differentiable: false),
      sample("fractions", 0.5, 4.25, 0.25, everyType: false),
      sample("many elements", 0, 140_000, 2),
      Sample(
        failing: "the wrong way", RangeOperator(),
        [Tensor(Int32(5)), Tensor(Int32(3)), Tensor(Int32(1))],
        message: "no steps of 1 lead from 5 to 3"),
      Sample(
        failing: "no step", RangeOperator(),
        [Tensor(Int32(3)), Tensor(Int32(3)), Tensor(Int32(0))],
        message: "no steps of 0 lead from 3 to 3"),
      Sample(
        failing: "no number", RangeOperator(), numbers(0, 1, .nan),
        message: "no steps of nan lead from 0.0 to 1.0"),
      Sample(
        failing: "no end", RangeOperator(), numbers(0, .infinity, 1),
        message: "the steps of 1.0 from 0.0 to inf are more than any memory holds"),
      Sample(
        failing: "a vector", RangeOperator(), [.sample([2])] + numbers(1, 1, 1).dropFirst(),
        message: "start must have rank 0, but it is Float64[2]"),
    ]
  }

  private static func sample(
    _ label: String, _ start: Double, _ limit: Double, _ delta: Double, everyType: Bool = true
  ) -> Sample {
    Sample(
      label, RangeOperator(), numbers(start, limit, delta), everyType: everyType,
      differentiable: false)
  }

  private static func numbers(_ numbers: Double...) -> [Tensor] { numbers.map { Tensor($0) } }
}

/// The numbers from a start up to a limit, which is left out, in equal steps.
///
/// - Parameters:
///   - start: The first number, a scalar.
///   - limit: Where to stop: no number reaches it.
///   - delta: The step, negative to count down; not 0, and it must lead from start to limit.
/// - Returns: A vector of the type of the three scalars.
public func range(
  _ start: Value, _ limit: Value, by delta: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  start.graph.append(
    RangeOperator(), [start, limit, delta], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}

extension Graph {
  /// The integers from a start up to a limit, which is left out, as an `Int32` vector.
  ///
  /// - Parameters:
  ///   - start: The first integer.
  ///   - limit: Where to stop.
  ///   - delta: The step, negative to count down.
  public func range(
    _ start: Int32 = 0, _ limit: Int32, by delta: Int32 = 1, name: String? = nil,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    let origin = Origin(fileID: fileID, line: line)
    let numbers = [start, limit, delta].map { constant(Tensor($0), origin: origin) }
    return append(RangeOperator(), numbers, name: name, origin: origin).output
  }
}
