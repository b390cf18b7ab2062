import CKernels
import GraphIR
import Tensors

/// An operator that computes nothing, but moves elements to other places.
public protocol MovingOperator: Operator {}

extension MovingOperator {
  /// No operations; what is written is read once.
  public func cost(_ request: KernelRequest) -> Cost {
    let written = request.outputs.reduce(0.0) {
      $0 + Double($1.shape.elementCount!) * Double($1.dataType.byteCount)
    }
    return Cost(operations: 0, bytesMoved: 2 * written)
  }
}

/// Movements that write to different places, so that they may run in any order.
struct MovementPhase: Sendable {
  private let movements: [Movement]
  /// For each movement the number of its first piece.
  private let firstPieces: [Int]
  /// The number of pieces of the work.
  let pieces: Int
  /// Whether elements are added to those that the target holds.
  let isAdding: Bool

  /// A phase of those movements.
  init(_ movements: [Movement], isAdding: Bool = false) {
    let movements = movements.filter { $0.count > 0 }
    self.movements = movements
    self.isAdding = isAdding
    var firstPieces = [0]
    for movement in movements { firstPieces.append(firstPieces.last! + movement.pieces) }
    self.firstPieces = firstPieces
    let count = movements.reduce(0) { $0 + $1.count }
    pieces = count <= elementsPerPiece ? min(1, movements.count) : firstPieces.last!
  }

  /// Does one piece of the work.
  func run(
    piece: Int, _ move: staticgraph_movement, _ elementSize: Int, _ context: KernelContext
  ) {
    if pieces == 1 {
      for movement in movements {
        for part in 0..<movement.pieces {
          run(movement, part, move, elementSize, context)
        }
      }
      return
    }
    var (low, high) = (0, movements.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstPieces[middle] <= piece { low = middle } else { high = middle }
    }
    run(movements[low], piece - firstPieces[low], move, elementSize, context)
  }

  private func run(
    _ movement: Movement, _ part: Int, _ move: staticgraph_movement, _ elementSize: Int,
    _ context: KernelContext
  ) {
    let source = movement.source < 0 ? context.scratch : context.inputs[movement.source]
    movement.run(
      piece: part, move, elementSize: elementSize, from: source,
      to: context.outputs[movement.target])
  }
}

/// The most movements that one kernel is made of.
private let movementLimit = 1 << 16

/// A kernel that moves elements of a type, phase after phase.
///
/// - Throws: `GraphError` for elements that have no fixed size, or cannot be added.
func movementKernel(_ type: DataType, _ phases: [MovementPhase]) throws -> Kernel {
  guard let move = movementLoop(type) else { throw unsupported(type) }
  let elementSize = type.byteCount
  var steps: [(MovementPhase, staticgraph_movement)] = []
  for phase in phases where phase.pieces > 0 {
    guard let loop = phase.isAdding ? addingLoops[type] : move else { throw unsupported(type) }
    steps.append((phase, loop))
  }
  let fixedSteps = steps
  return Kernel(scratchByteCount: 64) { context in
    context.scratch.initializeMemory(as: UInt64.self, repeating: 0, count: 1)
    for number in 0..<fixedSteps.count {
      let (phase, loop) = fixedSteps[number]
      context.parallelFor(pieces: phase.pieces) { piece in
        phase.run(piece: piece, loop, elementSize, context)
      }
    }
  }
}

/// A kernel of movements that write to different places.
func movementKernel(_ type: DataType, _ movements: [Movement]) throws -> Kernel {
  try checkMovementCount(movements.count)
  return try movementKernel(type, [MovementPhase(movements)])
}

/// Throws `GraphError` when a kernel would consist of more movements than are sensible.
func checkMovementCount(_ count: Int) throws {
  guard count <= movementLimit else {
    throw GraphError("\(count) parts to move are too many; the limit is \(movementLimit)")
  }
}

/// The loop that moves elements of that size, or `nil` for elements of no fixed size.
func movementLoop(_ type: DataType) -> staticgraph_movement? {
  switch type.byteCount {
  case 1: staticgraph_move_1
  case 2: staticgraph_move_2
  case 4: staticgraph_move_4
  case 8: staticgraph_move_8
  default: nil
  }
}

private let addingLoops: [DataType: staticgraph_movement] = [
  .float32: staticgraph_move_adding_float32, .float64: staticgraph_move_adding_float64,
  .int32: staticgraph_move_adding_int32, .int64: staticgraph_move_adding_int64,
  .uint8: staticgraph_move_adding_uint8,
]
