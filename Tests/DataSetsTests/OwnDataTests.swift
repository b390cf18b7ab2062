import Foundation
import Tensors
import Testing

@testable import DataSets

@Suite("Data of one's own")
struct OwnDataTests {
  private func archive(_ arrays: [(String, Tensor)], in folder: String) throws -> String {
    var archive = TensorArchive()
    for (name, tensor) in arrays { try archive.append(tensor, named: name) }
    try archive.writeNPZ(to: "\(folder)/data.npz")
    return "\(folder)/data.npz"
  }

  private func numbers(_ count: Int, _ size: Int) throws -> Tensor {
    try Tensor((0..<count * size).map { Float($0) / 2 }, dimensions: [count, size])
  }

  private func rows(_ examples: Examples) throws -> [[Float]] {
    try examples.batches(size: 1).map { try $0.images.elements(as: Float.self) }
  }

  @Test("Arrays of a .npz file have names that people use, and parts for tests where they are")
  func npz() throws {
    try withTemporaryFolder { folder in
      let path = try archive(
        [
          ("X_train", numbers(3, 2)), ("y_train", Tensor([[2], [0], [1]] as [[Int64]])),
          ("x_test", numbers(1, 2)), ("y_test", Tensor([1])),
        ], in: folder)
      let data = try DataSet.at(path)
      #expect(try rows(data.training) == [[0, 0.5], [1, 1.5], [2, 2.5]])
      #expect(try data.training.batches(size: 3).flatMap(\.labelNumbers) == [2, 0, 1])
      #expect(data.test.count == 1)
      let mean = try data.training.meanImage()
      #expect(try mean.elements(as: Float.self) == [1, 1.5])
      #expect(try rows(data.training.subtracting(mean))[2] == [1, 1])
    }
  }

  @Test("Without a part for tests, each tenth example is for tests; bytes are pixels")
  func splitting() throws {
    try withTemporaryFolder { folder in
      let pixels = try Tensor((0..<25).map { UInt8($0 * 5) }, dimensions: [25, 1, 1])
      let path = try archive([("images", pixels), ("labels", Tensor(Array(0..<25)))], in: folder)
      let data = try DataSet(npzFile: path)
      #expect(data.test.count == 2 && data.training.count == 23)
      #expect(try rows(data.test) == [[45 / 255], [95 / 255]])
      #expect(try data.test.batches(size: 2).flatMap(\.labelNumbers) == [9, 19])
      #expect(try data.training.batches(size: 23).flatMap(\.labelNumbers)[8...9] == [8, 10])
      #expect(try data.reshaped(to: [1]).training.imageSizes == [1])
      #expect(throws: TensorError.self) { try data.reshaped(to: [2]) }
      #expect(throws: TensorError.self) { try data.training.selecting([23]) }
    }
  }

  @Test("Arrays that do not fit together are refused with the file and the names")
  func damagedArrays() throws {
    try withTemporaryFolder { folder in
      var path = try archive([("x", numbers(3, 2)), ("y", Tensor([1, 2]))], in: folder)
      let text = message { try DataSet.at(path) }
      #expect(text.contains(path) && text.contains("'x' and 'y'"))
      #expect(text.contains("3 images and 2 labels"))
      path = try archive([("weights", numbers(3, 2))], in: folder)
      #expect(message { try DataSet.at(path) }.contains("found 'weights'"))
      path = try archive(
        [
          ("x", numbers(3, 2)), ("y", Tensor([1, 2, 3])), ("x_test", numbers(2, 3)),
          ("y_test", Tensor([1, 2])),
        ], in: folder)
      #expect(message { try DataSet.at(path) }.contains("of sizes [2], but those of"))
      #expect(message { try DataSet.at("\(folder)/none.npz") }.contains("none.npz"))
      #expect(message { try DataSet.at("\(folder)/none") }.contains("is no data set"))
      #expect(message { try DataSet.at("mnits") }.contains("did you mean 'mnist'?"))
      #expect(message { try DataSet.at(folder) }.contains("neither train.csv nor .npy files"))
    }
  }

  @Test("Files of a folder are read in place")
  func mapping() throws {
    try withTemporaryFolder { folder in
      try numbers(4, 3).writeNPY(to: "\(folder)/x_train.npy")
      try Tensor([3, 2, 1, 0]).writeNPY(to: "\(folder)/y_train.npy")
      let data = try DataSet.at(folder)
      #expect(data.training.count == 3 && data.test.count == 1)
      let mapped = try Tensor(mappingNPYFile: "\(folder)/x_train.npy")
      #expect(try mapped == numbers(4, 3))
      // The elements are those of the file: what is written into it is seen.
      let file = try #require(FileHandle(forWritingAtPath: "\(folder)/x_train.npy"))
      let size = try file.seekToEnd()
      try file.seek(toOffset: size - 4)
      try file.write(contentsOf: withUnsafeBytes(of: Float(77)) { Data($0) })
      try file.close()
      #expect(try mapped.elements(as: Float.self).last == 77)
      try FileManager.default.removeItem(atPath: "\(folder)/x_train.npy")
      #expect(try mapped.elements(as: Float.self)[1] == 0.5)
    }
  }

  @Test("Files that cannot be read in place are read, and damaged ones refused")
  func unmappable() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.npy"
      for tensor in [
        Tensor([true, false]), try Tensor(zeros: .float32, dimensions: [0, 2]), Tensor(1.5),
      ] {
        try tensor.writeNPY(to: path)
        #expect(try Tensor(mappingNPYFile: path) == tensor)
      }
      var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
      bytes.removeLast()
      try write(bytes, to: path)
      #expect(message { try Tensor(mappingNPYFile: path) }.contains(path))
      try write(idx([2, 3], [1, 2, 3, 4, 5, 6]), to: path)
      #expect(try mappedIDX(path)?.elements(as: UInt8.self) == [1, 2, 3, 4, 5, 6])
      try write(idx([2, 3], [1, 2, 3, 4, 5, 6, 7]), to: path)
      #expect(mappedIDX(path) == nil)
      try write(gzip(idx([2, 3], [1, 2, 3, 4, 5, 6])), to: path)
      #expect(mappedIDX(path) == nil)
    }
  }

  @Test("Examples are mapped one by one")
  func mapExamples() throws {
    let examples = try numberedExamples(4)
    let mapped = try examples.prefix(3).map { image, label in
      let sum = try image.elements(as: Float.self).reduce(0, +)
      return (Tensor([sum * 255, Float(label)]), label * 2)
    }
    #expect(mapped.count == 3 && mapped.imageSizes == [2])
    #expect(try rows(mapped).map { $0.map { $0.rounded() } } == [[3, 0], [6, 1], [9, 2]])
    #expect(try mapped.batches(size: 3).flatMap(\.labelNumbers) == [0, 2, 4])
    #expect(throws: TensorError.self) {
      try examples.map { ($0, -$1) }
    }
    let text = message {
      try examples.map { (try Tensor(zeros: .float32, dimensions: [Int($1) + 1]), $1) }
    }
    #expect(text.contains("example 1 became one of sizes [2]"))
  }
}
