import CZlib
import Foundation
import Tensors
import Testing

@testable import DataSets

/// Calls `body` with the path of an empty folder, which is removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("data-sets-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// The message of the `TensorError` that `body` throws.
func message<Result>(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Result
) -> String {
  do {
    Issue.record("nothing was thrown but \(try body())", sourceLocation: sourceLocation)
    return ""
  } catch let error as TensorError {
    return error.description
  } catch {
    Issue.record("not a TensorError: \(error)", sourceLocation: sourceLocation)
    return ""
  }
}

func write(_ bytes: [UInt8], to path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// IDX data of the given sizes.
func idx(type: UInt8 = 8, _ sizes: [Int], _ elements: [UInt8]) -> [UInt8] {
  let header = sizes.flatMap { size in
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) }
  }
  return [0, 0, type, UInt8(sizes.count)] + header + elements
}

/// One member of gzip data.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  deflateInit2_(
    &stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, zlibVersion(),
    Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
  let (inputCount, outputCount) = (UInt32(input.count), UInt32(output.count))
  return input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      stream.next_in = input.baseAddress
      stream.avail_in = inputCount
      stream.next_out = output.baseAddress
      stream.avail_out = outputCount
      deflate(&stream, Z_FINISH)
      return Array(output.prefix(output.count - Int(stream.avail_out)))
    }
  }
}

/// The record of a CIFAR image whose pixel p has the colours p, p + 1 and p + 2, from `first` on.
func cifarRecord(label: UInt8, first: Int = 0) -> [UInt8] {
  [label]
    + (0..<3).flatMap { color in
      (0..<1024).map { UInt8(truncatingIfNeeded: first + $0 + color) }
    }
}

/// Images of 28×28 bytes, each pixel of image i being i, as IDX data.
func mnistImages(count: Int) -> [UInt8] {
  idx(
    [count, 28, 28],
    (0..<count).flatMap { [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: 784) })
}

/// Labels that count from 0 to 9, as IDX data.
func mnistLabels(count: Int) -> [UInt8] {
  idx([count], (0..<count).map { UInt8($0 % 10) })
}

/// Examples whose images are the pixels i, i + 1, i + 2 (modulo 256) and whose labels are i.
func numberedExamples(_ count: Int) throws -> Examples {
  let pixels = (0..<count).flatMap { index in
    (0..<3).map { UInt8(truncatingIfNeeded: index + $0) }
  }
  return try Examples(
    pixels: Tensor(pixels, dimensions: [count, 1, 1, 3]), labels: Tensor(Array(0..<count)))
}

extension Batch {
  var labelNumbers: [Int] { try! labels.elements(as: Int32.self).map(Int.init) }
}

/// Where a real data set is, or `nil` with a note.
func realFolder(_ name: String) -> String? {
  let named = ProcessInfo.processInfo.environment["STATICGRAPH_DATA"]
  let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/data").standardizedFileURL.path
  let folder = "\(named ?? beside)/\(name)"
  if FileManager.default.fileExists(atPath: folder) { return folder }
  print("note: there is no folder \(folder); the test has nothing to read")
  return nil
}
