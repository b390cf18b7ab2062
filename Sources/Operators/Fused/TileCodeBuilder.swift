import CKernels
import GraphIR
import Tensors

/// Translates the members of a program into loops over registers.
struct TileCodeBuilder {
  private(set) var folds: [TileCode.Fold] = []
  /// For each fold the axes over which.
  private(set) var foldAxes: [[Int]] = []
  private let sizes: [Int]
  private var leaves: [staticgraph_tile_leaf]
  private let leafSizes: [Int]
  private var instructions: [staticgraph_tile_instruction] = []
  /// The outputs, of which those that are no folds have no loops here.
  private var outputs: [staticgraph_tile_fold] = []
  /// For each instruction the last one that reads its result, or `.max` for a fold.
  private var lastUse: [Int] = []
  /// How many operations there are for each element.
  private(set) var operationCount = 0
  private var widest = 1

  init(sizes: [Int], leaves: [ElementwiseProgram.Leaf]) {
    self.sizes = sizes
    self.leaves = leaves.map { leaf in
      staticgraph_tile_leaf(
        element_size: leaf.dataType.byteCount, row_stride: 0, is_scalar: false,
        must_be_vector: false, place: -1)
    }
    leafSizes = leaves.map { $0.sizes.reduce(1, *) }
    widest = leaves.reduce(1) { max($0, $1.dataType.byteCount) }
  }

  /// Adds the loops of the members.
  mutating func add(_ members: [ElementwiseProgram.Member], _ wanted: [Int]) {
    // How often each member is read; what is wanted is needed besides.
    var readers = [Int](repeating: 0, count: members.count)
    for number in wanted { readers[number] += 2 }
    for case .member(let number) in members.lazy.flatMap(\.operands) { readers[number] += 1 }
    var results: [TileResult] = []
    for (number, member) in members.enumerated() {
      let operands = member.operands.map { operand in
        switch operand {
        case .leaf(let number): TileResult.operand(UInt16(number))
        case .member(let number): results[number]
        }
      }
      let result = add(member, operands)
      results.append(readers[number] == 1 ? result : .operand(made(result)))
    }
    outputs = wanted.enumerated().map { output, number in
      let member = members[number]
      var result = staticgraph_tile_fold()
      result.operand = UInt32(made(results[number]))
      result.output = UInt32(output)
      result.element_size = member.type.dataType.byteCount
      guard case .fold(let role, let axes) = member.role.form, let loop = role as? FoldLoop else {
        if Int(result.operand) >= leaves.count {
          instructions[Int(result.operand) - leaves.count].place = Int8(-1 - output)
        }
        return result
      }
      use(UInt16(result.operand), by: .max, asVector: true)
      result.fold_rows = loop.rows
      result.fold_columns = loop.columns
      let count = member.type.shape.elementCount!
      folds.append(
        TileCode.Fold(
          loop: loop, output: output, elementSize: result.element_size,
          resultCount: count, foldedCount: sizes.reduce(1, *) / max(1, count)))
      foldAxes.append(axes)
      return result
    }
  }

  /// Adds the loops of one member but perhaps the last, and gives what holds its result.
  private mutating func add(
    _ member: ElementwiseProgram.Member, _ operands: [TileResult]
  ) -> TileResult {
    var step = staticgraph_tile_instruction()
    step.result_size = UInt8(member.type.dataType.byteCount)
    switch member.role.form {
    case .repetition, .fold: return operands[0]
    case .unary(let loop):
      step.kind = staticgraph_tile_unary
      step.loop = untyped(loop)
      step.x = made(operands[0])
      return .operand(append(step, vectors: [step.x], others: []))
    case .binary(let loop):
      return binary(step, loop, operands[0], operands[1])
    case .accumulation(let loop):
      return operands.dropFirst().reduce(operands[0]) { binary(step, loop, $0, $1) }
    case .selection:
      step.kind = staticgraph_tile_select
      (step.x, step.y, step.z) = (made(operands[0]), made(operands[1]), made(operands[2]))
      return .operand(append(step, vectors: [step.x, step.y, step.z], others: []))
    case .bounding(let loop):
      step.kind = staticgraph_tile_ternary
      step.loop = untyped(loop)
      (step.x, step.y, step.z) = (made(operands[0]), made(operands[1]), made(operands[2]))
      return .operand(append(step, vectors: [step.x], others: [step.y, step.z]))
    }
  }

