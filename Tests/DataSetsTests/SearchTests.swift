import Foundation
import Tensors
import Testing

@testable import DataSets

@Suite("Data sets by name")
struct SearchTests {
  private func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  private func writeMNIST(in folder: String, count: Int, suffix: String = ".gz") throws {
    try makeFolder(folder)
    let files = [
      "train-images-idx3-ubyte": mnistImages(count: count),
      "train-labels-idx1-ubyte": mnistLabels(count: count),
      "t10k-images-idx3-ubyte": mnistImages(count: 1),
      "t10k-labels-idx1-ubyte": mnistLabels(count: 1),
    ]
    for (name, bytes) in files {
      try write(suffix.isEmpty ? bytes : gzip(bytes), to: "\(folder)/\(name)\(suffix)")
    }
  }

  @Test("An unknown name brings the nearest")
  func unknown() {
    #expect(DataSet.names == ["mnist", "fashion-mnist", "cifar10"])
    #expect(
      message { try DataSet.named("cifar-10") }
        == "there is no data set 'cifar-10'; did you mean 'cifar10'? "
        + "Known are mnist, fashion-mnist, cifar10")
    #expect(message { try DataSet.named("MNSIT") }.contains("did you mean 'mnist'?"))
    #expect(message { try DataSet.named("fashion_mnist") }.contains("'fashion-mnist'?"))
    #expect(!message { try DataSet.named("") }.contains("did you mean"))
  }

  @Test("The places, in order")
  func places() {
    let variables = ["STATICGRAPH_DATA": "/data", "HOME": "/home/me"]
    func labels(_ kind: DataSetKind, _ variables: [String: String]) -> [String] {
      kind.places { variables[$0] }.map(\.label)
    }
    #expect(
      labels(.mnist, variables) == [
        "/data/mnist", "../shared/data/mnist", "/home/me/.keras/datasets/mnist",
        "/home/me/.keras/datasets/mnist.npz",
      ])
    #expect(
      labels(.fashionMNIST, variables) == [
        "/data/fashion-mnist", "../shared/data/fashion-mnist",
        "/usr/share/datasets/fashion-mnist", "/home/me/.keras/datasets/fashion-mnist",
      ])
    #expect(
      labels(.cifar10, [:]) == ["$STATICGRAPH_DATA/cifar10", "../shared/data/cifar10"])
  }

  @Test("The first place with files is taken, places without are passed")
  func order() throws {
    try withTemporaryFolder { folder in
      try makeFolder(folder + "/empty")
      try writeMNIST(in: folder + "/b", count: 2)
      try writeMNIST(in: folder + "/c", count: 3, suffix: "")
      func find(_ names: [String]) throws -> Int {
        try DataSetKind.mnist.find(in: names.map { DataSetPlace(.folder("\(folder)/\($0)")) })
          .training.count
      }
      #expect(try find(["none", "empty", "b", "c"]) == 2)
      #expect(try find(["c", "b"]) == 3)
      let text = message { try find(["none", "empty"]) }
      #expect(text.contains("no data set 'mnist' was found"))
      #expect(text.contains("\(folder)/none: No such file or directory"))
      #expect(text.contains("\(folder)/empty: none of the files is there"))
      #expect(text.contains("train-images-idx3-ubyte.gz"))
      #expect(text.contains("set STATICGRAPH_DATA"))
    }
  }

  @Test("A folder that lacks a file is an error with the file's name")
  func incomplete() throws {
    try withTemporaryFolder { folder in
      try writeMNIST(in: folder, count: 2)
      try FileManager.default.removeItem(atPath: folder + "/t10k-labels-idx1-ubyte.gz")
      #expect(
        message { try DataSet.named("fashion-mnist", in: folder) }
          == "'\(folder)' lacks t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz")
      #expect(
        message { try DataSet.named("cifar10", in: folder) }
          .contains("\(folder): none of the files is there"))
      try write(cifarRecord(label: 1), to: folder + "/data_batch_1.bin")
      #expect(
        message { try DataSet.named("cifar10", in: folder) } == "'\(folder)' lacks test_batch.bin")
    }
  }

  @Test("CIFAR's training part is every batch in order, less the mean of all")
  func cifar() throws {
    try withTemporaryFolder { folder in
      for (number, label) in [(10, UInt8(3)), (2, 2), (1, 1)] {
        try write(
          cifarRecord(label: label, first: Int(label)), to: "\(folder)/data_batch_\(number).bin")
      }
      try write(cifarRecord(label: 7, first: 50), to: folder + "/test_batch.bin")
      try write([1], to: folder + "/batches.meta.txt")
      let data = try DataSet.named("cifar10", in: folder)
      #expect(data.name == "cifar10")
      #expect(data.training.labels == Tensor([1, 2, 3] as [Int32]))
      #expect(data.test.count == 1)
      // The first pixel: red is 1, 2 and 3 in training and 50 in the test.
      let mean = try #require(data.training.subtractedMean).elements(as: Float.self)
      #expect(mean[0] == 2.0 / 255)
      let batch = try #require(Array(data.test.batches(size: 1)).first)
      #expect(try batch.images.elements(as: Float.self)[0] == 50.0 / 255 - mean[0])
      #expect(try batch.images.elements(as: Float.self)[5] == 53.0 / 255 - mean[5])
    }
  }

  @Test("The archive that Keras keeps is read")
  func kerasArchive() throws {
    try withTemporaryFolder { folder in
      var archive = TensorArchive()
      for (name, count) in [("train", 3), ("test", 2)] {
        try archive.append(Tensor(idx: mnistImages(count: count)), named: "x_\(name)")
        try archive.append(Tensor(idx: mnistLabels(count: count)), named: "y_\(name)")
      }
      let path = folder + "/mnist.npz"
      let places = [DataSetPlace(.kerasArchive(path))]
      #expect(message { try DataSetKind.mnist.find(in: places) }.contains("\(path): no such file"))
      try archive.writeNPZ(to: path, compressed: true)
      let data = try DataSetKind.mnist.find(in: places)
      #expect(data.training.count == 3)
      #expect(data.test.imageSizes == [28, 28, 1])
      try TensorArchive(["x_train": [1]]).writeNPZ(to: path)
      #expect(
        message { try DataSetKind.mnist.find(in: places) }
          .contains("'x_train' and 'y_train' were expected, found [\"x_train\"]"))
    }
  }
}
