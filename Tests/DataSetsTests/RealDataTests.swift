import Foundation
import Tensors
import Testing

@testable import DataSets

@Suite("Real data")
struct RealDataTests {
  /// What a program prints for the folder, as numbers; `nil` with a note where NumPy is missing.
  private func numbers(_ program: String, _ folder: String) throws -> [Double]? {
    let python = ProcessInfo.processInfo.environment["STATICGRAPH_PYTHON"] ?? "python3"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-c", "import gzip, numpy as np, sys\n" + program, folder]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      print("note: '\(python)' with NumPy is not here; values are not compared")
      return nil
    }
    return String(decoding: data, as: UTF8.self).split(separator: " ").compactMap {
      Double($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  private func sum(_ examples: Examples) throws -> Double {
    let mean = try examples.meanImage().elements(as: Float.self)
    return mean.reduce(0) { $0 + Double($1) }
  }

  @Test("MNIST is what NumPy reads")
  func mnist() throws {
    guard let folder = realFolder("mnist") else { return }
    let data = try DataSet.named("mnist", in: folder)
    #expect(data.training.count == 60_000)
    #expect(data.test.count == 10_000)
    let batches = try data.training.prefix(1000).batches(size: 50, shuffleSeed: 1, epoch: 3)
    #expect(batches.count == 20)
    let last = try #require(Array(batches).last)
    #expect(last.images.type == TensorType(.float32, [50, 28, 28, 1]))
    #expect(last.labels.type == TensorType(.int32, [50]))

    let order = shuffledOrder(count: 1000, seed: 1, epoch: 3).suffix(50)
    let program = """
      x = np.frombuffer(gzip.open(sys.argv[1] + '/train-images-idx3-ubyte.gz').read()[16:], 'u1')
      x = x.reshape(60000, 28, 28)
      y = np.frombuffer(gzip.open(sys.argv[1] + '/train-labels-idx1-ubyte.gz').read()[8:], 'u1')
      order = \(Array(order))
      print(*y[order], *(x[order].astype('f4') / np.float32(255)).reshape(-1), y.sum(),
            x.mean(axis=0).sum() / 255)
      """
    guard let expected = try numbers(program, folder) else { return }
    #expect(expected.count == 50 + 50 * 784 + 2)
    #expect(last.labelNumbers == expected.prefix(50).map { Int($0) })
    #expect(try last.images.elements(as: Float.self) == expected[50..<39250].map { Float($0) })
    let labels = try data.training.labels.elements(as: Int32.self)
    #expect(labels.reduce(0) { $0 + Int($1) } == Int(expected[39250]))
    #expect(abs(try sum(data.training) - expected[39251]) < 1e-4)
  }

  @Test("CIFAR-10 is what NumPy reads")
  func cifar10() throws {
    guard let folder = realFolder("cifar10") else { return }
    let data = try DataSet.named("cifar10", in: folder)
    #expect(data.training.count % 10_000 == 0)
    #expect(data.training.imageSizes == [32, 32, 3])
    let program = """
      import glob
      files = sorted(glob.glob(sys.argv[1] + '/data_batch_*.bin'))
      x = np.concatenate([np.fromfile(file, 'u1') for file in files]).reshape(-1, 3073)
      t = np.fromfile(sys.argv[1] + '/test_batch.bin', 'u1').reshape(-1, 3073)
      def images(x):
        return x[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1) / 255.0
      mean = (x[:, 1:].sum(axis=0, dtype='i8') / (255.0 * len(x)))
      mean = mean.reshape(3, 32, 32).transpose(1, 2, 0)
      print(len(x), len(t), x[:, 0].sum(), *t[-3:, 0], *mean.reshape(-1),
            *(images(t[-3:]) - mean).reshape(-1))
      """
    guard let expected = try numbers(program, folder) else { return }
    #expect(expected.count == 6 + 4 * 3072)
    #expect(data.training.count == Int(expected[0]))
    #expect(data.test.count == Int(expected[1]))
    let labels = try data.training.labels.elements(as: Int32.self)
    #expect(labels.reduce(0) { $0 + Int($1) } == Int(expected[2]))
    let mean = try #require(data.training.subtractedMean).elements(as: Float.self)
    #expect(mean == expected[6..<3078].map { Float($0) })

    let batches = try data.test.batches(size: data.test.count)
    let all = try #require(Array(batches).first)
    #expect(all.labelNumbers.suffix(3) == expected[3..<6].map { Int($0) })
    let pixels = try all.images.elements(as: Float.self).suffix(3 * 3072)
    for (pixel, reference) in zip(pixels, expected[3078...]) {
      // Three roundings of numbers below 1.
      #expect(abs(Double(pixel) - reference) < 2e-7)
    }
  }

  @Test("Fashion-MNIST is read where Debian's package is")
  func fashionMNIST() throws {
    let folder = realFolder("fashion-mnist") ?? "/usr/share/datasets/fashion-mnist"
    guard FileManager.default.fileExists(atPath: folder) else { return }
    let data = try DataSet.named("fashion-mnist", in: folder)
    #expect(data.training.count == 60_000)
    #expect(data.test.count == 10_000)
    #expect(data.training.imageSizes == [28, 28, 1])
  }
}
