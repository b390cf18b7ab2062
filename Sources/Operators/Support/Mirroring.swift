import GraphIR
import Tensors

/// How a tensor goes on beyond its border.
public enum MirrorPadMode: String, EnumeratedAttribute {
  /// The element at the border stands once: `a b c` goes on as `c b | a b c | b a`.
  case reflect = "REFLECT"
  /// The element at the border stands twice: `a b c` goes on as `b a | a b c | c b`.
  case symmetric = "SYMMETRIC"
}

extension MirrorPadMode {
  /// Throws where more elements are asked for than there are to mirror.
  func check(_ size: Int, _ widths: PaddingWidths, _ axis: Int, _ input: String) throws {
    let most = self == .reflect ? size - 1 : size
    guard widths.before <= most, widths.after <= most else {
      throw ShapeError(
        "\(input) has size \(size) on axis \(axis), so that at most \(max(0, most)) elements can be"
          + " mirrored, but paddings asks for \(widths.before) and \(widths.after)")
    }
  }
}

/// Part of a mirrored axis: positions of the larger tensor, and where they are in the smaller.
private struct MirroredPart {
  var start: Int
  var count: Int
  var smallStart: Int
  var smallStep: Int
}

extension MirrorPadMode {
  /// The parts of an axis: what stands before the tensor, the tensor, what stands behind.
  private func parts(_ size: Int, _ widths: PaddingWidths) -> [MirroredPart] {
    let skipped = self == .reflect ? 1 : 0
    return [
      MirroredPart(start: widths.before, count: size, smallStart: 0, smallStep: 1),
      MirroredPart(
        start: 0, count: widths.before, smallStart: widths.before - 1 + skipped, smallStep: -1),
      MirroredPart(
        start: widths.before + size, count: widths.after, smallStart: size - 1 - skipped,
        smallStep: -1),
    ].filter { $0.count > 0 }
  }

  /// The boxes that a mirrored tensor consists of, the first of which is the tensor itself.
  ///
  /// - Parameters:
  ///   - small: The sizes of the tensor, none of them 0.
  ///   - large: The sizes of the mirrored one.
  /// - Throws: `GraphError` when there are too many.
  func boxes(
    small: [Int], large: [Int], _ paddings: [PaddingWidths]
  ) throws -> [(sizes: [Int], small: Movement.Place, large: Movement.Place)] {
    let axes = small.indices.map { parts(small[$0], paddings[$0]) }
    var count = 1
    for parts in axes {
      count *= parts.count
      try checkMovementCount(count)
    }
    let (smallStrides, largeStrides) = (rowMajorStrides(small), rowMajorStrides(large))
    return (0..<count).map { number in
      var rest = number
      var sizes: [Int] = []
      var (from, to) = (Movement.Place(strides: []), Movement.Place(strides: largeStrides))
      for (axis, parts) in axes.enumerated() {
        let part = parts[rest % parts.count]
        rest /= parts.count
        sizes.append(part.count)
        from.start += part.smallStart * smallStrides[axis]
        from.strides.append(part.smallStep * smallStrides[axis])
        to.start += part.start * largeStrides[axis]
      }
      return (sizes, from, to)
    }
  }
}
