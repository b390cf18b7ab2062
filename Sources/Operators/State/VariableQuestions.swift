import GraphIR

/// A kernel that says whether the variable that is its input has a value.
let hasValueKernel = Kernel { context in
  context.outputs[0].storeBytes(
    of: VariableMemory.hasValue(context.inputs[0]) ? 1 : 0, as: UInt8.self)
}
