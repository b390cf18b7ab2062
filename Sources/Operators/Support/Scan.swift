import CKernels
import GraphIR
import Tensors

/// An operator that gives running results along an axis.
public protocol Scan: Operator {
  /// Whether an element's own part is left out.
  var exclusive: Bool { get set }
  /// Whether it runs from the end of the axis.
  var reverse: Bool { get set }
}

/// The inner loop of a scan for each type that it computes.
typealias ScanLoops = [DataType: staticgraph_scan]

extension Scan {
  /// The inputs and outputs of every scan.
  static var scanSignature: Signature {
    Signature(
      inputs: [.init("x", "T"), .init("axis", "Tidx", label: "axis")],
      outputs: [.init("out", "T")], types: ["T": .numeric, "Tidx": .index])
  }

  /// Where a scan begins, and whether it counts the element itself.
  public static var attributes: [Attribute<Self>] {
    [
      .init("exclusive", \.exclusive, "Whether an element's own part is left out."),
      .init("reverse", \.reverse, "Whether it runs from the end of the axis."),
    ]
  }

  /// The axis tells nothing about the shape, but is checked against it.
  public static var shapeInputs: [Int] { [1] }

  /// A scan.
  init(exclusive: Bool, reverse: Bool) {
    self.init()
    self.exclusive = exclusive
    self.reverse = reverse
  }

  /// The shape of the input.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    _ = try statedAxis(request, 1, of: 0, named: "x")
    return sameShape(request)
  }

  /// A kernel that runs along the axis with one of those loops.
  func scanKernel(_ request: KernelRequest, _ loops: ScanLoops) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard let loop = loops[type] else { throw unsupported(type) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let blocks = AxisBlocks(request.inputSizes(0), axis: request.axis(1, of: 0))
    let (exclusive, reverse) = (exclusive, reverse)
    // Whole blocks make a piece where they are small, a range of columns where they are not.
    let columns = max(64, elementsPerPiece / max(1, blocks.count))
    let acrossCount = (blocks.inner + columns - 1) / columns
    let outer = acrossCount > 1 ? 1 : max(1, elementsPerPiece / (blocks.count * blocks.inner))
    let pieces = (blocks.outer + outer - 1) / outer * acrossCount
    let blockBytes = blocks.count * blocks.inner * type.byteCount
    return Kernel { context in
      let (x, result) = (context.inputs[0], context.outputs[0])
      context.parallelFor(pieces: pieces) { piece in
        let block = piece / acrossCount * outer
        let column = piece % acrossCount * columns
        loop(
          min(outer, blocks.outer - block), blocks.count, blocks.inner, column,
          min(blocks.inner, column + columns), exclusive, reverse, x + block * blockBytes,
          result + block * blockBytes)
      }
    }
  }

  /// Appends the scan along an axis.
  func applied(to x: Value, axis: Int, name: String?, origin: Origin) -> Value {
    let axis = sizeConstant(axis, x.graph, origin)
    return x.graph.append(self, [x, axis], name: name, origin: origin).output
  }
}

/// What every scan is tried with.
@_optimize(none)
func scanSamples<Op: Scan>(_ type: Op.Type, in range: ClosedRange<Double>) -> [Sample] {
  let kinds: [(String, Op)] = [
    ("", Op()), (", exclusive", Op(exclusive: true, reverse: false)),
    (", reverse", Op(exclusive: false, reverse: true)),
    (", exclusive and reverse", Op(exclusive: true, reverse: true)),
  ]
  return kinds.flatMap { words, scan in
    [
      Sample("a vector\(words)", scan, [.sample([5], in: range), Tensor(Int32(0))]),
      Sample("the last axis\(words)", scan, [.sample([2, 3], in: range), Tensor(Int32(-1))]),
      Sample("the middle axis\(words)", scan, [.sample([2, 3, 2], in: range), Tensor(Int64(1))]),
      Sample("size 1\(words)", scan, [.sample([2, 1], in: range), Tensor(Int32(1))]),
    ]
  } + [
    Sample("nothing", Op(), [.sample([3, 0], in: range), Tensor(Int32(0))]),
    Sample(
      "many columns", Op(), [.sample([3, 30_011], in: range), Tensor(Int32(0))],
      differentiable: false),
    Sample(
      "many blocks", Op(exclusive: false, reverse: true),
      [.sample([30_011, 3], in: range), Tensor(Int32(1))], differentiable: false),
    Sample(
      failing: "an axis that does not exist", Op(), [.sample([2, 3]), Tensor(Int32(2))],
      message: "x is Float64[2, 3], which has no axis 2"),
    Sample(
      failing: "a scalar", Op(), [.sample([]), Tensor(Int32(0))],
      message: "x is Float64, which has no axis 0"),
    Sample(
      failing: "a vector of axes", Op(), [.sample([2, 3]), Tensor([Int32(0)])],
      message: "axis must have rank 0, but it is Int32[1]"),
  ]
}
