import CKernels
import GraphIR
import Synchronization
import Tensors

/// The random numbers of one node: each run takes the next ones of the sequence.
///
/// Two seeds give the same sequence each time, as TensorFlow's; two zeros stand for a pair that
/// nobody knows.
final class RandomStream: Sendable {
  private let seeds: (UInt64, UInt64)
  private let position: RandomPosition

  init(seed: Int, seed2: Int, position: RandomPosition) {
    self.position = position
    seeds =
      seed == 0 && seed2 == 0
      ? position.unstatedSeeds
      : (UInt64(bitPattern: Int64(seed)), UInt64(bitPattern: Int64(seed2)))
  }

  /// The sequence from here on, of which the next call leaves out that many groups of four words.
  func next(reserving groups: Int) -> staticgraph_philox {
    let start = position.value.wrappingAdd(
      UInt64(truncatingIfNeeded: groups), ordering: .relaxed
    ).oldValue
    return staticgraph_philox_of_seeds(seeds.0, seeds.1, start)
  }

  /// The same for so many numbers, each of which has plenty of words to be made from.
  func next(numbers: Int) -> staticgraph_philox { next(reserving: numbers &* 256) }
}

/// How numbers of a distribution are made, for each type.
typealias RandomFills = [DataType: staticgraph_random_fill]

/// How numbers of the common distributions are made.
enum Distributions {
  static let uniform: RandomFills = [
    .float32: staticgraph_random_uniform_float32, .float64: staticgraph_random_uniform_float64,
  ]
  static let normal: RandomFills = [
    .float32: staticgraph_random_normal_float32, .float64: staticgraph_random_normal_float64,
  ]
  static let truncatedNormal: RandomFills = [
    .float32: staticgraph_random_truncated_float32,
    .float64: staticgraph_random_truncated_float64,
  ]
}

/// A kernel that fills its output with the numbers of a sequence.
///
/// - Parameter generator: Gives the sequence of a run.
func randomKernel(
  _ request: KernelRequest, _ fills: RandomFills,
  generator: @escaping @Sendable (KernelContext) -> staticgraph_philox
) throws -> Kernel {
  let type = request.outputs[0].dataType
  guard let fill = fills[type] else { throw unsupported(type) }
  let count = request.outputCount()
  let pieces = pieceCount(count)
  return Kernel { context in
    let (sequence, result) = (generator(context), context.outputs[0])
    context.parallelFor(pieces: pieces) { piece in
      let start = piece * elementsPerPiece
      fill(sequence, start, min(count, start + elementsPerPiece), result)
    }
  }
}
