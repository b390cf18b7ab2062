import DataSets
import GraphIR
import Tensors

/// What a model is trained and tested with: examples that come in batches.
public protocol ModelData: Sendable {
  /// How many examples there are.
  var count: Int { get }
  /// The shape of one example of each input.
  var exampleShapes: [Shape] { get }

  /// Hands out the examples of an epoch, batch by batch; the last batch may be smaller.
  ///
  /// - Parameters:
  ///   - size: How many examples a batch has.
  ///   - shuffleSeed: Decides the order, together with the epoch; without it, the order is that of
  ///     the examples.
  ///   - epoch: The number of the epoch, from 0 on.
  ///   - body: Is handed each batch, and ends the epoch by giving `false`.
  func forEachBatch(
    size: Int, shuffleSeed: UInt64?, epoch: Int, _ body: (ModelBatch) throws -> Bool) throws
}

/// Examples that a model is fed together.
public struct ModelBatch: Sendable {
  /// A tensor for each input.
  public var inputs: [Tensor]
  /// What is right for them.
  public var labels: Tensor?
  /// How many examples there are.
  public var count: Int

  /// A batch.
  public init(inputs: [Tensor], labels: Tensor?, count: Int) {
    self.inputs = inputs
    self.labels = labels
    self.count = count
  }
}

extension Examples: ModelData {
  public var exampleShapes: [Shape] { [Shape(imageSizes)] }

  public func forEachBatch(
    size: Int, shuffleSeed: UInt64?, epoch: Int, _ body: (ModelBatch) throws -> Bool
  ) throws {
    for batch in try batches(size: size, shuffleSeed: shuffleSeed, epoch: epoch) {
      let batch = ModelBatch(inputs: [batch.images], labels: batch.labels, count: batch.count)
      guard try body(batch) else { return }
    }
  }
}

/// Examples that are the rows of tensors.
public struct TensorData: ModelData {
  private let inputs: [Tensor]
  private let labels: Tensor?
  private let range: Range<Int>

  public var count: Int { range.count }
  public var exampleShapes: [Shape] { inputs.map { Shape(Array($0.dimensions.dropFirst())) } }

  /// Examples that are the rows of tensors.
  ///
  /// - Parameters:
  ///   - inputs: A tensor for each input, whose first dimension counts the examples.
  ///   - labels: What is right for them, likewise.
  /// - Throws: `GraphError` when the numbers of rows differ, or something has no rows.
  public init(inputs: [Tensor], labels: Tensor? = nil) throws {
    for tensor in inputs + (labels.map { [$0] } ?? []) {
      guard tensor.rank > 0, tensor.dataType.byteCount > 0 else {
        throw GraphError(
          "tensors of numbers with a row for each example were expected, found"
            + " \(tensor.type)")
      }
    }
    guard let count = inputs.first?.dimensions[0] else {
      throw GraphError("a model is fed one tensor at least")
    }
    for tensor in inputs.dropFirst() + (labels.map { [$0] } ?? [])
    where tensor.dimensions[0] != count {
      throw GraphError(
        "as many rows in each tensor were expected, found \(inputs[0].type) and \(tensor.type)")
    }
    self.inputs = inputs
    self.labels = labels
    range = 0..<count
  }

  private init(_ whole: TensorData, _ range: Range<Int>) {
    inputs = whole.inputs
    labels = whole.labels
    self.range = range
  }

  /// The examples before a position, and those from it on.
  func split(at position: Int) -> (TensorData, TensorData) {
    let middle = range.lowerBound + Swift.min(Swift.max(0, position), count)
    return (
      TensorData(self, range.lowerBound..<middle), TensorData(self, middle..<range.upperBound)
    )
  }

  public func forEachBatch(
    size: Int, shuffleSeed: UInt64?, epoch: Int, _ body: (ModelBatch) throws -> Bool
  ) throws {
    guard size > 0 else {
      throw GraphError("a batch of at least 1 example was expected, found \(size)")
    }
    let order = shuffleSeed.map { shuffledOrder(count: count, seed: $0, epoch: epoch) }
    var start = 0
    while start < count {
      let end = start + Swift.min(size, count - start)
      let rows = order.map { Array($0[start..<end]) } ?? Array(start..<end)
      let places = rows.map { $0 + range.lowerBound }
      let batch = ModelBatch(
        inputs: try inputs.map { try $0.rows(places) }, labels: try labels?.rows(places),
        count: places.count)
      guard try body(batch) else { return }
      start = end
    }
  }
}

extension Tensor {
  /// Some of the rows along the first dimension, in that order.
  func rows(_ places: [Int]) throws -> Tensor {
    var sizes = dimensions
    let rowBytes = dimensions[0] == 0 ? 0 : byteCount / dimensions[0]
    sizes[0] = places.count
    let result = try Tensor(uninitialized: dataType, dimensions: sizes) { target in
      withUnsafeBytes { source in
        guard rowBytes > 0, let to = target.baseAddress, let from = source.baseAddress else {
          return
        }
        for (number, place) in places.enumerated() {
          to.advanced(by: number * rowBytes)
            .copyMemory(from: from.advanced(by: place * rowBytes), byteCount: rowBytes)
        }
      }
    }
    return result
  }

  /// Tensors of the same sizes but the first, one behind the other.
  init(joining parts: [Tensor]) throws {
    guard let first = parts.first, first.rank > 0 else {
      throw GraphError("outputs with a row for each example were expected")
    }
    var sizes = first.dimensions
    sizes[0] = 0
    for part in parts {
      guard part.dimensions.dropFirst() == first.dimensions.dropFirst(),
        part.dataType == first.dataType
      else { throw GraphError("the outputs of batches differ: \(first.type) and \(part.type)") }
      sizes[0] += part.dimensions[0]
    }
    try self.init(uninitialized: first.dataType, dimensions: sizes) { target in
      var offset = 0
      for part in parts {
        part.withUnsafeBytes { bytes in
          UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + bytes.count])
            .copyMemory(from: bytes)
          offset += bytes.count
        }
      }
    }
  }
}
