import CKernels
import GraphIR
import Tensors

/// An operator that fills a shape with random numbers that follow from seeds alone.
public protocol StatelessRandom: Operator {
  /// The type of the numbers.
  var dataType: DataType { get set }
}

extension StatelessRandom {
  /// The inputs and outputs of every such operator.
  static var statelessSignature: Signature {
    Signature(
      inputs: [.init("shape", "T"), .init("seed", "Tseed", label: "seed")],
      outputs: [.init("output", "dtype")],
      types: ["dtype": .floatingPoint, "T": .index, "Tseed": .index])
  }

  /// The type of the numbers is the only attribute.
  public static var attributes: [Attribute<Self>] {
    [.init("dtype", \.dataType, "The type of the numbers.", label: "type")]
  }

  /// The result has the shape that the first input holds.
  public static var shapeInputs: [Int] { [0] }

  /// Random numbers are constants for a derivative.
  public static var gradient: GradientRule {
    .none(because: "random numbers do not change smoothly with their seeds")
  }

  /// Numbers of that type.
  init(_ dataType: DataType) {
    self.init()
    self.dataType = dataType
  }

  /// The shape that the first input holds.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "shape")
    guard request.shape(1).isCompatible(with: [2]) else {
      throw ShapeError("seed must be a vector of two integers, but it is \(request.inputs[1])")
    }
    return [try statedShape(request, 0, named: "shape")]
  }

  /// A kernel that makes numbers of a distribution.
  func statelessKernel(_ request: KernelRequest, _ fills: RandomFills) throws -> Kernel {
    let isWide = request.inputs[1].dataType == .int64
    return try randomKernel(request, fills) { context in
      func seed(_ place: Int) -> UInt64 {
        isWide
          ? UInt64(bitPattern: context.input(1, as: Int64.self)[place])
          : UInt64(bitPattern: Int64(context.input(1, as: Int32.self)[place]))
      }
      return staticgraph_philox_of_scrambled_seeds(seed(0), seed(1))
    }
  }

  /// Appends the operator for known sizes and seeds.
  func applied(
    in graph: Graph, _ sizes: [Int], seeds: (Int, Int), name: String?, origin: Origin
  ) -> Value {
    let seeds = graph.constant(Tensor([Int64(seeds.0), Int64(seeds.1)]), origin: origin)
    return graph.append(
      self, [sizesConstant(sizes, graph, origin), seeds], name: name, origin: origin
    ).output
  }
}

/// What every such operator is tried with.
@_optimize(none)
func statelessSamples<Op: StatelessRandom>(_ type: Op.Type) -> [Sample] {
  func make(
    _ label: String, as type: DataType = .float32, _ shape: Tensor, _ seeds: Tensor
  ) -> Sample {
    Sample(label, Op(type), [shape, seeds], everyType: false, differentiable: false)
  }
  return [
    make("a matrix", Tensor([Int32(3), 5]), Tensor([Int64(1), 2])),
    make("a matrix of Float64", as: .float64, Tensor([Int32(3), 5]), Tensor([Int64(1), 2])),
    make("seeds in Int32", Tensor([Int64(7)]), Tensor([Int32(-5), 6])),
    make("a scalar", Tensor([Int32]()), Tensor([Int64(3), 4])),
    make("nothing", Tensor([Int32(2), 0]), Tensor([Int64(3), 4])),
    make("many numbers", Tensor([Int32(70_001)]), Tensor([Int64(3), 4])),
    Sample(
      failing: "one seed", Op(), [Tensor([Int32(2)]), Tensor([Int64(1)])],
      message: "seed must be a vector of two integers, but it is Int64[1]"),
    Sample(
      failing: "a negative size", Op(), [Tensor([Int32(-2)]), Tensor([Int64(1), 2])],
      message: "shape holds sizes, which are at least 0, but it is [-2]"),
    Sample(
      failing: "a scalar of sizes", Op(), [Tensor(Int32(2)), Tensor([Int64(1), 2])],
      message: "shape must have rank 1, but it is Int32"),
  ]
}
