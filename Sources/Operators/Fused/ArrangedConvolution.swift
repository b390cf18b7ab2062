import CKernels
import GraphIR
import Tensors

/// A convolution of known sizes whose filters are arranged by one operator and used by another, so
/// that filters which do not change are arranged once.
package struct ArrangedConvolution: Hashable, Sendable {
  /// Where the windows lie.
  package var windows: ConvolutionWindows
  /// The sizes of the images and of the filters.
  package var images: [Int]
  package var filters: [Int]
  /// Whether it gives what flows back into the images.
  package var isTurned: Bool
  /// Whether windows of 3 × 3 pixels may be computed by a Winograd transform.
  package var usesWinograd: Bool

  /// A convolution, or what flows back into its images; `nil` where filters are used as they are.
  package init?(
    _ windows: ConvolutionWindows, images: [Int], filters: [Int], type: DataType, isTurned: Bool,
    usesWinograd: Bool
  ) {
    guard type == .float32, windows.dataFormat == .nhwc, images.count == 4, filters.count == 4
    else { return nil }
    self.windows = windows
    self.images = images
    self.filters = filters
    self.isTurned = isTurned
    self.usesWinograd = usesWinograd
    guard (try? blocked()) != nil else { return nil }
  }

  init() {
    windows = ConvolutionWindows()
    (images, filters) = ([], [])
    (isTurned, usesWinograd) = (false, false)
  }

  /// How it is computed.
  ///
  /// - Throws: `GraphError` for sizes that it is not made for.
  func blocked() throws -> BlockedConvolution {
    guard images.count == 4, filters.count == 4,
      let blocked = BlockedConvolution(
        try Convolution(windows, images: images, filters: filters, type: .float32),
        isTurned: isTurned, usesWinograd: usesWinograd)
    else {
      throw GraphError("a convolution of images \(images) takes filters \(filters) as they are")
    }
    return blocked
  }

  /// The multiplications and additions of the windows.
  var operations: Double {
    guard let blocked = try? blocked() else { return 0 }
    return 2 * Double(blocked.windowCount) * Double(blocked.patch) * Double(blocked.filters)
  }

  /// The shape of what is convolved, and of the result.
  func shapes() throws -> (input: Shape, result: Shape) {
    let blocked = try blocked()
    let w = blocked.windows
    return (
      [blocked.batch, w.height, w.width, w.channels],
      [blocked.batch, w.rows, w.columns, blocked.filters]
    )
  }
}

/// Filters as a convolution reads them fastest.
package struct ArrangedFilters: PlannedOperator {
  package static let name = "_ArrangedFilters"
  package static let summary = "Filters as a convolution reads them fastest."
  package static let signature = Signature(
    inputs: [.init("filter", .fixed(.float32))], outputs: [.init("arranged", .fixed(.float32))])

  /// The convolution that reads them.
  package var convolution = ArrangedConvolution()

  package init() {}

  /// The arrangement for a convolution.
  package init(_ convolution: ArrangedConvolution) {
    self.convolution = convolution
  }

  package func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard request.shape(0) == Shape(convolution.filters) else {
      throw ShapeError("filter is \(request.inputs[0]), not of sizes \(convolution.filters)")
    }
    return [[try convolution.blocked().arrangedCount]]
  }

  package func kernel(_ request: KernelRequest) throws -> Kernel {
    let blocked = try convolution.blocked()
    return Kernel { context in
      blocked.arrange(context.inputs[0], to: context.outputs[0], context)
    }
  }
}

/// A convolution, or what flows back into its images, from arranged filters; with a bias where
/// there is a third input, and an activation.
package struct FusedConvolution: CompositeOperator {
  package static let name = "_Convolution"
  package static let summary = "A convolution with arranged filters, a bias and an activation."

  /// What is computed.
  package var convolution = ArrangedConvolution()
  /// What each sum becomes in the end.
  package var activation = FusedActivation.none

  package init() {}

  /// A convolution.
  package init(_ convolution: ArrangedConvolution) {
    self.convolution = convolution
  }

  package func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard (2...3).contains(request.inputs.count) else {
      throw ShapeError("a convolution cannot have \(request.inputs.count) inputs")
    }
    let shapes = try convolution.shapes()
    guard request.shape(0) == shapes.input else {
      throw ShapeError("input is \(request.inputs[0]), not of the shape \(shapes.input)")
    }
    let count = try convolution.blocked().arrangedCount
    guard request.shape(1) == [count] else {
      throw ShapeError("arranged is \(request.inputs[1]) and should hold \(count) elements")
    }
    if request.inputs.count == 3, request.shape(2) != [shapes.result[3]] {
      throw ShapeError(
        "bias is \(request.inputs[2]), but the result has the shape \(shapes.result)")
    }
    return [shapes.result]
  }

  package func kernel(_ request: KernelRequest) throws -> Kernel {
    kernel(request, try convolution.blocked().work())
  }

  /// A kernel that does that work with these inputs.
  func kernel(_ request: KernelRequest, _ work: BlockedConvolution.Work) -> Kernel {
    let (hasBias, code) = (request.inputs.count > 2, activation.code)
    return Kernel(scratchByteCount: work.scratchByteCount) { context in
      let bias = hasBias ? context.input(2, as: Float.self) : nil
      work.run(
        context.inputs[0], context.inputs[1],
        staticgraph_completion(bias: bias, activation: code), context.scratch, context.outputs[0],
        context)
    }
  }

  package func cost(_ request: KernelRequest) -> Cost {
    var cost = Cost.elementwise(request)
    cost.operations += convolution.operations
    return cost
  }
}

/// What a sum becomes before it is stored.
package enum FusedActivation: Hashable, Sendable {
  case none
  case relu
  case relu6

  /// What the inner loops are told.
  var code: Int32 {
    switch self {
    case .none: Int32(staticgraph_activation_none)
    case .relu: Int32(staticgraph_activation_relu)
    case .relu6: Int32(staticgraph_activation_relu6)
    }
  }
}
