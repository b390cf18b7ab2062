import StaticGraph
import Tensors

extension TrainingOptions {
  /// The data that `--data` names, in the sizes that the graph's placeholder of images has; `nil`
  /// without that option.
  ///
  /// Numbers of other sizes, as the rows of a table, are taken in their order where there are as
  /// many.
  ///
  /// - Throws: `TensorError` when the data cannot be read.
  func dataSet(for graph: FrozenGraph) throws -> DataSet? {
    guard let place = data else { return nil }
    let images = graph.nodes.first { $0.name == "images" && $0.isFed }?.outputs.first
    let sizes = images?.shape.dimensions.map { Array($0.dropFirst()) } ?? []
    let areImages = sizes.count == 3
    let data = try DataSet.at(
      place, label: labelColumn, imageReader: ImageFileReader(),
      imageSizes: areImages ? (sizes[0], sizes[1], sizes[2]) : (nil, nil, nil))
    let known = sizes.compactMap { $0 }
    guard !known.isEmpty, known.count == sizes.count, known != data.training.imageSizes,
      Shape.elementCount(of: known) == Shape.elementCount(of: data.training.imageSizes)
    else { return data }
    return try data.reshaped(to: known)
  }
}

/// Reads the pictures of a folder of images by class.
private struct ImageFileReader: ImageFileReading {
  func pixels(of path: String, height: Int?, width: Int?, channels: Int?) throws -> Tensor {
    var image = try Image(contentsOf: path)
    do {
      if let channels { image = try image.withChannels(channels) }
      let sides = (width: width ?? image.width, height: height ?? image.height)
      if sides != (image.width, image.height) {
        image = try image.resized(width: sides.width, height: sides.height)
      }
    } catch let error as TensorError {
      throw TensorError("'\(path)': \(error)")
    }
    return try Tensor(image.pixels, dimensions: [image.height, image.width, image.channels])
  }
}
