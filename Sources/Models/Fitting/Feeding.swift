import GraphIR
import Tensors

extension Tensor {
  /// The tensor as it is fed to a placeholder: of its type, and with or without a last axis of
  /// size 1 where the placeholder asks for it.
  ///
  /// - Throws: `GraphError` when it does not fit.
  func fitted(to type: TensorType, _ what: String, hint: String? = nil) throws -> Tensor {
    guard dataType.isNumeric || dataType == .bool else {
      throw GraphError("\(what) must be numbers, but they are \(self.type)")
    }
    var result = self
    if dataType != type.dataType {
      result = isLiteral ? try adopting(type.dataType) : try converted(to: type.dataType)
    }
    if result.shape.isCompatible(with: type.shape) { return result }
    if let dimensions = type.shape.dimensions {
      if rank == dimensions.count + 1, self.dimensions.last == 1 {
        result = try result.reshaped(to: self.dimensions.dropLast())
      } else if rank == dimensions.count - 1, dimensions.last == 1 {
        result = try result.reshaped(to: self.dimensions + [1])
      }
      if result.shape.isCompatible(with: type.shape) { return result }
    }
    throw GraphError(
      "\(what) must be \(type), but the data are \(self.type)", notes: hint.map { [$0] } ?? [])
  }
}

extension Model {
  /// The tensors of a batch as the inputs take them.
  func inputFeeds(_ tensors: [Tensor]) throws -> [Tensor] {
    try withAssembly { assembly in
      let entries = assembly.network.entries
      guard tensors.count == entries.count else {
        throw GraphError(
          "the model '\(name)' has \(entries.count) inputs, but is fed \(tensors.count)")
      }
      return try zip(entries, tensors).map { entry, tensor in
        try tensor.fitted(to: entry.type, "the input '\(entry.name)'")
      }
    }
  }

  /// The tensors of a labelled batch as training and test take them.
  func feeds(_ batch: ModelBatch, _ program: TrainingProgram) throws -> [Tensor] {
    guard let labels = batch.labels else {
      throw GraphError("the data have no labels, which training and tests compare with")
    }
    let hint: String? =
      switch program.labelKind {
      case .classes where labels.rank > 1 && labels.dimensions.last != 1:
        "labels of 0 and 1 for each class go with .categoricalCrossentropy"
      case .values where labels.rank == 1 && labels.dataType.isInteger:
        "numbers of classes go with .sparseCategoricalCrossentropy"
      default: nil
      }
    return try inputFeeds(batch.inputs) + [
      labels.fitted(to: program.labels.type, "labels", hint: hint)
    ]
  }
}
