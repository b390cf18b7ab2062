import Tensors

extension DataSet {
  /// The data set that a name or a path means.
  ///
  /// - One of `names`: as `named(_:)`.
  /// - A `.npz` file: as `init(npzFile:limit:)`.
  /// - A `.csv` file: as `init(csvFile:test:label:limit:)`.
  /// - A folder with `train.csv`, and maybe `test.csv`.
  /// - A folder with `.npy` files: as `init(npyFolder:)`.
  /// - A folder of folders with images: as `init(imageFolder:reader:height:width:channels:)`.
  ///
  /// - Parameters:
  ///   - place: The name or the path.
  ///   - label: The column of a CSV file with the labels, by name or number.
  ///   - imageReader: What reads image files; without it, folders of images are refused.
  ///   - imageSizes: Height, width and channels that images are to have.
  /// - Throws: `TensorError` for what is none of these, and as the initialisers.
  public static func at(
    _ place: String, label: String? = nil, imageReader: (any ImageFileReading)? = nil,
    imageSizes: (height: Int?, width: Int?, channels: Int?) = (nil, nil, nil)
  ) throws -> DataSet {
    if names.contains(place) { return try named(place) }
    if isFolder(place) {
      let files = try namesOfFiles(in: place)
      if files.contains("train.csv") {
        return try DataSet(
          csvFile: "\(place)/train.csv",
          test: files.contains("test.csv") ? "\(place)/test.csv" : nil, label: label)
      }
      if files.contains(where: { $0.hasSuffix(".npy") }) { return try DataSet(npyFolder: place) }
      guard let imageReader else {
        throw TensorError(
          "'\(place)': the folder has neither train.csv nor .npy files, and nothing that reads"
            + " image files was given")
      }
      return try DataSet(
        imageFolder: place, reader: imageReader, height: imageSizes.height,
        width: imageSizes.width, channels: imageSizes.channels)
    }
    if place.hasSuffix(".npz") { return try DataSet(npzFile: place) }
    if place.hasSuffix(".csv") { return try DataSet(csvFile: place, label: label) }
    if place.utf8.contains(UInt8(ascii: "/")) || place.hasSuffix(".npy") {
      throw TensorError(
        "'\(place)' is no data set: a .npz or .csv file, a folder of .npy files or of images by"
          + " class, or a name was expected; known are \(names.joined(separator: ", "))")
    }
    return try named(place)
  }
}
