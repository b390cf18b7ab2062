import GraphIR

/// The windows of a convolution or of pooling along one axis of an image.
///
/// Window `n` covers the positions `n · stride − before + k · dilation` for `k` below `window`;
/// positions outside of `0..<size` are beyond the border.
struct WindowAxis: Hashable, Sendable {
  /// The size of the image.
  let size: Int
  /// The elements of a window.
  let window: Int
  /// The step from window to window.
  let stride: Int
  /// The step within a window.
  let dilation: Int
  /// How far the first window begins before the image.
  let before: Int
  /// How far the image is extended behind its end; the last window may end before that.
  let after: Int
  /// The number of windows.
  let count: Int

  /// The positions from the first element of a window to its last, both included.
  var reach: Int { (window - 1) * dilation + 1 }

  /// The windows that TensorFlow lays, too.
  ///
  /// - Parameters:
  ///   - explicit: How far windows go beyond the border for `Padding.explicit`.
  ///   - name: The axis in words, for errors.
  /// - Throws: `ShapeError` when the window is larger than the image by more than a step, or
  ///   numbers are out of range.
  init(
    _ name: String, size: Int, window: Int, stride: Int, dilation: Int = 1, padding: Padding,
    explicit: (before: Int, after: Int) = (0, 0)
  ) throws {
    let largest = Int(Int32.max)
    guard (1...largest).contains(stride), (1...largest).contains(dilation) else {
      throw ShapeError(
        "along the \(name), the stride is \(stride) and the dilation \(dilation);"
          + " both must be above 0")
    }
    guard (1...largest).contains(window), (0...largest).contains(size) else {
      throw ShapeError("along the \(name), a window of \(window) cannot lie in a size of \(size)")
    }
    guard (0...largest).contains(explicit.before), (0...largest).contains(explicit.after) else {
      throw ShapeError("along the \(name), the paddings \(explicit) must not be negative")
    }
    let reach = (window - 1) * dilation + 1
    switch padding {
    case .same:
      count = (size + stride - 1) / stride
      let missing = max(0, (count - 1) * stride + reach - size)
      before = missing / 2
      after = missing - missing / 2
    case .valid, .explicit:
      before = padding == .valid ? 0 : explicit.before
      after = padding == .valid ? 0 : explicit.after
      let room = size + before + after - reach
      guard room + stride >= 0 else {
        throw ShapeError(
          "along the \(name), a window that reaches over \(reach) is larger than the"
            + " \(size + before + after) that the image has with its padding")
      }
      count = room < 0 ? 0 : room / stride + 1
    }
    self.size = size
    self.window = window
    self.stride = stride
    self.dilation = dilation
  }

  /// The elements of window `number` that lie in the image, as numbers `k`.
  func inside(_ number: Int) -> Range<Int> {
    let start = number * stride - before
    let first = start < 0 ? (-start + dilation - 1) / dilation : 0
    let end = start < size ? min(window, (size - 1 - start) / dilation + 1) : 0
    return first..<max(first, end)
  }
}
