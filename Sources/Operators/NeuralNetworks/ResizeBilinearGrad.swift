import CKernels
import GraphIR
import Tensors

/// What flows back through images that were mixed to another size.
public struct ResizeBilinearGrad: ResizingOperator {
  public static let name = "ResizeBilinearGrad"
  public static let summary = "What flows back through images that were mixed to another size."
  public static let signature = Signature(
    inputs: [.init("grads", .fixed(.float32)), .init("original_image", "T")],
    outputs: [.init("output", "T")], types: ["T": [.float32, .bfloat16, .float16, .float64]])
  public static let function: GraphFunction? = nil

  public var alignCorners = false
  public var halfPixelCenters = false

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try checkPlacement()
    let names = ["grads", "original_image"]
    for (input, name) in names.enumerated() {
      try request.require(rank: 4, of: input, named: name)
      let shape = request.shape(input)
      if shape.rank == 4, shape[1] == 0 || shape[2] == 0 {
        throw ShapeError("\(name) must have pixels, but it is \(request.inputs[input])")
      }
    }
    let (grads, images) = (request.shape(0), request.shape(1))
    guard grads.rank == 4, images.rank == 4 else {
      return [images.rank == nil ? .unknown(rank: 4) : images]
    }
    let ends = [0, 3].map { Shape(dimensions: [grads[$0]]).merged(with: [images[$0]]) }
    guard let batch = ends[0], let channels = ends[1] else {
      throw ShapeError(
        "grads is \(request.inputs[0]), but original_image is \(request.inputs[1])")
    }
    return [Shape(dimensions: [batch[0], images[1], images[2], channels[0]])]
  }

  // Resizing is linear: what flows into the gradient is resized. The images give their size alone.
  public static let gradient = GradientRule.rule { g in
    guard g.isNeeded[0] else { return [nil, nil] }
    let operation = g.operation(as: ResizeBilinearGrad.self)
    let resized = resizeBilinear(
      g.outputGradient, size: imageSize(g.x), alignCorners: operation.alignCorners,
      halfPixelCenters: operation.halfPixelCenters)
    return [resized, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let loops: [DataType: staticgraph_resize_row_back] = [
      .float32: staticgraph_resize_row_back_float32, .float64: staticgraph_resize_row_back_float64,
    ]
    let type = request.outputs[0].dataType
    guard let loop = loops[type] else { throw unsupported(type) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let (resized, sizes) = (request.inputSizes(0), request.outputSizes())
    let down = between(resized[1], among: sizes[1])
    let across = between(resized[2], among: sizes[2])
    let channels = sizes[3]
    let rowSize = sizes[2] * channels * type.byteCount
    let flowWidth = resized[2] * channels
    let work = ImageRows(
      images: sizes[0], rows: sizes[1],
      work: max(sizes[1] * sizes[2] * channels, resized[1] * flowWidth))
    return Kernel { context in
      let grads = context.input(0, as: Float.self)
      context.parallelFor(pieces: work.pieces) { piece in
        let (image, rows) = work[piece]
        let result = context.outputs[0] + image * sizes[1] * rowSize
        (result + rows.lowerBound * rowSize)
          .initializeMemory(as: UInt8.self, repeating: 0, count: rows.count * rowSize)
        across.withPlaces { places in
          for row in 0..<resized[1] {
            let flow = grads + (image * resized[1] + row) * flowWidth
            let (above, below, part) = (down.before[row], down.after[row], down.part[row])
            if rows.contains(Int(above)) {
              loop(places, channels, flow, 1 - part, result + Int(above) * rowSize)
            }
            if rows.contains(Int(below)) {
              loop(places, channels, flow, part, result + Int(below) * rowSize)
            }
          }
        }
      }
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: 12 * Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }

  public static var samples: [Sample] {
    resizingSamples(ResizeBilinearGrad.self) {
      [try! .sample($0.resized, seed: 2).converted(to: .float32), .sample($0.sizes)]
    } + [
      Sample(
        failing: "another number of channels", ResizeBilinearGrad(),
        [try! .sample([1, 2, 2, 3]).converted(to: .float32), .sample([1, 3, 3, 2])],
        message: "grads is Float32[1, 2, 2, 3], but original_image is Float64[1, 3, 3, 2]")
    ]
  }
}
