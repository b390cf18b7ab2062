import CKernels
import GraphIR
import Tensors

extension TypeSet {
  /// The types whose elements can be converted to each other: every type but `String`.
  static let convertible = TypeSet(DataType.allCases.filter { $0 != .string })
}

/// A kernel that converts each element of the only input to the type of the output.
func conversionKernel(_ request: KernelRequest, truncating: Bool) throws -> Kernel {
  let (source, target) = (request.inputs[0].dataType, request.outputs[0].dataType)
  if source == target { return copyKernel(request) }
  if truncating, source.isFloatingPoint, target.isFloatingPoint {
    throw GraphError(
      "a conversion from \(source) to \(target) that drops bits instead of rounding is not"
        + " supported", notes: ["set the attribute Truncate to false"])
  }
  if let loop = conversionLoops[target]?[source] { return try unaryKernel(request, [source: loop]) }
  guard let convert = source.conversion(to: target) else { throw unsupported(source) }
  let count = request.outputCount()
  let pieces = pieceCount(count)
  return Kernel { context in
    let (x, result) = (context.inputs[0], context.outputs[0])
    context.parallelFor(pieces: pieces) { piece in
      let start = piece * elementsPerPiece
      convert(
        min(elementsPerPiece, count - start), x + start * source.byteCount,
        result + start * target.byteCount)
    }
  }
}

/// For each target and source among the types that are computed with, the loop that converts.
private let conversionLoops: [DataType: UnaryLoops] = [
  .float32: [
    .float64: staticgraph_cast_float64_float32, .int32: staticgraph_cast_int32_float32,
    .int64: staticgraph_cast_int64_float32, .uint8: staticgraph_cast_uint8_float32,
    .bool: staticgraph_cast_truth_float32,
  ],
  .float64: [
    .float32: staticgraph_cast_float32_float64, .int32: staticgraph_cast_int32_float64,
    .int64: staticgraph_cast_int64_float64, .uint8: staticgraph_cast_uint8_float64,
    .bool: staticgraph_cast_truth_float64,
  ],
  .int32: [
    .float32: staticgraph_cast_float32_int32, .float64: staticgraph_cast_float64_int32,
    .int64: staticgraph_cast_int64_int32, .uint8: staticgraph_cast_uint8_int32,
    .bool: staticgraph_cast_truth_int32,
  ],
  .int64: [
    .float32: staticgraph_cast_float32_int64, .float64: staticgraph_cast_float64_int64,
    .int32: staticgraph_cast_int32_int64, .uint8: staticgraph_cast_uint8_int64,
    .bool: staticgraph_cast_truth_int64,
  ],
  .uint8: [
    .float32: staticgraph_cast_float32_uint8, .float64: staticgraph_cast_float64_uint8,
    .int32: staticgraph_cast_int32_uint8, .int64: staticgraph_cast_int64_uint8,
    .bool: staticgraph_cast_truth_uint8,
  ],
  .bool: [
    .float32: staticgraph_cast_float32_truth, .float64: staticgraph_cast_float64_truth,
    .int32: staticgraph_cast_int32_truth, .int64: staticgraph_cast_int64_truth,
    .uint8: staticgraph_cast_uint8_truth,
  ],
]
