import ArgumentParser
import StaticGraph
import Tensors

extension GraphrunCommand {
  struct Filters: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draw the filters of a convolution.",
      discussion: """
          graphrun filters mnist_convnet.pb --checkpoint runs/mnist -o filters.png
          graphrun filters model.pb --checkpoint DIR --variable conv/weights -o conv.png

        The kernel of a convolution is [height, width, channels, features] (HWIO). Each feature \
        has a filter for each channel. With one channel, as of grey images, the features follow \
        each other row by row, numbered from 0; with three, each is one picture in colour; else \
        a row is a feature and a column is a channel. A weight is a square: white is the greatest \
        weight, black the least.

        Without --variable the first convolution of the graph is drawn.
        """)

    @Argument(help: ArgumentHelp("The graph.", valueName: "file"))
    var file: String

    @Option(
      help: ArgumentHelp(
        "The variables: the folder of --checkpoint, a bundle, safetensors or .npz.",
        valueName: "path"))
    var checkpoint: String

    @Option(help: ArgumentHelp("The kernel to draw.", valueName: "name"))
    var variable: String?

    @Option(name: [.short, .long], help: ArgumentHelp("The picture.", valueName: "file.png"))
    var output: String

    @Option(
      help: ArgumentHelp(
        "Whether shades are of each filter alone, or of all together: white and black are then the "
          + "greatest size of a weight, and grey is 0.", valueName: "each|together"))
    var scale = FilterScaling.each

    @Flag(help: "Draw three channels beside each other instead of in colour.")
    var grey = false

    @Flag(help: "Leave the numbers of features and channels out.")
    var plain = false

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "How many pixels wide a weight is. Default: as fits a screen.", valueName: "pixels"))
    var zoom: Int?

    @OptionGroup var parameters: ParameterOptions

    func validate() throws {
      guard output.hasSuffix(".png") else {
        throw ValidationError("--output takes the name of a .png file, not '\(output)'")
      }
      if let zoom, !(1...1000).contains(zoom) {
        throw ValidationError("--zoom takes a number from 1 to 1000, not \(zoom)")
      }
    }

    func run() throws {
      let graph = try GraphSource.read(file, definitions: try parameters.dictionary)
      let stored = try Checkpoint.open(checkpoint)
      let name = try variable ?? graph.firstKernel(in: file)
      let weights = try kernel(name, of: graph, stored)
      let image = try visualizeConvolutionWeights(
        weights, scaling: scale, inColor: !grey, labels: !plain, magnification: zoom)
      try image.writePNG(to: output)
      let sizes = weights.dimensions
      writeError(
        "\(name): \(sizes[3]) features of \(sizes[2]) \(sizes[2] == 1 ? "channel" : "channels"),"
          + " \(sizes[0])×\(sizes[1]) → \(output) (\(image.width)×\(image.height) pixels)")
    }

    private func kernel(
      _ name: String, of graph: FrozenGraph, _ stored: Checkpoint
    ) throws -> Tensor {
      let kernels = graph.kernelNames
      guard stored.entry(named: name) != nil else {
        var notes: [String] = []
        if let near = nearestName(to: name, among: kernels + stored.names) {
          notes.append("did you mean '\(near)'?")
        }
        if !kernels.isEmpty { notes.append("kernels of the graph: \(shortList(kernels))") }
        throw GraphError("'\(stored.path)' holds no variable '\(name)'", notes: notes)
      }
      let tensor = try stored.tensor(named: name)
      guard tensor.rank == 4 else {
        throw GraphError(
          "'\(name)' is \(tensor.type), but the kernel of a convolution has four dimensions",
          notes: kernels.isEmpty ? [] : ["kernels of the graph: \(shortList(kernels))"])
      }
      return tensor
    }
  }
}

extension FilterScaling: ExpressibleByArgument {}

/// The first few of a list.
func shortList(_ names: [String]) -> String {
  names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
}

extension FrozenGraph {
  /// The names of the variables that convolutions take as kernels, in the order of the graph.
  var kernelNames: [String] {
    var names: [String] = []
    for node in nodes where Self.convolutions.contains(node.operation.wireName) {
      guard node.inputs.count > 1, let name = variable(behind: node.inputs[1]),
        !names.contains(name)
      else { continue }
      names.append(name)
    }
    return names
  }

  /// The first of them.
  ///
  /// - Throws: `GraphError` when there is none.
  fileprivate func firstKernel(in file: String) throws -> String {
    guard let name = kernelNames.first else {
      throw GraphError(
        "'\(file)' has no convolution whose kernel is a variable",
        notes: ["name what to draw: --variable name"])
    }
    return name
  }

  private static let convolutions: Set<String> = ["Conv2D", "DepthwiseConv2dNative"]

  /// The variable that a value is read from, through operators that pass it on.
  private func variable(behind endpoint: Endpoint) -> String? {
    var endpoint = endpoint
    for _ in 0..<16 {
      let node = nodes[Int(endpoint.node)]
      if node.isVariable { return node.variableName }
      guard ["Identity", "ReadVariableOp"].contains(node.operation.wireName),
        let input = node.inputs.first
      else { return nil }
      endpoint = input
    }
    return nil
  }
}
