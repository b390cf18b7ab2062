import Tensors

/// Images, or other numbers, with a label each.
///
/// Images are kept as bytes and converted batch by batch.
public struct Examples: Sendable {
  /// `UInt8`, to be divided by 255, or `Float32`, to be taken as they are: one image after the
  /// other; there may be more than `count`.
  let pixels: Tensor
  /// `Int32[n]`; there may be more than `count`.
  let labels: Tensor
  /// How many examples there are.
  public private(set) var count: Int
  /// What is subtracted from every image once its pixels are divided by 255: `Float32`, of the
  /// sizes of one image.
  public private(set) var subtractedMean: Tensor?
  /// What is done with each example in each epoch, in this order.
  var changes: [ExampleChange] = []

  /// Examples of images of any sizes.
  ///
  /// - Parameters:
  ///   - pixels: `UInt8[n, …]`, an image for each index of the first dimension.
  ///   - labels: `[n]` of any integer type, not negative and at most `Int32.max`.
  /// - Throws: `TensorError` when the tensors are of other types, the counts differ, a label is
  ///   out of range, or there is no pixel at all.
  public init(pixels: Tensor, labels: Tensor) throws {
    guard pixels.dataType == .uint8, pixels.rank > 0 else {
      throw TensorError("images of type UInt8[?, …] were expected, found \(pixels.type)")
    }
    try self.init(checked: pixels, labels)
  }

  /// Examples of numbers of any sizes, which batches hold as they are.
  ///
  /// - Parameters:
  ///   - numbers: `[n, …]` of any type of numbers, an example for each index of the first
  ///     dimension. They are kept as `Float32`.
  ///   - labels: `[n]` of any integer type, not negative and at most `Int32.max`.
  /// - Throws: `TensorError` as the initialiser of pixels.
  public init(numbers: Tensor, labels: Tensor) throws {
    guard numbers.dataType.isNumeric, numbers.rank > 0 else {
      throw TensorError("numbers of sizes [?, …] were expected, found \(numbers.type)")
    }
    try self.init(checked: numbers.converted(to: .float32), labels)
  }

  private init(checked pixels: Tensor, _ labels: Tensor) throws {
    guard labels.dataType.isInteger, labels.rank == 1 else {
      throw TensorError(
        "labels of an integer type and one dimension were expected, found "
          + "\(labels.type)")
    }
    let count = pixels.dimensions[0]
    guard count == labels.dimensions[0] else {
      throw TensorError(
        "as many images as labels were expected, found \(count) images and "
          + "\(labels.dimensions[0]) labels")
    }
    guard pixels.elementCount > 0 else {
      throw TensorError("images with pixels were expected, found sizes \(pixels.dimensions)")
    }
    let numbers = try labels.converted(to: .int64).elements(as: Int64.self)
    if let index = numbers.firstIndex(where: { !(0...Int64(Int32.max)).contains($0) }) {
      throw TensorError(
        "labels of 0 through \(Int32.max) were expected, found \(numbers[index]) at index \(index)")
    }
    self.pixels = pixels
    self.labels = try labels.converted(to: .int32)
    self.count = count
  }

  /// The sizes of one image.
  public var imageSizes: [Int] { Array(pixels.dimensions.dropFirst()) }

  /// How many numbers an image is.
  var imageElementCount: Int { pixels.elementCount / pixels.dimensions[0] }

  /// The first examples, at most so many; memory is shared.
  public func prefix(_ maximumCount: Int) -> Examples {
    var result = self
    result.count = max(0, min(count, maximumCount))
    return result
  }

  /// The mean of the images, each pixel divided by 255, or of the numbers.
  ///
  /// - Returns: `Float32`, of the sizes of one image; the sums of pixels are exact.
  /// - Throws: `TensorError` when there are no examples.
  public func meanImage() throws -> Tensor {
    guard count > 0 else { throw TensorError("there is no mean image of no images") }
    let size = imageElementCount
    if pixels.dataType == .float32 { return try meanNumbers() }
    var sums = [UInt64](repeating: 0, count: size)
    pixels.withUnsafeBytes { bytes in
      sums.withUnsafeMutableBufferPointer { sums in
        addImages(bytes.bindMemory(to: UInt8.self).baseAddress!, count: count, to: sums)
      }
    }
    let divisor = 255 * Double(count)
    return try Tensor(sums.map { Float(Double($0) / divisor) }, dimensions: imageSizes)
  }

  private func meanNumbers() throws -> Tensor {
    var sums = [Double](repeating: 0, count: imageElementCount)
    pixels.withUnsafeBytes { bytes in
      let numbers = bytes.bindMemory(to: Float.self)
      var place = 0
      for _ in 0..<count {
        for index in sums.indices {
          sums[index] += Double(numbers[place])
          place &+= 1
        }
      }
    }
    return try Tensor(sums.map { Float($0 / Double(count)) }, dimensions: imageSizes)
  }

  /// The same examples, of whose images a mean image is subtracted.
  ///
  /// - Parameter mean: `Float32`, of the sizes of one image; replaces one that was subtracted.
  /// - Throws: `TensorError` when the tensor is of another type or other sizes.
  public func subtracting(_ mean: Tensor) throws -> Examples {
    guard mean.dataType == .float32, mean.dimensions == imageSizes else {
      throw TensorError(
        "a mean image of type \(TensorType(.float32, Shape(imageSizes))) was expected, found "
          + "\(mean.type)")
    }
    var result = self
    result.subtractedMean = mean
    return result
  }
}
