import GraphIR
import Tensors

/// What stands for an axis when an Einstein sum runs.
enum EinsumLabel: Hashable, Sendable {
  case letter(Character)
  /// One of the axes at the ellipsis, counted from the last.
  case extra(Int)
}

/// The axes of a tensor by label, each label once: what stands on a diagonal is one axis.
struct EinsumAxes: Sendable {
  /// One axis.
  struct Axis: Sendable {
    var label: EinsumLabel
    var size: Int
    /// The distance in elements from one position to the next.
    var stride: Int
  }

  /// The axes in the order of memory, those of a diagonal where its first stands.
  var axes: [Axis] = []
  /// Whether a label stood twice.
  private(set) var hasDiagonal = false

  /// The axes of a tensor of those sizes, without the axes at the ellipsis that have size 1, which
  /// broadcast.
  init(_ term: EinsumTerm, _ sizes: [Int]) {
    let extra = sizes.count - term.letters.count
    let labels = term.labels.flatMap { label -> [EinsumLabel] in
      label == EinsumTerm.ellipsis
        ? (0..<extra).reversed().map { .extra($0) } : [.letter(label)]
    }
    var strides = [Int](repeating: 1, count: sizes.count)
    // Of a tensor without elements no stride is used.
    for axis in sizes.indices.dropLast().reversed() {
      strides[axis] =
        strides[axis + 1].multipliedReportingOverflow(by: sizes[axis + 1]).partialValue
    }
    for (axis, label) in labels.enumerated() {
      if case .extra = label, sizes[axis] == 1 { continue }
      if let earlier = axes.firstIndex(where: { $0.label == label }) {
        axes[earlier].stride &+= strides[axis]
        hasDiagonal = true
      } else {
        axes.append(Axis(label: label, size: sizes[axis], stride: strides[axis]))
      }
    }
  }

  /// Whether there is an axis of that label.
  func contains(_ label: EinsumLabel) -> Bool { axes.contains { $0.label == label } }

  /// The axis of that label.
  func axis(_ label: EinsumLabel) -> Axis? { axes.first { $0.label == label } }

  /// Whether the tensor has exactly the axes of those labels, in that order, without gaps.
  func isContiguous(in order: [EinsumLabel]) -> Bool {
    guard order.count == axes.count, !hasDiagonal else { return false }
    var running = 1
    for label in order.reversed() {
      guard let axis = axis(label), axis.size == 1 || axis.stride == running else { return false }
      running *= axis.size
    }
    return true
  }

  /// How many elements the axes of those labels have together.
  func count(_ labels: [EinsumLabel]) -> Int {
    labels.reduce(1) { $0 * (axis($1)?.size ?? 1) }
  }
}