  private mutating func binary(
    _ step: staticgraph_tile_instruction, _ loop: @escaping ElementwiseRole.BinaryLoop,
    _ x: TileResult, _ y: TileResult
  ) -> TileResult {
    if let result = pair(step, loop, waiting: x, beside: y, isSwapped: false) { return result }
    if let result = pair(step, loop, waiting: y, beside: x, isSwapped: true) { return result }
    return .waiting(WaitingLoop(step: step, loop: loop, x: made(x), y: made(y)))
  }

  /// One loop for one that waits and the one that reads it, where there is such a loop.
  private mutating func pair(
    _ step: staticgraph_tile_instruction, _ loop: @escaping ElementwiseRole.BinaryLoop,
    waiting: TileResult, beside other: TileResult, isSwapped: Bool
  ) -> TileResult? {
    guard case .waiting(let first) = waiting else { return nil }
    for (vector, second, firstIsSwapped) in [(first.x, first.y, false), (first.y, first.x, true)] {
      guard isVector(vector),
        let loop = staticgraph_pair(first.loop, firstIsSwapped, loop, isSwapped)
      else { continue }
      var step = step
      step.kind = staticgraph_tile_ternary
      step.loop = untyped(loop)
      (step.x, step.y, step.z) = (vector, second, made(other))
      operationCount += 1
      return .operand(append(step, vectors: [vector], others: [step.y, step.z]))
    }
    return nil
  }

  /// Whether an operand is a vector without being expanded.
  private func isVector(_ operand: UInt16) -> Bool {
    operand >= leaves.count || leafSizes[Int(operand)] == sizes.reduce(1, *)
  }

  /// The operand that holds a result, whose loop is added if it waits.
  private mutating func made(_ result: TileResult) -> UInt16 {
    switch result {
    case .operand(let operand): return operand
    case .waiting(let loop):
      var step = loop.step
      step.kind = staticgraph_tile_binary
      step.loop = untyped(loop.loop)
      (step.x, step.y) = (loop.x, loop.y)
      return append(step, vectors: [], others: [loop.x, loop.y])
    }
  }

  private mutating func append(
    _ step: staticgraph_tile_instruction, vectors: [UInt16], others: [UInt16]
  ) -> UInt16 {
    operationCount += 1
    for operand in vectors { use(operand, by: instructions.count, asVector: true) }
    for operand in others { use(operand, by: instructions.count, asVector: false) }
    widest = max(widest, Int(step.result_size))
    instructions.append(step)
    lastUse.append(-1)
    return UInt16(leaves.count + instructions.count - 1)
  }

  private mutating func use(_ operand: UInt16, by instruction: Int, asVector: Bool) {
    let number = Int(operand)
    if number < leaves.count {
      if asVector { leaves[number].must_be_vector = true }
    } else {
      lastUse[number - leaves.count] = max(lastUse[number - leaves.count], instruction)
    }
  }

