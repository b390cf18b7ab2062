import CKernels
import GraphIR
import Tensors

/// What flows back through images whose pixels were repeated or left out.
public struct ResizeNearestNeighborGrad: ResizingOperator {
  public static let name = "ResizeNearestNeighborGrad"
  public static let summary =
    "What flows back through images whose pixels were repeated or left out."
  public static let signature = Signature(
    inputs: [.init("grads", "T"), .init("size", .fixed(.int32))], outputs: [.init("output", "T")],
    types: ["T": [.uint8, .int8, .int32, .float16, .float32, .float64, .bfloat16]])
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = nil

  public var alignCorners = false
  public var halfPixelCenters = false

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try resizedShape(request, named: "grads")]
  }

  public static let gradient = GradientRule.rule { g in
    let operation = g.operation(as: ResizeNearestNeighborGrad.self)
    let resized = resizeNearestNeighbor(
      g.outputGradient, size: imageSize(g.x), alignCorners: operation.alignCorners,
      halfPixelCenters: operation.halfPixelCenters)
    return [resized, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.outputs[0].dataType
    guard let add = scatterAddLoops[type] else { throw unsupported(type) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let (resized, sizes) = (request.inputSizes(0), request.outputSizes())
    let down = nearest(resized[1], among: sizes[1])
    let across = nearest(resized[2], among: sizes[2])
    let channels = sizes[3]
    let rowSize = sizes[2] * channels * type.byteCount
    let flowSize = resized[2] * channels * type.byteCount
    let work = ImageRows(
      images: sizes[0], rows: sizes[1],
      work: max(sizes[1] * sizes[2], resized[1] * resized[2]) * channels)
    return Kernel { context in
      let grads = context.inputs[0]
      context.parallelFor(pieces: work.pieces) { piece in
        let (image, rows) = work[piece]
        let result = context.outputs[0] + image * sizes[1] * rowSize
        (result + rows.lowerBound * rowSize)
          .initializeMemory(as: UInt8.self, repeating: 0, count: rows.count * rowSize)
        across.withUnsafeBufferPointer { across in
          for row in 0..<resized[1] where rows.contains(Int(down[row])) {
            add(
              across.count, channels, channels, across.baseAddress,
              grads + (image * resized[1] + row) * flowSize, result + Int(down[row]) * rowSize)
          }
        }
      }
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }

  public static var samples: [Sample] {
    resizingSamples(ResizeNearestNeighborGrad.self) {
      [.sample($0.resized, in: 0...9), Tensor($0.sizes[1...2].map { Int32($0) })]
    } + wrongSizeSamples(ResizeNearestNeighborGrad.self, "grads")
  }
}
