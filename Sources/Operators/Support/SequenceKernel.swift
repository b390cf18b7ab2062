import GraphIR
import Tensors

/// A kernel that writes a vector of which each element follows from its position.
func sequenceKernel<Element: FixedSizeElement>(
  _ request: KernelRequest, _ type: Element.Type,
  _ element: @escaping @Sendable (Int) -> Element
) -> Kernel {
  let count = request.outputCount()
  let pieces = pieceCount(count)
  return Kernel { context in
    let output = context.output(as: Element.self)
    context.parallelFor(pieces: pieces) { piece in
      let start = piece * elementsPerPiece
      for position in start..<min(count, start + elementsPerPiece) {
        output[position] = element(position)
      }
    }
  }
}
