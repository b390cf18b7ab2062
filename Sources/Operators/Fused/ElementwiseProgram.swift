import CKernels
import GraphIR
import Tensors

/// Several elementwise kernels, and folds of their results, as one kernel that runs tile by tile.
///
/// y = tanh(x·w), s = Σ y² → for each tile: t = x·w, y = tanh t, u = y², s += Σ u
///
/// Results have the same bits as those of the single kernels, except that folds add in another
/// order; the order depends on the sizes alone.
package final class ElementwiseProgram: Sendable {
  /// Where an operand of a member comes from.
  package enum Operand: Hashable, Sendable {
    /// An input of the program.
    case leaf(Int)
    /// The result of an earlier member.
    case member(Int)
  }

  /// One of the kernels.
  package struct Member: Sendable {
    /// What it does.
    package let role: ElementwiseRole
    /// What it does that to.
    package let operands: [Operand]
    /// The type of its result.
    package let type: TensorType

    /// A kernel of that role.
    package init(_ role: ElementwiseRole, _ operands: [Operand], _ type: TensorType) {
      self.role = role
      self.operands = operands
      self.type = type
    }
  }

  /// An input: its type, and the sizes as which it broadcasts.
  package struct Leaf: Hashable, Sendable {
    /// The type of its elements.
    package let dataType: DataType
    /// The sizes as which it broadcasts.
    package let sizes: [Int]

    /// An input of that type and those sizes.
    package init(_ dataType: DataType, sizes: [Int]) {
      self.dataType = dataType
      self.sizes = sizes
    }
  }

  /// The sizes that every member but folds has.
  package let sizes: [Int]
  /// The types of the outputs.
  package let outputTypes: [TensorType]
  /// How many operations there are for each element.
  package let operationCount: Int
  /// How many loops run over each tile.
  package var loopCount: Int { code.instructions.count }
  let leaves: [Leaf]
  let folds: Table<TileCode.Fold>
  let plan: BroadcastPlan
  let code: TileCode
  /// For each output the leaves whose memory it may take over.
  let replaceable: [[Int]]

  /// The most members that a program may have.
  package static let mostMembers = 48
  /// The most outputs that a program may have.
  package static let mostOutputs = Int(staticgraph_most_outputs)

  /// A program of those members, each behind its operands; `nil` where it would be too long or
  /// needs too much memory.
  ///
  /// - Parameter outputs: The members whose results are wanted, folds and others that are no
  ///   repetitions.
  package init?(sizes: [Int], leaves: [Leaf], members: [Member], outputs: [Int]) {
    // More operands than these never fit: a loop has three at most, a member without one has one.
    let operandCount = members.reduce(leaves.count) { $0 + $1.operands.count }
    guard members.count <= Self.mostMembers, outputs.count <= Self.mostOutputs,
      operandCount <= 4 * Int(staticgraph_most_operands)
    else { return nil }
    var builder = TileCodeBuilder(sizes: sizes, leaves: leaves)
    builder.add(members, outputs)
    let plan = BroadcastPlan(
      output: sizes,
      inputs: leaves.map(\.sizes)
        + builder.foldAxes.map { axes in
          sizes.indices.map { axes.contains($0) ? 1 : sizes[$0] }
        })
    guard let code = builder.code(plan) else { return nil }
    self.sizes = sizes
    self.leaves = leaves
    folds = Table(builder.folds)
    self.plan = plan
    self.code = code
    operationCount = builder.operationCount
    replaceable = builder.replaceableLeaves()
    outputTypes = outputs.map { members[$0].type }
  }

  /// Whether elements of those sizes may be folded over those axes in pieces whose results are
  /// put together in the end.
  package static func mayFold(_ sizes: [Int], over axes: [Int]) -> Bool {
    let count = sizes.reduce(1, *)
    if count <= elementsPerPiece { return true }
    let results = sizes.indices.reduce(1) { axes.contains($1) ? $0 : $0 * sizes[$1] }
    return results * (count / elementsPerPiece) <= count / 8
  }
}

/// The loops of a program as the inner loops in C read them.
final class TileCode: @unchecked Sendable {
  /// An output that is folded.
  struct Fold: BitwiseCopyable, Sendable {
    /// How.
    let loop: FoldLoop
    /// Which of the outputs it is.
    let output: Int
    /// The bytes of an element of the result.
    let elementSize: Int
    /// How many results there are.
    let resultCount: Int
    /// How many elements are folded into each.
    let foldedCount: Int
  }

  let leaves: Table<staticgraph_tile_leaf>
  let instructions: Table<staticgraph_tile_instruction>
  let folds: Table<staticgraph_tile_fold>
  let program: UnsafeMutablePointer<staticgraph_tile_program>

  init(
    leaves: [staticgraph_tile_leaf], instructions: [staticgraph_tile_instruction],
    folds: [staticgraph_tile_fold], tileElements: Int
  ) {
    self.leaves = Table(leaves)
    self.instructions = Table(instructions)
    self.folds = Table(folds)
    program = .allocate(capacity: 1)
    program.initialize(
      to: staticgraph_tile_program(
        leaves: self.leaves.start, leaf_count: leaves.count,
        instructions: self.instructions.start, instruction_count: instructions.count,
        folds: self.folds.start, fold_count: folds.count,
        tile_elements: tileElements))
  }

  deinit {
    program.deallocate()
  }
}
