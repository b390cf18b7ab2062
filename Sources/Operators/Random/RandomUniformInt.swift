import CKernels
import GraphIR
import Tensors

/// Random integers from a range, other ones in each run.
public struct RandomUniformInt: SeededOperator {
  public static let name = "RandomUniformInt"
  public static let summary = "Random integers from a range, other ones in each run."
  public static let signature = Signature(
    inputs: [
      .init("shape", "T"), .init("minval", "Tout", label: "from"),
      .init("maxval", "Tout", label: "to"),
    ],
    outputs: [.init("output", "Tout")], types: ["Tout": .index, "T": .index])
  public static let attributes = seedAttributes
  public static let shapeInputs = [0]
  public static let gradient = GradientRule.none(because: "random integers do not change smoothly")
  public static let function: GraphFunction? = .derived(
    from: RandomUniformInt.self, named: "randomIntegers")

  /// The first seed.
  public var seed = 0
  /// The second seed.
  public var seed2 = 0

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "shape")
    try request.require(rank: 0, of: 1, named: "from")
    try request.require(rank: 0, of: 2, named: "to")
    return [try statedShape(request, 0, named: "shape")]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let isWide = request.outputs[0].dataType == .int64
    let (stream, count) = (stream(request), request.outputCount())
    if count == 0 { return Kernel { _ in } }
    return Kernel { context in
      func bound(_ input: Int) -> Int64 {
        isWide
          ? context.input(input, as: Int64.self)[0] : Int64(context.input(input, as: Int32.self)[0])
      }
      let (least, limit, result) = (bound(1), bound(2), context.outputs[0])
      guard least < limit else {
        throw KernelError("from must be less than to, but they are \(least) and \(limit)")
      }
      let generator = stream.next(numbers: count)
      context.parallelFor(pieces: pieceCount(count)) { piece in
        let start = piece * elementsPerPiece
        staticgraph_random_integers(
          generator, start, min(count, start + elementsPerPiece), isWide, least, limit, result)
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    func make(_ label: String, _ shape: Tensor, _ least: Tensor, _ limit: Tensor) -> Sample {
      Sample(
        label, RandomUniformInt().seeded(3, 5), [shape, least, limit], everyType: false,
        differentiable: false)
    }
    func fails(_ label: String, _ shape: Tensor, _ least: Tensor, _ message: String) -> Sample {
      Sample(
        failing: label, RandomUniformInt(), [shape, least, Tensor(Int32(9))], message: message)
    }
    return [
      make("a matrix", Tensor([Int32(3), 5]), Tensor(Int32(-2)), Tensor(Int32(10))),
      make("of Int64", Tensor([Int64(7)]), Tensor(Int64(0)), Tensor(Int64(1) << 40)),
      make("the whole range", Tensor([Int32(7)]), Tensor(Int32.min), Tensor(Int32.max)),
      make("a scalar", Tensor([Int32]()), Tensor(Int32(0)), Tensor(Int32(2))),
      make("nothing", Tensor([Int32(0)]), Tensor(Int32(0)), Tensor(Int32(0))),
      make("many", Tensor([Int32(70_001)]), Tensor(Int32(0)), Tensor(Int32(1000))),
      fails(
        "a vector of bounds", Tensor([Int32(2)]), Tensor([Int32(2)]),
        "from must have rank 0, but it is Int32[1]"),
      fails(
        "a scalar of sizes", Tensor(Int32(2)), Tensor(Int32(2)),
        "shape must have rank 1, but it is Int32"),
    ]
  }
}

/// Random integers from a range, other ones in each run.
///
/// - Parameters:
///   - shape: A vector of sizes, `Int32` or `Int64`.
///   - from: The least integer, a scalar, `Int32` or `Int64`.
///   - to: The integer after the greatest one, a scalar of the same type; a run throws where it is
///     not greater than the least one.
///   - seed: The first seed; two zeros give other numbers in each session.
///   - seed2: The second seed.
public func randomIntegers(
  _ shape: Value, from: Value, to: Value, seed: Int = 0, seed2: Int = 0, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  shape.graph.append(
    RandomUniformInt().seeded(seed, seed2), [shape, from, to], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
