extension Tensor {
  /// The tensors one after the other along a new first dimension.
  ///
  /// Literals among them adopt the type of those that are none. Literals alone must be of one
  /// kind, where integers beside floating-point numbers become `Float64`; the result is a literal
  /// again. Without any tensor the result is a literal of sizes `[0]`.
  ///
  /// - Throws: `TensorError` when shapes or types differ, or when a literal holds an error.
  public init(stacking tensors: [Tensor]) throws {
    for tensor in tensors {
      if let error = tensor.literalError { throw error }
    }
    let dimensions = tensors.first?.dimensions ?? []
    if let odd = tensors.firstIndex(where: { $0.dimensions != dimensions }) {
      throw TensorError(
        "the parts of a list differ in shape: part 0 is \(tensors[0].shape), "
          + "part \(odd) is \(tensors[odd].shape)")
    }
    let dataType = try Self.commonDataType(of: tensors)
    let isLiteral = tensors.allSatisfy(\.isLiteral)
    let parts = try tensors.map { tensor in
      // Rounding is Python's answer to [1, 0.5] too, so that no integer is refused here.
      isLiteral && tensor.elementCount > 0
        ? try tensor.converted(to: dataType) : try tensor.adopting(dataType)
    }
    let stacked = [tensors.count] + dimensions
    if dataType == .string {
      try self.init(strings: parts.flatMap { try $0.strings() }, dimensions: stacked)
    } else {
      try self.init(uninitialized: dataType, dimensions: stacked) { bytes in
        var rest = bytes[...]
        for part in parts {
          part.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(rebasing: rest.prefix(source.count))
              .copyMemory(from: source)
            rest = rest.dropFirst(source.count)
          }
        }
      }
    }
    self.isLiteral = isLiteral
  }

  private static func commonDataType(of tensors: [Tensor]) throws -> DataType {
    let typed = tensors.filter { !$0.isLiteral }
    // A list without elements says nothing of a type.
    let candidates = typed.isEmpty ? tensors.filter { $0.elementCount > 0 } : typed
    guard var result = candidates.first?.dataType else { return .float64 }
    for candidate in candidates where candidate.dataType != result {
      guard typed.isEmpty, candidate.dataType.isNumeric, result.isNumeric else {
        throw TensorError("a list mixes \(result) and \(candidate.dataType)")
      }
      result = .float64
    }
    return result
  }
}

extension Tensor {
  /// A matrix of the given rows.
  ///
  /// - Throws: `TensorError` when the rows differ in length.
  public init<Element: FixedSizeElement>(_ rows: [[Element]]) throws {
    try self.init(rows.joinedRows(), dimensions: [rows.count, rows.first?.count ?? 0])
  }

  /// A tensor of rank 3 of the given matrices, each a list of rows.
  ///
  /// - Throws: `TensorError` when lists of the same depth differ in length.
  public init<Element: FixedSizeElement>(_ matrices: [[[Element]]]) throws {
    let rows = try matrices.joinedRows()
    let first = matrices.first
    try self.init(
      rows.joinedRows(),
      dimensions: [matrices.count, first?.count ?? 0, first?.first?.count ?? 0])
  }

  /// A tensor of rank 4, such as a batch of images, of the given nested lists.
  ///
  /// - Throws: `TensorError` when lists of the same depth differ in length.
  public init<Element: FixedSizeElement>(_ batch: [[[[Element]]]]) throws {
    let matrices = try batch.joinedRows()
    let rows = try matrices.joinedRows()
    let first = batch.first
    let sizes = [
      batch.count, first?.count ?? 0, first?.first?.count ?? 0, first?.first?.first?.count ?? 0,
    ]
    try self.init(rows.joinedRows(), dimensions: sizes)
  }

  /// A matrix of strings of the given rows.
  ///
  /// - Throws: `TensorError` when the rows differ in length.
  public init(_ rows: [[String]]) throws {
    try self.init(
      strings: rows.joinedRows().map { Array($0.utf8) },
      dimensions: [rows.count, rows.first?.count ?? 0])
  }
}

extension Array {
  /// The elements of all rows.
  ///
  /// - Throws: `TensorError` when the rows differ in length.
  fileprivate func joinedRows<Member>() throws -> [Member] where Element == [Member] {
    guard let first else { return [] }
    if let odd = firstIndex(where: { $0.count != first.count }) {
      throw TensorError(
        "the lists differ in length: list 0 holds \(first.count) elements, "
          + "list \(odd) holds \(self[odd].count)")
    }
    return flatMap { $0 }
  }
}
