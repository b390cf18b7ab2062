import GraphIR
import Tensors

/// A kernel that writes sizes which are known when it is made, as `Int32` or `Int64`.
func sizesKernel(_ sizes: [Int], _ type: DataType) -> Kernel {
  if type == .int32 {
    return Kernel { context in
      let output = context.output(as: Int32.self)
      for axis in sizes.indices { output[axis] = Int32(truncatingIfNeeded: sizes[axis]) }
    }
  }
  return Kernel { context in
    let output = context.output(as: Int64.self)
    for axis in sizes.indices { output[axis] = Int64(sizes[axis]) }
  }
}
