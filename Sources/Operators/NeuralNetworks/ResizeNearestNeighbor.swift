import CKernels
import GraphIR
import Tensors

/// Images of another size, each pixel that which is nearest to its place.
public struct ResizeNearestNeighbor: ResizingOperator {
  public static let name = "ResizeNearestNeighbor"
  public static let summary =
    "Images of another size, each pixel that which is nearest to its place."
  public static let signature = Signature(
    inputs: [.init("images", "T"), .init("size", .fixed(.int32), label: "size")],
    outputs: [.init("resized_images", "T")], types: ["T": resizedTypes])
  public static let shapeInputs = [1]

  public var alignCorners = false
  public var halfPixelCenters = false

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try resizedShape(request, named: "images")]
  }

  // Each pixel gathers what flows into those that are like it.
  public static let gradient = GradientRule.rule { g in
    let operation = g.operation(as: ResizeNearestNeighbor.self)
    let back = ResizeNearestNeighborGrad(
      alignCorners: operation.alignCorners, halfPixelCenters: operation.halfPixelCenters)
    let inputs = [g.outputGradient, imageSize(g.x)]
    return [g.graph.append(back, inputs, origin: .unknown).output, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let size = request.inputs[0].dataType.byteCount
    if request.outputCount() == 0 { return Kernel { _ in } }
    let (sizes, resized) = (request.inputSizes(0), request.outputSizes())
    let down = nearest(resized[1], among: sizes[1])
    let across = nearest(resized[2], among: sizes[2])
    let pixelSize = sizes[3] * size
    let (rowSize, resultSize) = (sizes[2] * pixelSize, resized[2] * pixelSize)
    let work = ImageRows(
      images: sizes[0], rows: resized[1], work: resized[1] * resized[2] * sizes[3])
    return Kernel { context in
      let (x, result) = (context.inputs[0], context.outputs[0])
      context.parallelFor(pieces: work.pieces) { piece in
        let (image, rows) = work[piece]
        across.withUnsafeBufferPointer { across in
          for row in rows {
            staticgraph_gather_slices(
              across.count, pixelSize, x + (image * sizes[1] + Int(down[row])) * rowSize,
              across.baseAddress, result + (image * resized[1] + row) * resultSize)
          }
        }
      }
    }
  }

  public static var samples: [Sample] {
    resizingSamples(ResizeNearestNeighbor.self) { [.sample($0.sizes, in: 0...9), $0.size] }
      + wrongSizeSamples(ResizeNearestNeighbor.self, "images")
  }
}

/// Images of another size, each pixel that which is nearest to its place.
///
/// - Parameters:
///   - images: Images of numbers: batch, height, width, channels.
///   - size: The height and width of the result.
///   - alignCorners: Whether the middles of the pixels at the corners lie on those of the result;
///     else their upper left corners do.
///   - halfPixelCenters: Whether the corners of the images lie on each other, pixels being squares.
/// - Returns: A value of the type of `images`.
public func resizeNearestNeighbor(
  _ images: Value, size: [Int], alignCorners: Bool = false, halfPixelCenters: Bool = false,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  resizeNearestNeighbor(
    images, size: sizesConstant(size, images.graph, Origin(fileID: fileID, line: line)),
    alignCorners: alignCorners, halfPixelCenters: halfPixelCenters, name: name, fileID: fileID,
    line: line)
}

/// Images of a size that the graph computes, each pixel that which is nearest to its place.
///
/// - Parameters:
///   - images: Images of numbers: batch, height, width, channels.
///   - size: The height and width of the result, a vector of `Int32`.
///   - alignCorners: Whether the middles of the pixels at the corners lie on those of the result.
///   - halfPixelCenters: Whether the corners of the images lie on each other.
public func resizeNearestNeighbor(
  _ images: Value, size: Value, alignCorners: Bool = false, halfPixelCenters: Bool = false,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  images.graph.append(
    ResizeNearestNeighbor(alignCorners: alignCorners, halfPixelCenters: halfPixelCenters),
    [images, size], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
