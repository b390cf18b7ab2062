/// Where a data set may be.
struct DataSetPlace {
  enum Location: Equatable {
    /// A folder that holds the files.
    case folder(String)
    /// The archive of MNIST that Keras keeps.
    case kerasArchive(String)
    /// A place that cannot be told, and why.
    case unknown(String)
  }

  var location: Location
  /// What messages call it.
  var label: String

  init(_ location: Location, label: String? = nil) {
    self.location = location
    switch location {
    case .folder(let path), .kerasArchive(let path): self.label = label ?? path
    case .unknown: self.label = label ?? "?"
    }
  }
}

extension DataSetKind {
  /// Where the data set is looked for, in this order.
  ///
  /// - Parameter environment: Gives the value of an environment variable.
  func places(environment: (String) -> String?) -> [DataSetPlace] {
    var places: [DataSetPlace] = []
    if let folder = environment("STATICGRAPH_DATA") {
      places.append(DataSetPlace(.folder("\(folder)/\(rawValue)")))
    } else {
      places.append(
        DataSetPlace(.unknown("the variable is not set"), label: "$STATICGRAPH_DATA/\(rawValue)"))
    }
    places.append(DataSetPlace(.folder("../shared/data/\(rawValue)")))
    if self == .fashionMNIST {
      places.append(DataSetPlace(.folder("/usr/share/datasets/fashion-mnist")))
    }
    if let home = environment("HOME") {
      places.append(DataSetPlace(.folder("\(home)/.keras/datasets/\(rawValue)")))
      if self == .mnist {
        places.append(DataSetPlace(.kerasArchive("\(home)/.keras/datasets/mnist.npz")))
      }
    }
    return places
  }

  /// How to put files where they are found.
  var instructions: String {
    let files =
      switch self {
      case .mnist, .fashionMNIST:
        "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz and "
          + "t10k-labels-idx1-ubyte.gz, unpacked or not,"
      case .cifar10:
        "data_batch_1.bin through data_batch_5.bin and test_batch.bin"
      }
    let source =
      switch self {
      case .mnist:
        "They are at https://storage.googleapis.com/cvdf-datasets/mnist/"
      case .fashionMNIST:
        "Debian brings them: apt-get install dataset-fashion-mnist"
      case .cifar10:
        "They are in https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
      }
    return
      "Tools/get-data \(rawValue), in the folder of StaticGraph, fetches them. Or put \(files) "
      + "into a folder '\(rawValue)' and set STATICGRAPH_DATA to the folder that holds it. \(source)"
  }
}
