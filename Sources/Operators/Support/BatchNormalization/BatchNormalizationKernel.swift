import CKernels
import GraphIR
import Tensors

/// The inner loops of batch normalisation in one type.
private struct BatchLoops: Sendable {
  let sums: staticgraph_batch_sums
  let moments: staticgraph_batch_moments
  let factors: staticgraph_batch_factors
  let average: staticgraph_batch_average
  let normalize: staticgraph_batch_normalize
  let gradientSums: staticgraph_batch_gradient_sums
  let gradientFactors: staticgraph_batch_gradient_factors
  let gradient: staticgraph_batch_gradient

  static func of(_ request: KernelRequest, images: Int, channels: Int) throws -> BatchLoops {
    let (type, other) = (request.inputs[images].dataType, request.inputs[channels].dataType)
    guard let loops = all[type] else { throw unsupported(type) }
    guard type == other else {
      throw GraphError("images of type \(type) and numbers of type \(other) must have one type")
    }
    return loops
  }

  private static let all: [DataType: BatchLoops] = [
    .float32: BatchLoops(
      sums: staticgraph_batch_sums_float32, moments: staticgraph_batch_moments_float32,
      factors: staticgraph_batch_factors_float32, average: staticgraph_batch_average_float32,
      normalize: staticgraph_batch_normalize_float32,
      gradientSums: staticgraph_batch_gradient_sums_float32,
      gradientFactors: staticgraph_batch_gradient_factors_float32,
      gradient: staticgraph_batch_gradient_float32),
    .float64: BatchLoops(
      sums: staticgraph_batch_sums_float64, moments: staticgraph_batch_moments_float64,
      factors: staticgraph_batch_factors_float64, average: staticgraph_batch_average_float64,
      normalize: staticgraph_batch_normalize_float64,
      gradientSums: staticgraph_batch_gradient_sums_float64,
      gradientFactors: staticgraph_batch_gradient_factors_float64,
      gradient: staticgraph_batch_gradient_float64),
  ]
}

/// A kernel of images, scale, offset, mean and variance.
func batchNormalizationKernel(
  _ request: KernelRequest, _ normalization: BatchNormalization
) throws -> Kernel {
  let loops = try BatchLoops.of(request, images: 0, channels: 1)
  let work = ChannelBlocks(request.inputSizes(0), normalization.dataFormat)
  let size = request.inputs[0].dataType.byteCount
  let vectorSize = work.channels * size
  let count = Double(work.count)
  let correction = count / max(1, count - 1)
  let hasReserve = request.outputs.count > 5
  let (epsilon, part) = (normalization.epsilon, normalization.averageFactor)
  let isTraining = normalization.isTraining
  let sumSize = isTraining ? work.sumByteCount : 0
  return Kernel(scratchByteCount: sumSize + 2 * vectorSize) { context in
    let (x, scale, offset) = (context.inputs[0], context.inputs[1], context.inputs[2])
    let (y, mean, variance) = (context.outputs[0], context.outputs[3], context.outputs[4])
    let factor = context.scratch + sumSize
    let shift = factor + vectorSize
    if isTraining {
      // Distances from one element of each channel lose nothing where its mean is large.
      if work.count > 0 {
        work.copyFirstElements(x, size, to: shift)
        let sums = context.scratch.assumingMemoryBound(to: Double.self)
        let squares = sums + work.parts * work.channels
        context.parallelFor(pieces: work.pieces) { piece in
          work.forEach(ofPiece: piece) { block in
            loops.sums(
              block.rows, block.columns, x + block.start * size, shift + block.channel * size,
              sums + block.sums, squares + block.sums)
          }
        }
      }
      loops.moments(work.sums(context), shift, mean, variance)
      let none = work.count == 0 ? Double.nan : 1
      loops.average(
        work.channels, part, none, mean, context.inputs[3], context.outputs[1])
      loops.average(
        work.channels, part, none * correction, variance, context.inputs[4], context.outputs[2])
    } else {
      for (input, outputs) in [(3, (1, 3)), (4, (2, 4))] {
        let given = context.inputs[input]
        context.outputs[outputs.0].copyMemory(from: given, byteCount: vectorSize)
        context.outputs[outputs.1].copyMemory(from: given, byteCount: vectorSize)
      }
    }
    if hasReserve {
      context.outputs[5].initializeMemory(as: UInt8.self, repeating: 0, count: size)
    }
    loops.factors(work.channels, epsilon, scale, variance, factor)
    context.parallelFor(pieces: work.pieces) { piece in
      work.forEach(ofPiece: piece) { block in
        let (start, channel) = (block.start * size, block.channel * size)
        loops.normalize(
          block.rows, block.columns, x + start, mean + channel, factor + channel, offset + channel,
          y + start)
      }
    }
  }
}

/// A kernel of what flows back, images, scale, mean and variance.
func batchNormalizationGradientKernel(
  _ request: KernelRequest, _ normalization: BatchNormalization
) throws -> Kernel {
  let loops = try BatchLoops.of(request, images: 1, channels: 2)
  let work = ChannelBlocks(request.inputSizes(1), normalization.dataFormat)
  let size = request.inputs[1].dataType.byteCount
  let vectorSize = work.channels * size
  let (epsilon, isTraining) = (normalization.epsilon, normalization.isTraining)
  return Kernel(scratchByteCount: work.sumByteCount + 3 * vectorSize) { context in
    let (flow, x) = (context.inputs[0], context.inputs[1])
    let (mean, result) = (context.inputs[3], context.outputs[0])
    let sums = context.scratch.assumingMemoryBound(to: Double.self)
    let products = sums + work.parts * work.channels
    context.parallelFor(pieces: work.pieces) { piece in
      work.forEach(ofPiece: piece) { block in
        loops.gradientSums(
          block.rows, block.columns, flow + block.start * size, x + block.start * size,
          mean + block.channel * size, sums + block.sums, products + block.sums)
      }
    }
    let factor = context.scratch + work.sumByteCount
    let (middle, slope) = (factor + vectorSize, factor + 2 * vectorSize)
    loops.gradientFactors(
      work.sums(context), epsilon, isTraining, context.inputs[2], context.inputs[4],
      context.outputs[1], context.outputs[2], factor, middle, slope)
    context.parallelFor(pieces: work.pieces) { piece in
      work.forEach(ofPiece: piece) { block in
        let (start, channel) = (block.start * size, block.channel * size)
        loops.gradient(
          block.rows, block.columns, flow + start, x + start, mean + channel, factor + channel,
          middle + channel, slope + channel, result + start)
      }
    }
  }
}

extension ChannelBlocks {
  /// Copies the first element of each channel.
  ///
  /// - Precondition: The channels have elements.
  fileprivate func copyFirstElements(
    _ x: UnsafeRawPointer, _ size: Int, to result: UnsafeMutableRawPointer
  ) {
    let step = firstElementStride * size
    for channel in 0..<channels {
      (result + channel * size).copyMemory(from: x + channel * step, byteCount: size)
    }
  }
}
