import Tensors

extension Examples {
  /// A text that is the same for the same examples on every machine, and tells others from them.
  ///
  /// It takes all labels, but of the images a few alone, so that large files are not read for it.
  package var fingerprint: String {
    var hash = StableHash()
    hash.combine("\(pixels.dataType) \(imageSizes) \(count)")
    labels.withUnsafeBytes { bytes in
      hash.combine(UnsafeRawBufferPointer(rebasing: bytes.prefix(count * 4)))
    }
    let size = imageElementCount * pixels.dataType.byteCount
    pixels.withUnsafeBytes { bytes in
      for place in stride(from: 0, to: count, by: max(1, count / 16)) {
        hash.combine(UnsafeRawBufferPointer(rebasing: bytes[place * size..<(place + 1) * size]))
      }
    }
    return String(hash.value, radix: 16)
  }
}
