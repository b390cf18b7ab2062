// These loops count by hand: without the optimiser, a range costs more than the work itself.

/// Divides pixels by 255 and subtracts what is to be subtracted of each.
func convertPixels(
  _ pixels: UnsafePointer<UInt8>, count: Int, subtracting mean: UnsafePointer<Float>?,
  into result: UnsafeMutablePointer<Float>
) {
  var index = 0
  if let mean {
    while index < count {
      result[index] = Float(pixels[index]) / 255 - mean[index]
      index &+= 1
    }
  } else {
    while index < count {
      result[index] = Float(pixels[index]) / 255
      index &+= 1
    }
  }
}

/// Copies numbers and subtracts what is to be subtracted of each.
func copyNumbers(
  _ numbers: UnsafePointer<Float>, count: Int, subtracting mean: UnsafePointer<Float>?,
  into result: UnsafeMutablePointer<Float>
) {
  guard let mean else { return result.update(from: numbers, count: count) }
  var index = 0
  while index < count {
    result[index] = numbers[index] - mean[index]
    index &+= 1
  }
}

/// Adds images, one after the other in memory and each of the size of the sums, to the sums.
func addImages(
  _ pixels: UnsafePointer<UInt8>, count: Int, to sums: UnsafeMutableBufferPointer<UInt64>
) {
  guard let target = sums.baseAddress else { return }
  let size = sums.count
  var image = pixels
  for _ in 0..<count {
    var index = 0
    while index < size {
      target[index] &+= UInt64(truncatingIfNeeded: image[index])
      index &+= 1
    }
    image += size
  }
}
