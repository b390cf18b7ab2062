import GraphIR
import Tensors

/// An operator whose results are random numbers, other ones in each run.
public protocol SeededOperator: Operator {
  /// The first seed.
  var seed: Int { get set }
  /// The second seed.
  var seed2: Int { get set }
}

extension SeededOperator {
  /// A random result is never computed beforehand, nor once for several nodes.
  public static var traits: OperatorTraits { .hasEffect }

  /// The seeds come first among the attributes.
  static var seedAttributes: [Attribute<Self>] {
    [
      .init("seed", \.seed, "The first seed; 0 for both asks for other numbers in each session."),
      .init("seed2", \.seed2, "The second seed."),
    ]
  }

  /// The operator with those seeds.
  func seeded(_ seed: Int, _ seed2: Int) -> Self {
    var copy = self
    (copy.seed, copy.seed2) = (seed, seed2)
    return copy
  }

  /// The numbers of a kernel of this operator.
  func stream(_ request: KernelRequest) -> RandomStream {
    RandomStream(
      seed: seed, seed2: seed2, position: request.randomPosition ?? RandomPosition())
  }
}

/// An operator that fills a shape with random numbers of a distribution.
public protocol RandomSource: SeededOperator {
  /// The type of the numbers.
  var dataType: DataType { get set }
}

extension RandomSource {
  /// The inputs and outputs of every such operator.
  static var randomSignature: Signature {
    Signature(
      inputs: [.init("shape", "T")], outputs: [.init("output", "dtype")],
      types: ["dtype": .floatingPoint, "T": .index])
  }

  /// The seeds, and the type of the numbers.
  public static var attributes: [Attribute<Self>] {
    seedAttributes + [
      .init("dtype", \.dataType, "The type of the numbers.", label: "type", isRequired: true)
    ]
  }

  /// The result has the shape that the input holds.
  public static var shapeInputs: [Int] { [0] }

  /// Random numbers are constants for a derivative.
  public static var gradient: GradientRule {
    .none(because: "random numbers do not depend on anything")
  }

  /// Numbers of that type.
  init(_ dataType: DataType, seed: Int, seed2: Int) {
    self.init()
    self.dataType = dataType
    self.seed = seed
    self.seed2 = seed2
  }

  /// The shape that the input holds.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "shape")
    return [try statedShape(request, 0, named: "shape")]
  }

  /// A kernel whose runs take numbers of a distribution.
  func sourceKernel(_ request: KernelRequest, _ fills: RandomFills) throws -> Kernel {
    let (stream, count) = (stream(request), request.outputCount())
    return try randomKernel(request, fills) { _ in stream.next(numbers: count) }
  }

  /// The function in a `.graph` file.
  static func sourceFunction(_ name: String) -> GraphFunction {
    GraphFunction(
      name,
      [
        .positional("shape"), .labelled("type", default: ".float32"),
        .labelled("seed", default: "0"), .labelled("seed2", default: "0"),
      ]
    ) { call in
      func seed(_ name: String) throws -> Int {
        let seeds = try call.integers(name) ?? [0]
        guard seeds.count == 1 else {
          throw ShapeError("\(name) must be one integer, but it is \(seeds)")
        }
        return seeds[0]
      }
      let source = Self(
        try call.dataType("type") ?? .float32, seed: try seed("seed"), seed2: try seed("seed2"))
      let shape = try call.value("shape", literalType: .int32)
      return call.graph.append(source, [shape], origin: call.origin).outputs
    }
  }
}

/// What every source of random numbers is tried with.
///
/// Seeds give TensorFlow's numbers in the first run of a session.
@_optimize(none)
func randomSamples<Op: RandomSource>(_ type: Op.Type) -> [Sample] {
  func make(_ label: String, as type: DataType = .float32, seed: Int = 7, _ shape: Tensor) -> Sample
  {
    Sample(
      label, Op(type, seed: seed, seed2: 11), [shape], everyType: false, differentiable: false)
  }
  return [
    make("a matrix", Tensor([Int32(3), 5])),
    make("a matrix of Float64", as: .float64, Tensor([Int32(3), 5])),
    make("a scalar", Tensor([Int32]())),
    make("sizes in Int64, other seeds", seed: -3, Tensor([Int64(6)])),
    make("nothing", Tensor([Int32(0), 2])),
    make("many numbers", Tensor([Int32(70_001)])),
    Sample(
      failing: "a matrix of sizes", Op(), [try! Tensor([Int32(2)], dimensions: [1, 1])],
      message: "shape must have rank 1, but it is Int32[1, 1]"),
    Sample(
      failing: "a negative size", Op(), [Tensor([Int32(-2)])],
      message: "shape holds sizes, which are at least 0, but it is [-2]"),
    Sample(
      failing: "integers", Op(.int32, seed: 0, seed2: 0), [Tensor([Int32(2)])],
      message: "attribute dtype must be \(TypeSet.floatingPoint), but it is Int32"),
  ]
}
