import Tensors

/// What batches are made of, and in which order.
struct BatchRecipe: Sendable {
  let examples: Examples
  /// The examples of a batch but the last; at least 1, at most those that there are.
  let size: Int
  let shuffleSeed: UInt64?
  let epochs: Range<Int>
  let batchesPerEpoch: Int
  /// The batches of all epochs.
  let count: Int

  init(
    examples: Examples, size: Int, shuffleSeed: UInt64?, epochs: Range<Int>,
    droppingPartialBatch: Bool
  ) throws {
    guard size > 0 else {
      throw TensorError("a batch of at least 1 example was expected, found \(size)")
    }
    guard epochs.lowerBound >= 0 else {
      throw TensorError("epochs from 0 on were expected, found \(epochs)")
    }
    let (whole, rest) = examples.count.quotientAndRemainder(dividingBy: size)
    batchesPerEpoch = whole + (rest > 0 && !droppingPartialBatch ? 1 : 0)
    let (count, overflow) = batchesPerEpoch.multipliedReportingOverflow(by: epochs.count)
    guard !overflow else {
      throw TensorError(
        "\(epochs.count) epochs of \(batchesPerEpoch) batches are more than can be counted")
    }
    self.examples = examples
    self.size = max(1, min(size, examples.count))
    self.shuffleSeed = shuffleSeed
    self.epochs = epochs
    self.count = count
  }

  var imageByteCount: Int { size * examples.imageElementCount * MemoryLayout<Float>.stride }

  /// Where the labels begin, after the images.
  var labelsOffset: Int { (imageByteCount + 63) / 64 * 64 }

  /// The bytes of a whole batch.
  var bufferByteCount: Int { labelsOffset + size * MemoryLayout<Int32>.stride }
}

/// Prepares batches one after the other, on one thread at a time.
final class BatchMaker {
  private let recipe: BatchRecipe
  private let memory: BatchMemory
  private var order: (epoch: Int, examples: [Int])?

  init(_ recipe: BatchRecipe, _ memory: BatchMemory) {
    self.recipe = recipe
    self.memory = memory
  }

  /// The batch at a position among those of all epochs.
  func batch(at position: Int) -> Batch {
    let (epochIndex, index) = position.quotientAndRemainder(dividingBy: recipe.batchesPerEpoch)
    let epoch = recipe.epochs.lowerBound + epochIndex
    prepareOrder(of: epoch)
    let start = index * recipe.size
    let count = min(recipe.size, recipe.examples.count - start)
    let block = memory.take()
    fill(block.bytes, start: start, count: count, epoch: epoch)

    let imageSize = recipe.examples.imageElementCount
    let images = block.bytes[..<(count * imageSize * MemoryLayout<Float>.stride)]
    let labels = block.bytes[recipe.labelsOffset...].prefix(count * MemoryLayout<Int32>.stride)
    return Batch(
      images: block.tensor(
        of: images, .float32, dimensions: [count] + recipe.examples.imageSizes),
      labels: block.tensor(of: labels, .int32, dimensions: [count]),
      epoch: epoch, index: index)
  }

  private func prepareOrder(of epoch: Int) {
    guard let seed = recipe.shuffleSeed, order?.epoch != epoch else { return }
    let examples = shuffledOrder(count: recipe.examples.count, seed: seed, epoch: epoch)
    order = (epoch, examples)
  }

  /// Writes the examples at the given places of the order.
  private func fill(
    _ buffer: UnsafeMutableRawBufferPointer, start: Int, count: Int, epoch: Int
  ) {
    let examples = recipe.examples
    let (sizes, changes) = (examples.imageSizes, examples.changes)
    let size = examples.imageElementCount
    let images = buffer.baseAddress!.assumingMemoryBound(to: Float.self)
    let labels = (buffer.baseAddress! + recipe.labelsOffset).assumingMemoryBound(to: Int32.self)
    withExtendedLifetime(examples) {
      let address = UnsafeRawPointer(examples.pixels.address)
      let areNumbers = examples.pixels.dataType == .float32
      let allLabels = examples.labels.address.assumingMemoryBound(to: Int32.self)
      let mean = examples.subtractedMean.map {
        UnsafePointer($0.address.assumingMemoryBound(to: Float.self))
      }
      let order = order?.examples
      for place in 0..<count {
        let example = order?[start + place] ?? start + place
        let target = images + place * size
        if areNumbers {
          let numbers = address.assumingMemoryBound(to: Float.self) + example * size
          copyNumbers(numbers, count: size, subtracting: mean, into: target)
        } else {
          let pixels = address.assumingMemoryBound(to: UInt8.self) + example * size
          convertPixels(pixels, count: size, subtracting: mean, into: target)
        }
        labels[place] = allLabels[example]
        if !changes.isEmpty {
          changes.apply(
            to: UnsafeMutableBufferPointer(start: target, count: size), sizes: sizes,
            label: labels[place], example: example, epoch: epoch)
        }
      }
    }
  }
}
