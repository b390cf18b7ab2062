import Tensors

/// The greatest label of MNIST and of the data sets made after its model.
private let greatestLabel: UInt8 = 9
/// The sizes of each image.
private let mnistImageSizes = [28, 28]

extension Examples {
  /// The examples of two IDX files as MNIST has them: images of 28×28 bytes, and labels.
  ///
  /// The images are `[n, 28, 28, 1]`. Those of a file that is not compressed are read from it when
  /// they are used, so that it must not be changed meanwhile.
  ///
  /// - Throws: `TensorError` with the path, the place, what was expected and what was found, when
  ///   a file cannot be read or is damaged, the arrays are of another kind, their counts differ,
  ///   or a label is beyond 9.
  public init(mnistImages imagesPath: String, labels labelsPath: String) throws {
    try self.init(
      images: mappedIDX(imagesPath) ?? Tensor(idxFile: imagesPath), from: "'\(imagesPath)'",
      labels: Tensor(idxFile: labelsPath), from: "'\(labelsPath)'",
      labelsOffset: idxHeaderSize(rank: 1))
  }

  /// The training and the test part of the archive that Keras keeps, `mnist.npz`.
  ///
  /// - Throws: `TensorError` as the initialiser that takes IDX files.
  static func keras(mnistArchive path: String) throws -> (training: Examples, test: Examples) {
    let archive = try TensorArchive(mappingNPZFile: path, limit: 1 << 32)
    func part(_ name: String) throws -> Examples {
      guard let images = archive["x_\(name)"], let labels = archive["y_\(name)"] else {
        throw TensorError(
          "'\(path)': the arrays 'x_\(name)' and 'y_\(name)' were expected, found "
            + "\(archive.names)")
      }
      return try Examples(
        images: images, from: "'\(path)': 'x_\(name)'", labels: labels,
        from: "'\(path)': 'y_\(name)'", labelsOffset: nil)
    }
    return (try part("train"), try part("test"))
  }

  private init(
    images: Tensor, from imagesName: String, labels: Tensor, from labelsName: String,
    labelsOffset: Int?
  ) throws {
    guard images.dataType == .uint8, images.rank == 3,
      Array(images.dimensions.dropFirst()) == mnistImageSizes
    else {
      throw TensorError(
        "\(imagesName): images of type UInt8[?, 28, 28] were expected, found \(images.type)")
    }
    guard labels.dataType == .uint8, labels.rank == 1 else {
      throw TensorError(
        "\(labelsName): labels of type UInt8[?] were expected, found \(labels.type)")
    }
    let count = images.dimensions[0]
    guard count == labels.dimensions[0], count > 0 else {
      throw TensorError(
        "as many images as labels, and at least one, were expected; \(imagesName) holds \(count) "
          + "images, \(labelsName) holds \(labels.dimensions[0]) labels")
    }
    let elements = try labels.elements(as: UInt8.self)
    if let index = elements.firstIndex(where: { $0 > greatestLabel }) {
      let place = labelsOffset.map { "byte \($0 + index) (label \(index))" } ?? "index \(index)"
      throw TensorError(
        "\(labelsName): a label of 0 through \(greatestLabel) was expected at \(place), found "
          + "\(elements[index])")
    }
    try self.init(
      pixels: images.reshaped(to: [count] + mnistImageSizes + [1]), labels: labels)
  }
}
