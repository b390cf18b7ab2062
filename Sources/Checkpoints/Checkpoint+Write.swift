import Tensors

extension Checkpoint {
  /// Writes tensors in the format that the path means: `.npz`, `.safetensors`, or else the prefix
  /// of a bundle.
  ///
  /// The same tensors give the same bytes, and at every moment the path names either what it named
  /// before or the whole file.
  ///
  /// - Parameters:
  ///   - tensors: Tensors by name; names may hold slashes.
  ///   - path: Where the file is to be, or the prefix of a bundle's files. Its folder must exist.
  /// - Returns: The format.
  /// - Throws: `TensorError` that names the path or the tensor, when a file cannot be written, or
  ///   the format has no such type or name.
  @discardableResult
  public static func write(_ tensors: [String: Tensor], to path: String) throws -> Format {
    func ends(in suffix: String) -> Bool {
      path.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }
    if ends(in: ".npz") {
      try TensorArchive(tensors).writeNPZ(to: path)
      return .npz
    }
    if ends(in: ".safetensors") {
      try TensorArchive(tensors).writeSafetensors(to: path)
      return .safetensors
    }
    try write(tensors, prefix: path)
    return .bundle
  }
}
