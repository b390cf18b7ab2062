import StaticGraph
import Testing

@testable import Operators

/// Convolutions and their gradients against sums over all elements of all windows.
@Suite struct ConvolutionTests {
  /// A convolution to try.
  struct Case: CustomStringConvertible, Sendable {
    var windows: ConvolutionWindows
    var kind: ConvolutionKind
    var images: [Int]
    var filters: [Int]
    var results: [Int]

    var description: String {
      "\(kind) convolution of \(images) by \(filters), strides \(windows.strides),"
        + " dilations \(windows.dilations), \(windows.padding) \(windows.explicitPaddings),"
        + " \(windows.dataFormat)"
    }

    /// - Parameter shape: Batch, height, width and channels of the images.
    init?(
      _ kind: ConvolutionKind, _ shape: [Int], _ filters: [Int],
      strides: PerAxis = 1, padding: Padding = .same, explicitPaddings: [Int] = [],
      dilations: PerAxis = 1, format: DataFormat = .nhwc
    ) {
      self.kind = kind
      self.filters = filters
      windows = ConvolutionWindows(
        strides: strides, padding: padding, explicitPaddings: explicitPaddings,
        dilations: dilations, dataFormat: format)
      images = format == .nhwc ? shape : [shape[0], shape[3], shape[1], shape[2]]
      let inputs = [images, filters].map { TensorType(.float64, Shape($0)) }
      guard let shape = try? windows.outputShape(ShapeRequest(inputs: inputs), kind) else {
        return nil
      }
      results = shape.known!
    }

    /// Calls `body` with the positions of each element of an image, of a filter and of the result
    /// that belong together.
    func forEachProduct(_ body: (Int, Int, Int) -> Void) throws {
      let axes = windows.axes
      let height = try windows.windows(
        along: axes.height, size: images[axes.height], window: filters[0])
      let width = try windows.windows(
        along: axes.width, size: images[axes.width], window: filters[1])
      let (channels, made) = (images[axes.channels], results[axes.channels])
      func place(_ sizes: [Int], _ n: Int, _ y: Int, _ x: Int, _ c: Int) -> Int {
        windows.dataFormat == .nhwc
          ? ((n * sizes[1] + y) * sizes[2] + x) * sizes[3] + c
          : ((n * sizes[1] + c) * sizes[2] + y) * sizes[3] + x
      }
      let groups = kind == .full && filters[2] > 0 ? max(1, channels / filters[2]) : 1
      for n in 0..<(channels == 0 ? 0 : images[0]) {
        for y in 0..<height.count {
          for x in 0..<width.count {
            for i in height.inside(y) {
              for j in width.inside(x) {
                let row = y * height.stride - height.before + i * height.dilation
                let column = x * width.stride - width.before + j * width.dilation
                for o in 0..<made {
                  let inner =
                    kind == .depthwise
                    ? o / filters[3]..<o / filters[3] + 1 : 0..<filters[2]
                  for c in inner {
                    let channel =
                      kind == .depthwise ? c : o / (made / groups) * filters[2] + c
                    let filter = (i * filters[1] + j) * filters[2] + c
                    body(
                      place(images, n, row, column, channel),
                      kind == .depthwise
                        ? filter * filters[3] + o % filters[3]
                        : filter * filters[3] + o, place(results, n, y, x, o))
                  }
                }
              }
            }
          }
        }
      }
    }

    var operators: [any Operator] {
      kind == .full
        ? [Conv2D(windows), Conv2DBackpropInput(windows), Conv2DBackpropFilter(windows)]
        : [
          DepthwiseConv2dNative(windows), DepthwiseConv2dNativeBackpropInput(windows),
          DepthwiseConv2dNativeBackpropFilter(windows),
        ]
    }
  }

  /// What results, images and filters of a type should be, and what they are.
  private func check(_ tried: Case, _ type: DataType, tolerance: Double) throws {
    let (image, filter, result) = (
      Tensor.sample(tried.images), Tensor.sample(tried.filters, seed: 2),
      Tensor.sample(tried.results, seed: 3)
    )
    let images = try image.elements(as: Double.self)
    let filters = try filter.elements(as: Double.self)
    let results = try result.elements(as: Double.self)
    var expected = [results, images, filters].map { $0.map { _ in 0.0 } }
    try expected.withUnsafeMutableBufferPointer { sums in
      try tried.forEachProduct { image, filter, result in
        sums[0][result] += images[image] * filters[filter]
        sums[1][image] += filters[filter] * results[result]
        sums[2][filter] += images[image] * results[result]
      }
    }
    func sizes(_ list: [Int]) -> Tensor { Tensor(list.map { Int32($0) }) }
    let given = try [image, filter, result].map { try $0.converted(to: type) }
    let inputs = [
      [given[0], given[1]], [sizes(tried.images), given[1], given[2]],
      [given[0], sizes(tried.filters), given[2]],
    ]
    let shapes = [tried.results, tried.images, tried.filters]
    for (number, operation) in tried.operators.enumerated() {
      let outputs = [TensorType(type, Shape(shapes[number]))]
      let computed = try runKernel(operation, inputs[number], outputs: outputs)[0]
      let backward = try runKernel(
        operation, inputs[number], outputs: outputs, workers: BackwardWorkers())[0]
      #expect(computed == backward, "\(operation) depends on the order of the pieces")
      let numbers = try computed.converted(to: .float64).elements(as: Double.self)
      let scale = expected[number].reduce(1e-30) { max($0, abs($1)) }
      let error = zip(numbers, expected[number]).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(error <= tolerance * scale, "\(tried): operator \(number), \(type), \(error)")
    }
  }

