import Tensors

extension Examples {
  /// The examples at the given places, copied.
  ///
  /// - Throws: `TensorError` when a place is none of these examples, or there are none.
  public func selecting(_ places: [Int]) throws -> Examples {
    if let place = places.first(where: { !(0..<count).contains($0) }) {
      throw TensorError("there are \(count) examples, but number \(place) was asked for")
    }
    let size = imageElementCount * pixels.dataType.byteCount
    let chosen = try Tensor(
      uninitialized: pixels.dataType, dimensions: [places.count] + imageSizes
    ) { buffer in
      pixels.withUnsafeBytes { bytes in
        for (position, place) in places.enumerated() {
          let part = UnsafeRawBufferPointer(rebasing: bytes[place * size..<(place + 1) * size])
          UnsafeMutableRawBufferPointer(rebasing: buffer[(position * size)...])
            .copyMemory(from: part)
        }
      }
    }
    let numbers = try labels.elements(as: Int32.self)
    return try with(chosen, Tensor(places.map { numbers[$0] }))
  }

  /// Each so manieth example for tests, the others for training.
  ///
  /// - Parameter step: Every how manieth example, from the last of the first so many on.
  /// - Throws: `TensorError` when there are not enough examples for both parts.
  public func split(testEvery step: Int = 10) throws -> (training: Examples, test: Examples) {
    guard step > 1, count >= 2 else {
      throw TensorError(
        "\(count) examples cannot be split into those for training and each \(step). for tests")
    }
    // Few examples give one for tests all the same.
    let step = min(step, count)
    let places = Array(0..<count)
    return (
      try selecting(places.filter { $0 % step != step - 1 }),
      try selecting(places.filter { $0 % step == step - 1 })
    )
  }

  /// The same numbers in the same order under other sizes of an image.
  ///
  /// - Throws: `TensorError` when an image has another number of elements.
  public func reshaped(to sizes: [Int]) throws -> Examples {
    let reshaped = try pixels.reshaped(to: [pixels.dimensions[0]] + sizes)
    var result = try with(reshaped, labels).prefix(count)
    if let mean = subtractedMean { result = try result.subtracting(mean.reshaped(to: sizes)) }
    return result
  }

  /// What a function makes of each example.
  ///
  /// ```swift
  /// let centered = try data.training.map { image, label in
  ///   (try transform(image), label)
  /// }
  /// ```
  /// The function is called once for each example, in order, and what it gives is kept: all epochs
  /// have the same. `mapEachEpoch` changes examples anew in each.
  ///
  /// - Parameter transform: Takes an image as batches have it, `Float32` of `imageSizes`, and a
  ///   label, and gives a tensor of numbers, of the same sizes for all examples, and a label.
  /// - Throws: What the function throws; `TensorError` when the sizes differ or a label is negative.
  public func map(
    _ transform: (_ image: Tensor, _ label: Int32) throws -> (Tensor, Int32)
  ) throws -> Examples {
    var sizes: [Int]?
    var numbers: [Float] = []
    var newLabels: [Int32] = []
    for batch in try batches(size: 1, prefetching: false) {
      let label = try batch.labels.elements(as: Int32.self)[0]
      let (image, newLabel) = try transform(batch.images.reshaped(to: imageSizes), label)
      if sizes == nil { numbers.reserveCapacity(min(image.elementCount * count, 1 << 28)) }
      guard sizes ?? image.dimensions == image.dimensions else {
        throw TensorError(
          "example \(newLabels.count) became one of sizes \(image.dimensions), but those before"
            + " are of \(sizes!)")
      }
      sizes = image.dimensions
      numbers += try image.converted(to: .float32).elements(as: Float.self)
      newLabels.append(newLabel)
    }
    return try Examples(
      numbers: Tensor(numbers, dimensions: [newLabels.count] + (sizes ?? imageSizes)),
      labels: Tensor(newLabels))
  }

  private func with(_ pixels: Tensor, _ labels: Tensor) throws -> Examples {
    var result =
      pixels.dataType == .uint8
      ? try Examples(pixels: pixels, labels: labels)
      : try Examples(numbers: pixels, labels: labels)
    if let mean = subtractedMean, mean.dimensions == result.imageSizes {
      result = try result.subtracting(mean)
    }
    result.changes = changes
    return result
  }
}

extension DataSet {
  /// The data set with images of other sizes and the same number of elements.
  ///
  /// - Throws: `TensorError` as `Examples.reshaped(to:)`.
  public func reshaped(to sizes: [Int]) throws -> DataSet {
    DataSet(
      name: name, training: try training.reshaped(to: sizes), test: try test.reshaped(to: sizes),
      classNames: classNames)
  }

  /// A data set of which each tenth example is for tests.
  init(splitting examples: Examples, name: String, classNames: [String] = []) throws {
    let (training, test) = try examples.split()
    self.init(name: name, training: training, test: test, classNames: classNames)
  }
}
