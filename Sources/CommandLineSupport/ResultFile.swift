import StaticGraph
import Tensors

/// A result and the file that it is written to.
struct ResultFile {
  let name: String
  let path: String

  /// The files that `--save` asks for, sorted by result.
  ///
  /// - Throws: `GraphError` for a file that is neither an array nor a picture.
  static func all(_ texts: [String]) throws -> [ResultFile] {
    let files = try assignments(texts, option: "--save").map { ResultFile(name: $0, path: $1) }
      .sorted { $0.name < $1.name }
    for file in files where !file.path.hasSuffix(".npy") && !file.isPicture {
      throw GraphError(
        "--save \(file.name)=\(file.path): results are written as .npy files, and pictures as"
          + " .png or .jpg")
    }
    return files
  }

  /// Whether the file is a picture, not an array.
  var isPicture: Bool { Image.canWrite(path) }

  /// Sees to it that the file can be written.
  func check() throws { try naming { try checkIsWritable(path) } }

  /// Writes the result, atomically.
  func write(_ tensor: Tensor) throws {
    guard isPicture else { return try tensor.writeNPY(to: path) }
    try naming { try Image(tensor).write(to: path) }
  }

  /// Names the option in what goes wrong.
  private func naming(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as TensorError {
      throw TensorError("--save \(name)=\(path): \(error)")
    }
  }
}
