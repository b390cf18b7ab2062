import Foundation
import Synchronization
import Testing

@testable import Tensors

@Suite("Tensors")
struct TensorTests {
  private final class Counter: Sendable {
    let releases = Atomic<Int>(0)
    var count: Int { releases.load(ordering: .sequentiallyConsistent) }
    func add() { releases.add(1, ordering: .sequentiallyConsistent) }
  }

  private func allocated(_ values: [Float]) -> UnsafeMutableRawBufferPointer {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: values.count * 4, alignment: 64)
    values.withUnsafeBytes { memory.copyMemory(from: $0) }
    return memory
  }

  @Test("A view reads the caller's memory and releases it once, with its last copy")
  func views() throws {
    let memory = allocated([1, 2, 3, 4])
    defer { memory.deallocate() }
    let counter = Counter()
    do {
      let view = try Tensor(
        viewing: UnsafeRawBufferPointer(memory), dataType: .float32, dimensions: [2, 2]
      ) { counter.add() }
      let copies = [view, try view.reshaped(to: [4]), view]
      #expect(view.withUnsafeBytes { $0.baseAddress } == UnsafeRawPointer(memory.baseAddress))
      #expect(try copies[1].elements(as: Float.self) == [1, 2, 3, 4])
      #expect(counter.count == 0)
    }
    #expect(counter.count == 1)
  }

  @Test("Writing to a view writes to a copy")
  func copyOnWriteOfViews() throws {
    let memory = allocated([1, 2])
    defer { memory.deallocate() }
    let counter = Counter()
    var tensor = try Tensor(
      viewing: UnsafeRawBufferPointer(memory), dataType: .float32, dimensions: [2]
    ) { counter.add() }
    tensor.withUnsafeMutableBytes { $0.storeBytes(of: 9, as: Float.self) }
    #expect(counter.count == 1)
    #expect(try tensor.elements(as: Float.self) == [9, 2])
    #expect(memory.load(as: Float.self) == 1)
  }

  @Test("Memory that is not aligned to an element is copied and released at once")
  func unalignedViews() throws {
    let bytes: [UInt8] = [0, 1, 0, 2, 0]
    let counter = Counter()
    let tensor = try bytes.withUnsafeBytes { buffer in
      let odd = Int(bitPattern: buffer.baseAddress) % 2 == 0 ? 1 : 0
      return try Tensor(
        viewing: UnsafeRawBufferPointer(rebasing: buffer[odd..<odd + 4]), dataType: .uint16,
        dimensions: [2]
      ) { counter.add() }
    }
    #expect(counter.count == 1)
    #expect(try tensor.elements(as: UInt16.self).count == 2)
  }

  @Test("A view of the wrong size throws and leaves the memory with the caller")
  func wrongViews() {
    let counter = Counter()
    let bytes = [UInt8](repeating: 0, count: 8)
    let text = message {
      try bytes.withUnsafeBytes {
        _ = try Tensor(viewing: $0, dataType: .float32, dimensions: [3]) { counter.add() }
      }
    }
    #expect(text == "a tensor of type Float32[3] takes 12 bytes, but 8 were given")
    #expect(counter.count == 0)
  }

  @Test("Copies share memory until one is written")
  func copyOnWrite() throws {
    var first = Tensor([1, 2, 3])
    let second = first
    #expect(first.memoryIdentity == second.memoryIdentity)
    first.withUnsafeMutableBytes { $0.storeBytes(of: 7, as: Int.self) }
    #expect(first.memoryIdentity != second.memoryIdentity)
    #expect(try first.elements(as: Int.self) == [7, 2, 3])
    #expect(try second.elements(as: Int.self) == [1, 2, 3])
    let identity = first.memoryIdentity
    first.withUnsafeMutableBytes { $0.storeBytes(of: 8, as: Int.self) }
    #expect(first.memoryIdentity == identity)
  }

  @Test("Tensors cross tasks, each of which writes to its own copy")
  func tasks() async throws {
    let shared = try Tensor(repeating: Float(1), dimensions: [1000])
    let sums = try await withThrowingTaskGroup(of: Float.self) { group in
      for task in 0..<16 {
        group.addTask {
          var mine = shared
          mine.withUnsafeMutableBytes { bytes in
            let elements = bytes.bindMemory(to: Float.self)
            for index in elements.indices { elements[index] = Float(task) }
          }
          return try mine.elements(as: Float.self).reduce(0, +)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums.sorted() == (0..<16).map { Float($0) * 1000 })
    #expect(try shared.elements(as: Float.self).allSatisfy { $0 == 1 })
  }

  @Test("Sizes that overflow or are negative throw")
  func overflow() {
    let huge = [1 << 40, 1 << 40]
    #expect(
      message { _ = try Tensor(zeros: .float32, dimensions: huge) }.contains("larger than any"))
    #expect(throws: TensorError.self) { try Tensor(zeros: .float64, dimensions: [Int.max / 8]) }
    #expect(throws: TensorError.self) { try Tensor(zeros: .float64, dimensions: [1 << 60]) }
    #expect(throws: TensorError.self) { try Tensor(zeros: .string, dimensions: huge) }
    #expect(throws: TensorError.self) { try Tensor(repeating: 1.0, dimensions: huge) }
    #expect(throws: TensorError.self) { try Tensor([1.0], dimensions: huge) }
    #expect(throws: TensorError.self) { try Tensor([1.0]).reshaped(to: huge) }
    #expect(message { _ = try Tensor(zeros: .bool, dimensions: [-1]) }.contains("negative"))
    #expect(
      message { _ = try Tensor([1.0, 2], dimensions: [3]) }
        == "shape [3] holds 3 elements, but 2 were given")
    #expect(throws: Never.self) { try Tensor(zeros: .float32, dimensions: [1 << 40, 1 << 40, 0]) }
  }

  @Test("Elements are given as their own type only")
  func access() throws {
    let tensor = Tensor([1, 2] as [Float])
    #expect(
      message { _ = try tensor.elements(as: Double.self) }
        == "elements of type Float64 were asked of a tensor of type Float32[2]")
    #expect(throws: TensorError.self) { try tensor.scalar(as: Float.self) }
    #expect(throws: TensorError.self) { try tensor.strings() }
    #expect(try Tensor("é").strings() == [[0xC3, 0xA9]])
    #expect(try Tensor([5] as [UInt16]).scalar(as: UInt16.self) == 5)
  }

  @Test("Equality compares bits")
  func equality() throws {
    #expect(Tensor(Double.nan) == Tensor(Double.nan))
    #expect(Tensor([0.0]) != Tensor([-0.0]))
    #expect(Tensor([1, 2]) != (try Tensor([1, 2], dimensions: [1, 2])))
    #expect(Tensor([1, 2]).hashValue == Tensor([1, 2]).hashValue)
    #expect(try Tensor(zeros: .int8, dimensions: [0]) == Tensor([] as [Int8]))
  }

  @Test("Memory is aligned to 64 bytes")
  func alignment() throws {
    for count in 0..<70 {
      let tensor = try Tensor(zeros: .uint8, dimensions: [count])
      #expect(tensor.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) % 64 } == 0)
    }
  }

  @Test("Transposition reverses the dimensions")
  func transposition() throws {
    let cube = try Tensor((0..<24).map { UInt8($0) }, dimensions: [2, 3, 4])
    let turned = try cube.transposed()
    #expect(turned.dimensions == [4, 3, 2])
    let elements = try turned.elements(as: UInt8.self)
    for i in 0..<2 {
      for j in 0..<3 {
        for k in 0..<4 { #expect(elements[(k * 3 + j) * 2 + i] == UInt8((i * 3 + j) * 4 + k)) }
      }
    }
    #expect(try turned.transposed() == cube)
    let words = try Tensor(["a", "b", "c", "d", "e", "f"] as [String]).reshaped(to: [2, 3])
    #expect(
      try words.transposed().strings().map { String(decoding: $0, as: UTF8.self) }
        == ["a", "d", "b", "e", "c", "f"])
  }
}
