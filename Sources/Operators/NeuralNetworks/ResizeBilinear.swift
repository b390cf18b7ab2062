import CKernels
import GraphIR
import Tensors

/// Images of another size, each pixel a mixture of the four around its place.
public struct ResizeBilinear: ResizingOperator {
  public static let name = "ResizeBilinear"
  public static let summary =
    "Images of another size, each pixel a mixture of the four around its place."
  public static let signature = Signature(
    inputs: [.init("images", "T"), .init("size", .fixed(.int32), label: "size")],
    outputs: [.init("resized_images", .fixed(.float32))], types: ["T": resizedTypes])
  public static let shapeInputs = [1]

  public var alignCorners = false
  public var halfPixelCenters = false

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try resizedShape(request, named: "images")]
  }

  // Each pixel gives what flows into it to those that it was mixed from.
  public static let gradient = GradientRule.rule { g in
    let operation = g.operation(as: ResizeBilinear.self)
    let back = ResizeBilinearGrad(
      alignCorners: operation.alignCorners, halfPixelCenters: operation.halfPixelCenters)
    return [g.graph.append(back, [g.outputGradient, g.x], origin: .unknown).output, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let loops: [DataType: staticgraph_resize_row] = [
      .float32: staticgraph_resize_row_float32, .float64: staticgraph_resize_row_float64,
      .int32: staticgraph_resize_row_int32, .int64: staticgraph_resize_row_int64,
      .uint8: staticgraph_resize_row_uint8,
    ]
    let type = request.inputs[0].dataType
    guard let loop = loops[type] else { throw unsupported(type) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let (sizes, resized) = (request.inputSizes(0), request.outputSizes())
    let down = between(resized[1], among: sizes[1])
    let across = between(resized[2], among: sizes[2])
    let channels = sizes[3]
    let rowSize = sizes[2] * channels * type.byteCount
    let resultWidth = resized[2] * channels
    let work = ImageRows(images: sizes[0], rows: resized[1], work: resized[1] * resultWidth)
    return Kernel { context in
      let result = context.output(as: Float.self)
      context.parallelFor(pieces: work.pieces) { piece in
        let (image, rows) = work[piece]
        let x = context.inputs[0] + image * sizes[1] * rowSize
        across.withPlaces { places in
          for row in rows {
            loop(
              places, channels, x + Int(down.before[row]) * rowSize,
              x + Int(down.after[row]) * rowSize, down.part[row],
              result + (image * resized[1] + row) * resultWidth)
          }
        }
      }
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: 10 * Double(request.outputCount()), bytesMoved: Cost.moving(request))
  }

  public static var samples: [Sample] {
    resizingSamples(ResizeBilinear.self) { [.sample($0.sizes, in: 0...9), $0.size] }
      + wrongSizeSamples(ResizeBilinear.self, "images")
  }
}

/// The types of images that TensorFlow resizes.
let resizedTypes: TypeSet = [
  .int8, .uint8, .int16, .uint16, .int32, .int64, .bfloat16, .float16, .float32, .float64,
]

extension ResizingPlaces {
  /// Calls `body` with the places as the inner loops see them.
  func withPlaces(_ body: (staticgraph_places) -> Void) {
    before.withUnsafeBufferPointer { before in
      after.withUnsafeBufferPointer { after in
        part.withUnsafeBufferPointer { part in
          body(
            staticgraph_places(
              count: part.count, before: before.baseAddress, after: after.baseAddress,
              part: part.baseAddress))
        }
      }
    }
  }
}

/// Images of another size, each pixel a mixture of the four around its place.
///
/// - Parameters:
///   - images: Images of numbers: batch, height, width, channels.
///   - size: The height and width of the result.
///   - alignCorners: Whether the middles of the pixels at the corners lie on those of the result;
///     else their upper left corners do.
///   - halfPixelCenters: Whether the corners of the images lie on each other, pixels being squares
///     that are mixed by their middles: what most other libraries do.
/// - Returns: `Float32`, whatever the type of `images`.
public func resizeBilinear(
  _ images: Value, size: [Int], alignCorners: Bool = false, halfPixelCenters: Bool = false,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  resizeBilinear(
    images, size: sizesConstant(size, images.graph, Origin(fileID: fileID, line: line)),
    alignCorners: alignCorners, halfPixelCenters: halfPixelCenters, name: name, fileID: fileID,
    line: line)
}

/// Images of a size that the graph computes, each pixel a mixture of the four around its place.
///
/// - Parameters:
///   - images: Images of numbers: batch, height, width, channels.
///   - size: The height and width of the result, a vector of `Int32`.
///   - alignCorners: Whether the middles of the pixels at the corners lie on those of the result.
///   - halfPixelCenters: Whether the corners of the images lie on each other.
public func resizeBilinear(
  _ images: Value, size: Value, alignCorners: Bool = false, halfPixelCenters: Bool = false,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  images.graph.append(
    ResizeBilinear(alignCorners: alignCorners, halfPixelCenters: halfPixelCenters),
    [images, size], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