  @Test(arguments: 0..<12)
  func randomSizesAgree(_ seed: UInt64) throws {
    var numbers = try Tensor.sample([400], in: 0...0.999_999, seed: seed + 77)
      .elements(as: Double.self)
    func below(_ count: Int) -> Int { Int(numbers.removeLast() * Double(count)) }
    var tried = 0
    while tried < 8, numbers.count > 40 {
      let kind: ConvolutionKind = below(3) == 0 ? .depthwise : .full
      let (inner, groups) = (1 + below(4), kind == .full && below(4) == 0 ? 2 : 1)
      let padding = Padding.allCases[below(3)]
      let images = [below(3), 1 + below(8), 1 + below(9), inner * groups]
      let filters = [1 + below(4), 1 + below(4), inner, groups * (1 + below(4))]
      let paddings = (0..<4).map { _ in below(4) }
      let steps = (0..<4).map { _ in 1 + below(3) }
      let one = Case(
        kind, images, filters, strides: [steps[0], steps[1]], padding: padding,
        explicitPaddings: padding == .explicit ? paddings : [],
        dilations: [steps[2], steps[3]], format: below(2) == 0 ? .nhwc : .nchw)
      guard let one else { continue }
      tried += 1
      try check(one, .float64, tolerance: 1e-13)
      try check(one, .float32, tolerance: 2e-6)
    }
    #expect(tried > 4)
  }

  static let large = [
    Case(.full, [2, 24, 23, 8], [5, 3, 8, 32]),
    Case(.full, [2, 24, 23, 8], [5, 3, 8, 32], format: .nchw),
    Case(.full, [1, 24, 46, 8], [5, 3, 8, 32], strides: [1, 2], format: .nhwc),
    Case(.full, [1, 50, 23, 8], [5, 3, 8, 32], strides: [2, 1], dilations: [3, 2]),
    Case(
      .full, [1, 48, 23, 8], [5, 3, 8, 32], strides: [2, 1], dilations: [1, 3], format: .nchw),
    // Directly: lines and blocks of filters are cut.
    Case(.full, [2, 26, 27, 3], [7, 5, 3, 32]),
    Case(.full, [1, 27, 26, 16], [3, 3, 16, 48]),
    Case(.full, [3, 17, 50, 2], [4, 3, 2, 16], strides: 2, padding: .valid),
    Case(
      .full, [1, 20, 25, 16], [3, 2, 16, 16], padding: .explicit,
      explicitPaddings: [5, 1, 0, 4], dilations: [2, 1]),
    // Tiles hold a row of each window.
    Case(.full, [1, 12, 12, 32], [5, 5, 32, 48], padding: .valid),
    Case(.full, [1, 12, 12, 32], [5, 5, 32, 48], padding: .valid, format: .nchw),
    Case(.full, [18, 5, 6, 16], [3, 3, 16, 34]),
    Case(.full, [3, 20, 20, 64], [1, 1, 64, 70]),
    Case(.full, [3, 20, 20, 64], [1, 1, 64, 70], format: .nchw),
    Case(.full, [2, 16, 17, 64], [3, 3, 16, 64]),
    Case(.depthwise, [2, 40, 41, 70], [3, 3, 70, 1]),
    Case(.depthwise, [2, 40, 41, 33], [3, 3, 33, 2], strides: 2, format: .nchw),
    // No window lies in the image.
    Case(.full, [1, 2, 2, 1], [3, 3, 1, 2], strides: 2, padding: .valid),
    Case(.full, [2, 4, 4, 0], [3, 3, 2, 4]),
  ].map { $0! }

  @Test(arguments: large)
  func manyPiecesAgree(_ tried: Case) throws {
    try check(tried, .float64, tolerance: 1e-13)
    try check(tried, .float32, tolerance: 1e-5)
  }

  @Test func listsOfAllLengthsAreTheSame() {
    let one = ConvolutionWindows(strides: 2, padding: .same, dilations: [1, 3])
    let four = ConvolutionWindows(strides: [1, 2, 2, 1], padding: .same, dilations: [1, 1, 3, 1])
    #expect(one == four)
    let second = ConvolutionWindows(
      strides: [2, 3], padding: .explicit, explicitPaddings: [1, 2, 3, 4], dataFormat: .nchw)
    #expect(second.strides == [1, 1, 2, 3])
    #expect(second.explicitPaddings == [0, 0, 0, 0, 1, 2, 3, 4])
  }

  @Test func sizesThatAreTooLargeAreErrors() throws {
    let graph = Graph()
    let images = graph.placeholder("images", type: TensorType(.float32, [1, 3, 3, 1]))
    let filters = graph.placeholder("filters", type: TensorType(.float32, .unknown(rank: 4)))
    let huge = conv2D(
      images, filters, padding: .explicit,
      explicitPaddings: [Int(Int32.max), Int(Int32.max), Int(Int32.max), Int(Int32.max)])
    let session = try Session(graph)
    let filter = Tensor.sample([1, 1, 1, 1])
    #expect(throws: (any Error).self) {
      try session.run(
        huge,
        feeding: [
          images: try Tensor.sample([1, 3, 3, 1]).converted(to: .float32),
          filters: try filter.converted(to: .float32),
        ])
    }
  }
}
