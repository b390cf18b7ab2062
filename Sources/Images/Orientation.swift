import CExif

/// The orientation that an EXIF block states, from 1 to 8; 1 when it states none.
///
/// - Parameter block: The block from `Exif` on.
func exifOrientation(_ block: [UInt8]) -> Int {
  guard let data = exif_data_new_from_data(block, UInt32(clamping: block.count)) else { return 1 }
  defer { exif_data_unref(data) }
  guard let entry = exif_content_get_entry(data.pointee.ifd.0, EXIF_TAG_ORIENTATION),
    entry.pointee.format == EXIF_FORMAT_SHORT, entry.pointee.size >= 2,
    let value = entry.pointee.data
  else { return 1 }
  let orientation = Int(exif_get_short(value, exif_data_get_byte_order(data)))
  return 1...8 ~= orientation ? orientation : 1
}

extension Image {
  /// The picture upright, given how EXIF says that it lies.
  func turned(by orientation: Int) throws -> Image {
    guard 2...8 ~= orientation else { return self }
    let isTurned = orientation > 4
    let (newWidth, newHeight) = isTurned ? (height, width) : (width, height)
    let flipsColumns = [2, 3, 7, 8].contains(orientation)
    let flipsRows = [3, 4, 6, 7].contains(orientation)
    let result = [UInt8](unsafeUninitializedCapacity: pixels.count) { buffer, written in
      var target = 0
      for y in 0..<newHeight {
        for x in 0..<newWidth {
          var (column, row) = isTurned ? (y, x) : (x, y)
          if flipsColumns { column = width - 1 - column }
          if flipsRows { row = height - 1 - row }
          let source = (row * width + column) * channels
          for channel in 0..<channels { buffer[target + channel] = pixels[source + channel] }
          target += channels
        }
      }
      written = pixels.count
    }
    return try Image(width: newWidth, height: newHeight, channels: channels, pixels: result)
  }
}
