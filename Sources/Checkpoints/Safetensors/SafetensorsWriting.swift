import Tensors

extension TensorArchive {
  /// Writes the tensors to a safetensors file.
  ///
  /// The tensors stand in the order that the format's own library gives them, the widest elements
  /// first, so that all are aligned. The same tensors give the same bytes. The path names either
  /// what it named before or the whole file, at every moment.
  ///
  /// - Parameters:
  ///   - path: Where the file is to be.
  ///   - metadata: Texts about the file, as `["format": "pt"]`.
  /// - Throws: `TensorError` that names the path or the tensor, when the file cannot be written or
  ///   a tensor holds strings, for which the format has no type.
  public func writeSafetensors(to path: String, metadata: [String: String] = [:]) throws {
    let sorted = zip(names, tensors).map { (SafetensorsType.rank(of: $1.dataType) ?? -1, $0, $1) }
      .sorted { left, right in
        left.0 != right.0
          ? left.0 > right.0 : left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
      }.map { ($0.1, $0.2) }
    let header = try Self.safetensorsHeader(sorted, metadata)
    try writeFileAtomically(path) { write in
      try header.withUnsafeBytes(write)
      for (_, tensor) in sorted { try tensor.withUnsafeBytes(write) }
    }
  }

  private static func safetensorsHeader(
    _ tensors: [(String, Tensor)], _ metadata: [String: String]
  ) throws -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\(jsonText($0.key)):\(jsonText($0.value))" }
      members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    for (name, tensor) in tensors {
      if let error = tensor.literalError { throw TensorError("tensor '\(name)': \(error)") }
      guard let type = SafetensorsType.name(of: tensor.dataType), name != "__metadata__" else {
        throw TensorError(
          "tensor '\(name)' of type \(tensor.type) cannot be stored in a safetensors file: "
            + (tensor.dataType == .string ? "the format has no strings" : "the name is taken"))
      }
      let end = offset + tensor.byteCount
      let sizes = tensor.dimensions.map(String.init).joined(separator: ",")
      members.append(
        "\(jsonText(name)):{\"dtype\":\"\(type)\",\"shape\":[\(sizes)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    // Blanks at the end let the data begin at a multiple of the widest element.
    text += [UInt8](repeating: UInt8(ascii: " "), count: -text.count & 7)
    guard text.count <= SafetensorsHeader.sizeLimit else {
      throw TensorError(
        "the header of the safetensors file takes \(text.count) bytes, but the format allows "
          + "\(SafetensorsHeader.sizeLimit)")
    }
    var result: [UInt8] = []
    result.append(fixed: UInt64(text.count))
    return result + text
  }
}

/// The text as a string of JSON, quotes included.
private func jsonText(_ text: String) -> String {
  Tensor(text).json()
}
