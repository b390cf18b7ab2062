import GraphIR

/// A rewrite of a whole program that does not change its results.
public struct Pass: Sendable {
  /// The name in reports.
  public let name: String
  /// What it does, as before → after.
  public let summary: String
  /// The rewrite.
  public let run: @Sendable (Program) throws -> Program
}

/// The passes in their order.
///
/// Each entry says why it stands where it stands.
public let pipeline: [Pass] = makePipeline(PassOptions())

/// The passes in their order, as options ask for them.
private func makePipeline(_ options: PassOptions) -> [Pass] {
  [
    // First, since all others may move what reads a variable.
    readVariables,
    // Early, so that what stands between two operators does not hide one from the other.
    removeIdentities,
    // Products with 1 come from the seeds of gradients. Before merging, since more becomes equal.
    simplifyArithmetic,
    // The forms that later passes look for.
    lowerEinsums,
    reduceStrength,
    // Before what removes the transposes that meet.
    chooseLayout,
    eliminateTransposes,
    // The gradient repeats much of what the graph computes already.
    mergeDuplicates,
    // The passes before leave nodes that nothing needs any more.
    prune,
    // Who else needs a value is known by now.
    takeTanhAsSigmoid,
    // Terms are alike when equal factors are one.
    collectLikeTerms,
    // Behind what brings new constants.
    gatherConstantFactors,
    // Equal factors are one by now.
    combineProducts,
    // Before what follows a convolution joins it.
    foldBatchNormalization,
    // What follows a convolution is known when equal nodes are one, and unneeded ones are gone.
    arrangeConvolutions(usesWinograd: options.usesWinograd),
    fuseBiasAndActivation,
    joinConvolutions,
    // Behind activations, which come between.
    poolConvolutions,
    // What flows back has its final form.
    maskBeforePooling,
    // Of what is left, so that what has one reader is known to have one.
    fuseElementwise,
    // What only fused operators have repeated is needed no more.
    prune,
    // Behind what changes which nodes there are, so that the order is the one that runs.
    orderUpdates,
    // Where a read must be copied follows from the order.
    isolateReads,
  ]
}

/// What passes may do.
public struct PassOptions: Hashable, Sendable {
  /// Whether windows of 3 × 3 pixels may be computed by a Winograd transform, whose error may be
  /// some tens of roundings of the largest result.
  public var usesWinograd: Bool

  /// All that makes runs faster, unless told otherwise.
  public init(usesWinograd: Bool = true) {
    self.usesWinograd = usesWinograd
  }
}

/// Runs the pipeline over a program whose sizes are known.
///
/// In debug builds each pass is followed by the verifier.
public func optimized(
  _ program: Program, _ options: PassOptions = PassOptions()
) throws -> Program {
  var program = program
  for pass in options == PassOptions() ? pipeline : makePipeline(options) {
    program = try pass.run(program)
    #if DEBUG
      do {
        try program.graph.verify()
      } catch let error as GraphError {
        throw GraphError(
          error.diagnostics + [Diagnostic("the graph is wrong after the pass '\(pass.name)'")])
      }
    #endif
  }
  return program
}
