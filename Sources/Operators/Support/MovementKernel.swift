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
  let movements: [Movement]
  /// Whether elements are added to those that the target holds.
  let isAdding: Bool

  /// A phase of those movements.
  init(_ movements: [Movement], isAdding: Bool = false) {
    self.movements = movements.filter { $0.loops.count > 0 }
    self.isAdding = isAdding
  }
}

/// Phases of movements, one after the other, as runs read them.
private struct MovementProgram: Sendable {
  private struct Phase: BitwiseCopyable {
    let move: staticgraph_movement
    /// The first of its movements, and the one behind the last.
    let first: Int
    let end: Int
    /// The number of pieces of the work.
    let pieces: Int
  }

  private struct Part: BitwiseCopyable {
    let loops: MovementLoops
    /// The first of the axes outside, and how many there are.
    let firstOuter: Int
    let outerCount: Int
    /// The number, within the phase, of the first of its pieces.
    let firstPiece: Int
  }

  private let elementSize: Int
  private let phases: Table<Phase>
  private let parts: Table<Part>
  private let outer: Table<staticgraph_axis>

  /// - Precondition: No phase is empty.
  init(_ phases: [(phase: MovementPhase, move: staticgraph_movement)], elementSize: Int) {
    var (table, parts, outer): ([Phase], [Part], [staticgraph_axis]) = ([], [], [])
    for (phase, move) in phases {
      let first = parts.count
      var (pieces, count) = (0, 0)
      for movement in phase.movements {
        let firstOuter = outer.count
        outer += movement.outer
        parts.append(
          Part(
            loops: movement.loops, firstOuter: firstOuter, outerCount: movement.outer.count,
            firstPiece: pieces))
        pieces += movement.loops.pieces
        count += movement.loops.count
      }
      table.append(
        Phase(
          move: move, first: first, end: parts.count, pieces: count <= elementsPerPiece ? 1 : pieces
        ))
    }
    self.elementSize = elementSize
    self.phases = Table(table)
    self.parts = Table(parts)
    self.outer = Table(outer)
  }

  func run(_ context: KernelContext) {
    for number in 0..<phases.count {
      let phase = phases[number]
      context.parallelFor(pieces: phase.pieces) { run(phase, piece: $0, context) }
    }
  }

  private func run(_ phase: Phase, piece: Int, _ context: KernelContext) {
    if phase.pieces == 1 {
      for number in phase.first..<phase.end {
        let part = parts[number]
        for piece in 0..<part.loops.pieces { run(part, piece, phase.move, context) }
      }
      return
    }
    var (low, high) = (phase.first, phase.end)
    while high - low > 1 {
      let middle = (low + high) / 2
      if parts[middle].firstPiece <= piece { low = middle } else { high = middle }
    }
    let part = parts[low]
    run(part, piece - part.firstPiece, phase.move, context)
  }

  private func run(
    _ part: Part, _ piece: Int, _ move: staticgraph_movement, _ context: KernelContext
  ) {
    let source = part.loops.source
    part.loops.run(
      piece: piece, move, elementSize: elementSize,
      outer: UnsafeBufferPointer(
        start: outer.start + part.firstOuter, count: part.outerCount),
      from: source < 0 ? context.scratch : context.inputs[source],
      to: context.outputs[part.loops.target])
  }
}

/// The most movements that one kernel is made of.
private let movementLimit = 1 << 16

/// A kernel that moves elements of a type, phase after phase.
///
/// - Throws: `GraphError` for elements that have no fixed size, or cannot be added.
func movementKernel(_ type: DataType, _ phases: [MovementPhase]) throws -> Kernel {
  guard let move = movementLoop(type) else { throw unsupported(type) }
  let program = MovementProgram(
    try phases.filter { !$0.movements.isEmpty }.map { phase in
      guard let loop = phase.isAdding ? addingLoops[type] : move else { throw unsupported(type) }
      return (phase, loop)
    }, elementSize: type.byteCount)
  return Kernel(scratchByteCount: 64) { context in
    context.scratch.initializeMemory(as: UInt64.self, repeating: 0, count: 1)
    program.run(context)
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
