import GraphIR
import Tensors

/// Whether filters go over all channels, or each over one.
enum ConvolutionKind: Sendable {
  /// Filters are [height, width, channels, filters]; where images have several times as many
  /// channels, these are groups with filters of their own.
  case full
  /// Filters are [height, width, channels, filters of each channel].
  case depthwise
}

extension ConvolutionWindows {
  /// The channels of the result for images of so many channels.
  ///
  /// - Parameter names: What the images and the filters are, for messages.
  func resultChannels(
    _ kind: ConvolutionKind, of channels: Int?, filters: Shape, _ names: (String, String)
  ) throws -> Int? {
    let (inner, outer) = (filters[2], filters[3])
    switch kind {
    case .depthwise:
      if let channels, let inner, channels != inner {
        throw ShapeError(
          "\(names.0) has \(channels) channels, but \(names.1) has filters for \(inner)")
      }
      guard let count = channels ?? inner, let outer else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: outer)
      if overflow { throw ShapeError("\(names.1) makes more channels than can be counted") }
      return product
    case .full:
      guard let channels, let inner else { return outer }
      guard inner > 0 ? channels % inner == 0 : channels == 0 else {
        throw ShapeError(
          "\(names.0) has \(channels) channels, which is no multiple of the \(inner) that"
            + " \(names.1) has")
      }
      let groups = inner == 0 ? 1 : max(1, channels / inner)
      if let outer, outer % groups != 0 {
        throw ShapeError(
          "\(names.0) has \(groups) groups of channels, which cannot share the \(outer) filters of"
            + " \(names.1)")
      }
      return outer
    }
  }

  /// The shape rule of a convolution of images, input 0, with filters, input 1.
  func outputShape(_ request: ShapeRequest, _ kind: ConvolutionKind) throws -> Shape {
    try check()
    try request.require(rank: 4, of: 0, named: "input")
    try request.require(rank: 4, of: 1, named: "filter")
    let (images, filters) = (request.shape(0), request.shape(1))
    let channels = try resultChannels(
      kind, of: images[axes.channels], filters: filters,
      ("input \(request.inputs[0])", "filter \(request.inputs[1])"))
    return try resultShape(images: images, filters: filters, channels: channels)
  }

  /// The shape rule of what flows back into images, whose sizes are input 0, from the results,
  /// input 2, by filters, input 1.
  func imageShape(_ request: ShapeRequest, _ kind: ConvolutionKind) throws -> Shape {
    try check()
    try request.require(rank: 1, of: 0, named: "input_sizes")
    try request.require(rank: 4, of: 1, named: "filter")
    try request.require(rank: 4, of: 2, named: "out_backprop")
    let (filters, results) = (request.shape(1), request.shape(2))
    var images = try statedShape(request, 0, named: "input_sizes")
    let batch = results[axes.batch]
    // Height and width alone are enough where filters go over all channels.
    if kind == .full, images.rank == 2 {
      images = shape(batch: batch, height: images[0], width: images[1], channels: filters[2])
    }
    guard images.rank ?? 4 == 4 else {
      throw ShapeError("input_sizes must hold 4 sizes, but it holds \(images)")
    }
    let channels = try resultChannels(
      kind, of: images[axes.channels], filters: filters,
      ("an input of shape \(images)", "filter \(request.inputs[1])"))
    let expected = try resultShape(images: images, filters: filters, channels: channels)
    guard expected.isCompatible(with: results) else {
      throw ShapeError(
        "out_backprop is \(request.inputs[2]), but an input of shape \(images) gives \(expected)")
    }
    return shape(
      batch: images[axes.batch] ?? batch, height: images[axes.height], width: images[axes.width],
      channels: images[axes.channels] ?? (kind == .depthwise ? filters[2] : nil))
  }

  /// The shape rule of what flows back into filters, whose sizes are input 1, from the results,
  /// input 2, by images, input 0.
  func filterShape(_ request: ShapeRequest, _ kind: ConvolutionKind) throws -> Shape {
    try check()
    try request.require(rank: 4, of: 0, named: "input")
    try request.require(rank: 1, of: 1, named: "filter_sizes")
    try request.require(rank: 4, of: 2, named: "out_backprop")
    let (images, results) = (request.shape(0), request.shape(2))
    let filters = try statedShape(request, 1, named: "filter_sizes")
    guard filters.rank ?? 4 == 4 else {
      throw ShapeError("filter_sizes must hold 4 sizes, but it holds \(filters)")
    }
    let channels = try resultChannels(
      kind, of: images[axes.channels], filters: filters,
      ("input \(request.inputs[0])", "a filter of shape \(filters)"))
    let expected = try resultShape(images: images, filters: filters, channels: channels)
    guard expected.isCompatible(with: results) else {
      throw ShapeError(
        "out_backprop is \(request.inputs[2]), but input and a filter of shape \(filters) give"
          + " \(expected)")
    }
    let outer = kind == .full ? results[axes.channels] : nil
    return Shape(dimensions: [filters[0], filters[1], filters[2], filters[3] ?? outer])
  }

  /// The work of a convolution, or of one of its gradients: each takes as much.
  func cost(
    _ request: KernelRequest, _ kind: ConvolutionKind, filters: [Int], results: [Int]
  ) -> Cost {
    let window = filters.prefix(2).reduce(1.0) { $0 * Double($1) }
    let inner = kind == .full ? Double(filters[2]) : 1
    return Cost(
      operations: 2 * window * inner * results.reduce(1.0) { $0 * Double($1) },
      bytesMoved: Cost.moving(request))
  }
}
