import Tensors

/// A data set that is known by name: what its files are called, and how they are read.
enum DataSetKind: String, CaseIterable {
  case mnist
  case fashionMNIST = "fashion-mnist"
  case cifar10

  /// - Throws: `TensorError` for an unknown name, with the nearest.
  init(name: String) throws {
    guard let kind = Self(rawValue: name) else {
      let known = Self.allCases.map(\.rawValue)
      let nearest = nearestName(to: name, among: known)
      throw TensorError(
        "there is no data set '\(name)'; " + (nearest.map { "did you mean '\($0)'? " } ?? "")
          + "Known are \(known.joined(separator: ", "))")
    }
    self = kind
  }

  /// The data set from the first place that has any of its files.
  ///
  /// - Throws: `TensorError` with all places when none has, or with what is wrong in the first
  ///   that has.
  func find(in places: [DataSetPlace]) throws -> DataSet {
    var misses: [String] = []
    for place in places {
      switch place.location {
      case .unknown(let reason):
        misses.append("\(place.label): \(reason)")
      case .kerasArchive(let path):
        do {
          _ = try fileSize(path)
        } catch {
          misses.append("\(place.label): no such file")
          continue
        }
        let (training, test) = try Examples.keras(mnistArchive: path)
        return DataSet(name: rawValue, training: training, test: test)
      case .folder(let folder):
        let names: [String]
        do {
          names = try fileNames(inFolder: folder)
        } catch let error as TensorError {
          misses.append("\(place.label): \(error)")
          continue
        }
        if let dataSet = try read(names, in: folder) { return dataSet }
        misses.append("\(place.label): none of the files is there")
      }
    }
    throw TensorError(
      "no data set '\(rawValue)' was found. Looked for in:\n"
        + misses.map { "  \($0)\n" }.joined() + instructions)
  }

  /// The data set of a folder with these files, or `nil` when none of them belongs to it.
  private func read(_ names: [String], in folder: String) throws -> DataSet? {
    switch self {
    case .mnist, .fashionMNIST: try readMNIST(names, in: folder)
    case .cifar10: try readCIFAR10(names, in: folder)
    }
  }

  private func readMNIST(_ names: [String], in folder: String) throws -> DataSet? {
    let wanted = ["train-images", "train-labels", "t10k-images", "t10k-labels"]
    let paths = wanted.map { stem -> String? in
      let rank = stem.hasSuffix("images") ? 3 : 1
      // Some programs that unpack the files write a dot for the last hyphen but one.
      let spellings = ["\(stem)-idx\(rank)-ubyte", "\(stem).idx\(rank)-ubyte"]
      let file = spellings.flatMap { [$0, $0 + ".gz"] }.first(where: names.contains)
      return file.map { "\(folder)/\($0)" }
    }
    if paths.allSatisfy({ $0 == nil }) { return nil }
    let found = try zip(wanted, paths).map { stem, path in
      guard let path else {
        let rank = stem.hasSuffix("images") ? 3 : 1
        throw TensorError(
          "'\(folder)' lacks \(stem)-idx\(rank)-ubyte or \(stem)-idx\(rank)-ubyte.gz")
      }
      return path
    }
    return DataSet(
      name: rawValue,
      training: try Examples(mnistImages: found[0], labels: found[1]),
      test: try Examples(mnistImages: found[2], labels: found[3]))
  }

  private func readCIFAR10(_ names: [String], in folder: String) throws -> DataSet? {
    let training = names.filter { $0.hasPrefix("data_batch_") && $0.hasSuffix(".bin") }
    let hasTest = names.contains("test_batch.bin")
    if training.isEmpty && !hasTest { return nil }
    guard !training.isEmpty else { throw TensorError("'\(folder)' lacks data_batch_*.bin") }
    guard hasTest else { throw TensorError("'\(folder)' lacks test_batch.bin") }
    let examples = try Examples(cifar10Files: training.map { "\(folder)/\($0)" })
    let mean = try examples.meanImage()
    return DataSet(
      name: rawValue,
      training: try examples.subtracting(mean),
      test: try Examples(cifar10Files: ["\(folder)/test_batch.bin"]).subtracting(mean))
  }
}
