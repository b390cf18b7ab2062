import Tensors

/// Reads the pixels of image files.
public protocol ImageFileReading: Sendable {
  /// The pixels of an image file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - height: The rows that the image is to have; by default its own.
  ///   - width: The columns that the image is to have; by default its own.
  ///   - channels: 1 for grey, 3 for colours; by default as the file has it.
  /// - Returns: `UInt8[height, width, channels]`.
  /// - Throws: `TensorError` with the path and what is wrong.
  func pixels(of path: String, height: Int?, width: Int?, channels: Int?) throws -> Tensor
}

extension DataSet {
  /// The endings of names of image files, letters of either case.
  private static let imageEndings = [".png", ".jpg", ".jpeg"]
  private static let trainingNames = ["train", "training"]
  private static let testNames = ["test", "validation", "val", "valid"]

  /// The data set of a folder that has a folder of images for each class.
  ///
  /// The classes are numbered in the order of the bytes of their folders' names. Where the folder
  /// has folders `train` and `test` (or `validation`), these hold the folders of the classes; else
  /// each tenth image is for tests. Images are `.png` and `.jpg` files.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - reader: What reads an image file.
  ///   - height: The rows of each image; by default those of the first.
  ///   - width: The columns of each image; by default those of the first.
  ///   - channels: The channels of each image; by default those of the first.
  /// - Throws: `TensorError` with the path, what was expected and what was found.
  public init(
    imageFolder path: String, reader: some ImageFileReading, height: Int? = nil,
    width: Int? = nil, channels: Int? = nil
  ) throws {
    let names = try Self.folders(in: path)
    let training = names.first(where: Self.trainingNames.contains)
    let test = names.first(where: Self.testNames.contains)
    let root = training.map { "\(path)/\($0)" } ?? path
    let classes = try Self.folders(in: root)
    let files = try Self.files(of: classes, in: root)
    guard let first = files.first else {
      throw TensorError(
        "'\(root)': a folder of .png and .jpg files for each class was expected, found "
          + (classes.isEmpty ? "no folder" : "\(classes.count) folders without such files"))
    }
    let sizes = try reader.pixels(
      of: first.path, height: height, width: width, channels: channels
    ).dimensions
    guard sizes.count == 3 else {
      throw TensorError("'\(first.path)': an image has sizes of three kinds, found \(sizes)")
    }
    let examples = try Self.examples(files, reader, sizes)
    guard training != nil, let test else {
      try self.init(splitting: examples, name: path, classNames: classes)
      return
    }
    let testFiles = try Self.files(of: classes, in: "\(path)/\(test)")
    self.init(
      name: path, training: examples, test: try Self.examples(testFiles, reader, sizes),
      classNames: classes)
  }

  private static func examples(
    _ files: [(path: String, label: Int32)], _ reader: some ImageFileReading, _ sizes: [Int]
  ) throws -> Examples {
    let pixels = try Tensor(uninitialized: .uint8, dimensions: [files.count] + sizes) { buffer in
      var rest = buffer[...]
      for file in files {
        let image = try reader.pixels(
          of: file.path, height: sizes[0], width: sizes[1], channels: sizes[2])
        guard image.dataType == .uint8, image.dimensions == sizes else {
          throw TensorError(
            "'\(file.path)': an image of sizes \(sizes) was expected, found \(image.type)")
        }
        image.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: rest).copyMemory(from: $0)
          rest = rest.dropFirst($0.count)
        }
      }
    }
    return try Examples(pixels: pixels, labels: Tensor(files.map(\.label)))
  }

  /// The image files of classes, class by class.
  private static func files(
    of classes: [String], in root: String
  ) throws -> [(path: String, label: Int32)] {
    var files: [(path: String, label: Int32)] = []
    for (label, name) in classes.enumerated() {
      let folder = "\(root)/\(name)"
      for file in try namesOfFiles(in: folder)
      where imageEndings.contains(where: file.lowercased().hasSuffix) {
        files.append(("\(folder)/\(file)", Int32(label)))
      }
    }
    return files
  }

  /// The names of the folders in a folder, in the order of their bytes.
  private static func folders(in path: String) throws -> [String] {
    try namesOfFiles(in: path).filter { isFolder("\(path)/\($0)") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
