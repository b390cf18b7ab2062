extension Tensor {
  /// Where the elements begin; valid as long as a copy of the tensor is kept alive.
  ///
  /// What runs steps keeps tensors and addresses side by side, so that no closure is entered for
  /// each. Written to only by who has made the tensor and shares it with nobody.
  package var address: UnsafeMutableRawPointer {
    if case .memory(let memory) = storage, let base = memory.bytes.baseAddress { return base }
    return UnsafeMutableRawPointer(bitPattern: TensorMemory.alignment)!
  }
}
