import Tensors

/// Labelled images or numbers to train on and, apart from them, to test with.
///
/// ```swift
/// let data = try DataSet.named("mnist")
/// let batches = try data.training.prefix(1000).batches(size: 50, shuffleSeed: 1, epoch: 3)
/// for batch in batches {
///   // batch.images is Float32[50, 28, 28, 1], batch.labels is Int32[50]
/// }
/// ```
public struct DataSet: Sendable {
  /// What the data set is called.
  public let name: String
  /// What to train on.
  public let training: Examples
  /// What to test with.
  public let test: Examples
  /// What the labels stand for, in their order, where the data say so.
  public let classNames: [String]

  /// A data set of the given parts.
  public init(name: String, training: Examples, test: Examples, classNames: [String] = []) {
    self.classNames = classNames
    self.name = name
    self.training = training
    self.test = test
  }

  /// The names that data sets are found by.
  public static var names: [String] { DataSetKind.allCases.map(\.rawValue) }

  /// The data set of that name, wherever this machine has it.
  ///
  /// - `mnist`, `fashion-mnist`: images `[n, 28, 28, 1]`, pixels divided by 255.
  /// - `cifar10`: images `[n, 32, 32, 3]`, pixels divided by 255, minus the mean image of the
  ///   whole training part. That part is every `data_batch_*.bin` there is, in order; the test
  ///   part is `test_batch.bin`.
  ///
  /// Looked for, in this order, in `$STATICGRAPH_DATA/NAME`, `../shared/data/NAME`, the folder of
  /// Debian's package `dataset-fashion-mnist`, and `~/.keras/datasets`: there in a folder `NAME`,
  /// or in Keras' own `mnist.npz`. Files may be gzip or not.
  ///
  /// - Throws: `TensorError` for an unknown name, with the nearest; when no place has the data
  ///   set, with the places and how to put files there; when files of it are missing, damaged or
  ///   do not fit together, with the file.
  public static func named(_ name: String) throws -> DataSet {
    let kind = try DataSetKind(name: name)
    return try kind.find(in: kind.places(environment: environmentVariable))
  }

  /// The data set of that name, from the files of one folder.
  ///
  /// - Throws: `TensorError` as `named(_:)`.
  public static func named(_ name: String, in folder: String) throws -> DataSet {
    let kind = try DataSetKind(name: name)
    return try kind.find(in: [DataSetPlace(.folder(folder))])
  }
}
