import Tensors

/// The names under which arrays of examples are looked for, in this order; letters of either case.
private let arrayNames: [(images: String, labels: String, testImages: String, testLabels: String)] =
  [
    ("x_train", "y_train", "x_test", "y_test"),
    ("train_images", "train_labels", "test_images", "test_labels"),
    ("images", "labels", "test_images", "test_labels"),
    ("x", "y", "x_test", "y_test"),
  ]

extension DataSet {
  /// The data set of a `.npz` file, with arrays of examples and of labels.
  ///
  /// They are called `x_train` and `y_train`, `train_images` and `train_labels`, `images` and
  /// `labels`, or `x` and `y`. Those for tests are called `x_test` and `y_test`, or `test_images`
  /// and `test_labels`; where they are missing, each tenth example is for tests. `UInt8` arrays are
  /// pixels, which batches hold divided by 255; other numbers are taken as they are.
  ///
  /// Pixels of a file without compression, as `numpy.savez` writes it, are read from it when they
  /// are used, so that they may be larger than memory; it must not be changed meanwhile. `Float32`
  /// arrays are read so where they happen to stand at a multiple of four bytes; a folder of `.npy`
  /// files has them so always.
  ///
  /// - Throws: `TensorError` with the path, what was expected and what was found.
  public init(npzFile path: String, limit: Int = 1 << 34) throws {
    let archive = try TensorArchive(mappingNPZFile: path, limit: limit)
    try self.init(arraysOf: path, names: archive.names) { archive[$0]! }
  }

  /// The data set of a folder with `.npy` files, called as the arrays of `init(npzFile:limit:)`.
  ///
  /// Arrays of the types that batches need, `UInt8` and `Float32`, are read from their files when
  /// they are used, so that they may be larger than memory. The files must not be changed meanwhile.
  ///
  /// - Throws: `TensorError` as `init(npzFile:limit:)`.
  public init(npyFolder path: String) throws {
    let files = try namesOfFiles(in: path).filter { $0.hasSuffix(".npy") }
    try self.init(arraysOf: path, names: files.map { String($0.dropLast(4)) }) {
      try Tensor(mappingNPYFile: "\(path)/\($0).npy")
    }
  }

  private init(
    arraysOf path: String, names: [String], array: (String) throws -> Tensor
  ) throws {
    func find(_ name: String) -> String? { names.first { $0.lowercased() == name } }
    for wanted in arrayNames {
      guard let images = find(wanted.images), let labels = find(wanted.labels) else { continue }
      let training = try Self.examples(path, images, labels, array)
      if let testImages = find(wanted.testImages), let testLabels = find(wanted.testLabels) {
        let test = try Self.examples(path, testImages, testLabels, array)
        guard test.imageSizes == training.imageSizes else {
          throw TensorError(
            "'\(path)': examples of '\(images)' are of sizes \(training.imageSizes), but those of"
              + " '\(testImages)' of \(test.imageSizes)")
        }
        self.init(name: path, training: training, test: test)
      } else {
        try self.init(splitting: training, name: path)
      }
      return
    }
    let found = names.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
    throw TensorError(
      "'\(path)': arrays 'x_train' and 'y_train', 'train_images' and 'train_labels', 'images' and"
        + " 'labels', or 'x' and 'y' were expected, found \(found.isEmpty ? "none" : found)")
  }

  private static func examples(
    _ path: String, _ imagesName: String, _ labelsName: String, _ array: (String) throws -> Tensor
  ) throws -> Examples {
    let images = try array(imagesName)
    var labels = try array(labelsName)
    do {
      if labels.rank == 2, labels.dimensions[1] == 1 {
        labels = try labels.reshaped(to: [labels.dimensions[0]])
      }
      return images.dataType == .uint8
        ? try Examples(pixels: images, labels: labels)
        : try Examples(numbers: images, labels: labels)
    } catch let error as TensorError {
      throw TensorError("'\(path)': '\(imagesName)' and '\(labelsName)': \(error)")
    }
  }
}

/// The names of what a folder holds, without hidden ones.
///
/// - Throws: `TensorError` with the path and the system's reason.
func namesOfFiles(in path: String) throws -> [String] {
  do {
    return try fileNames(inFolder: path).filter { !$0.hasPrefix(".") }
  } catch let error as TensorError {
    throw TensorError("cannot read '\(path)': \(error)")
  }
}