  /// The finished code, for inputs that are walked as the plan says; `nil` where there are not
  /// enough registers.
  ///
  /// Behind the leaves, the plan has an input for each fold.
  mutating func code(_ plan: BroadcastPlan) -> TileCode? {
    guard leaves.count + instructions.count <= Int(staticgraph_most_operands) else {
      return nil
    }
    var registers = Registers()
    for number in leaves.indices {
      leaves[number].row_stride = plan.rowStrides[number]
      leaves[number].is_scalar = plan.isScalarInRow[number]
      let isAlwaysInPlace =
        plan.isScalarInRow[number]
        ? plan.rowStrides[number] == 0 && !leaves[number].must_be_vector
        : plan.rowStrides[number] == plan.columns || plan.rowsPerBlock == 1
      if !isAlwaysInPlace { leaves[number].place = registers.take() }
    }
    for (number, fold) in folds.enumerated() {
      outputs[fold.output].row_stride = plan.rowStrides[leaves.count + number]
      outputs[fold.output].is_scalar = plan.isScalarInRow[leaves.count + number]
    }
    for number in instructions.indices {
      let step = instructions[number]
      let mayShare = step.kind != staticgraph_tile_select
      // A loop may write over an operand of its own element size.
      let ended = finished(by: number)
      let shared = mayShare ? ended.filter { instructions[$0].result_size == step.result_size } : []
      for earlier in shared { registers.giveBack(instructions[earlier].place) }
      if step.place >= 0 { instructions[number].place = registers.take() }
      for earlier in ended where !shared.contains(earlier) {
        registers.giveBack(instructions[earlier].place)
      }
    }
    guard registers.count <= Int(staticgraph_most_registers) else { return nil }
    return TileCode(
      leaves: leaves, instructions: instructions,
      folds: outputs.filter { $0.fold_rows != nil },
      tileElements: Int(staticgraph_register_bytes) / widest)
  }

  /// For each output the leaves whose memory it may take over: they are as large as it is, and
  /// nothing reads them after the loop that writes it.
  func replaceableLeaves() -> [[Int]] {
    let count = sizes.reduce(1, *)
    var lastRead = [Int](repeating: -1, count: leaves.count)
    for (number, step) in instructions.enumerated() {
      for operand in operands(of: step) where operand < leaves.count {
        lastRead[operand] = number
      }
    }
    for fold in folds {
      let operand = Int(outputs[fold.output].operand)
      if operand < leaves.count { lastRead[operand] = .max }
    }
    return outputs.map { output in
      let writer = Int(output.operand) - leaves.count
      guard output.fold_rows == nil, writer >= 0 else { return [] }
      return leaves.indices.filter { leaf in
        leafSizes[leaf] == count && leaves[leaf].element_size == output.element_size
          && lastRead[leaf] <= writer
      }
    }
  }

  private func operands(of step: staticgraph_tile_instruction) -> [Int] {
    switch step.kind {
    case staticgraph_tile_unary: [Int(step.x)]
    case staticgraph_tile_binary: [Int(step.x), Int(step.y)]
    default: [Int(step.x), Int(step.y), Int(step.z)]
    }
  }

  /// The instructions whose registers nobody reads after that one.
  private func finished(by number: Int) -> [Int] {
    let step = instructions[number]
    return Set([step.x, step.y, step.z]).compactMap { operand in
      let earlier = Int(operand) - leaves.count
      guard earlier >= 0, earlier < number, lastUse[earlier] == number,
        instructions[earlier].place >= 0
      else { return nil }
      return earlier
    }.sorted()
  }
}

/// A loop as instructions hold it, whose kind says of which type it is.
private func untyped<Loop>(_ loop: Loop) -> @convention(c) () -> Void {
  unsafeBitCast(loop, to: (@convention(c) () -> Void).self)
}

/// What a member comes to.
private enum TileResult {
  case operand(UInt16)
  /// A loop that one other reads, which may do both at once.
  case waiting(WaitingLoop)
}

/// A loop of two inputs that is not added yet.
private struct WaitingLoop {
  var step: staticgraph_tile_instruction
  var loop: ElementwiseRole.BinaryLoop
  var x, y: UInt16
}

/// Registers that are free, and how many there are.
private struct Registers {
  private var free: [Int8] = []
  private(set) var count = 0

  mutating func take() -> Int8 {
    if let register = free.popLast() { return register }
    count += 1
    return Int8(count - 1)
  }

  mutating func giveBack(_ register: Int8) {
    if register >= 0 { free.append(register) }
  }
}
