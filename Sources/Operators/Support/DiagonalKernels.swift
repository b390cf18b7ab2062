import GraphIR
import Tensors

/// Where the main diagonals of matrices stand, each matrix behind the other.
///
/// - Parameter sizes: The sizes of the matrices' tensor.
/// - Returns: The number of matrices, the length of each diagonal, and where the elements stand.
func diagonals(of sizes: [Int], number: Int = 0) -> (sizes: [Int], place: Movement.Place) {
  let (rows, columns) = (sizes[sizes.count - 2], sizes[sizes.count - 1])
  return (
    [sizes.dropLast(2).reduce(1, *), min(rows, columns)],
    Movement.Place(number: number, strides: [rows * columns, columns + 1])
  )
}

/// A kernel that writes zeros, and then the input to the diagonals of the output.
///
/// - Parameter sizes: The sizes of the output as matrices.
func diagonalKernel(_ request: KernelRequest, output sizes: [Int]) throws -> Kernel {
  if request.outputCount() == 0 { return Kernel { _ in } }
  let (box, place) = diagonals(of: sizes)
  let clear = Movement(sizes, from: .single(-1, rank: sizes.count), to: .whole(sizes))
  return try movementKernel(
    request.outputs[0].dataType,
    [MovementPhase([clear]), MovementPhase([Movement(box, from: .whole(box), to: place)])])
}

/// A kernel that reads the diagonals of the input.
///
/// - Parameter sizes: The sizes of the input as matrices.
func diagonalPartKernel(_ request: KernelRequest, input sizes: [Int]) throws -> Kernel {
  if request.outputCount() == 0 { return Kernel { _ in } }
  let (box, place) = diagonals(of: sizes)
  return try movementKernel(
    request.outputs[0].dataType, [Movement(box, from: place, to: .whole(box))])
}
