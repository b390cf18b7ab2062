import Testing

@testable import Tensors

@Suite("Memory that is kept")
struct KeptMemoryTests {
  private static let page = 4096
  private static let largePage = 2 << 20

  @Test(
    "Every byte can be written, whatever the size",
    arguments: [
      0, 1, 4097, largePage - 1, largePage, 3 * largePage / 2, 2 * largePage - page,
      5 * largePage + 1,
    ])
  func isWhole(byteCount: Int) throws {
    let memory = try KeptMemory(byteCount: byteCount)
    #expect(memory.bytes.count == byteCount)
    #expect(Int(bitPattern: memory.bytes.baseAddress) % 64 == 0)
    _ = memory.bytes.initializeMemory(as: UInt8.self, repeating: 7)
    #expect(memory.bytes.allSatisfy { $0 == 7 })
  }

  @Test("What was given back is there again once it is written")
  func release() throws {
    let memory = try KeptMemory(byteCount: 10 * Self.page, isReleasable: true)
    _ = memory.bytes.initializeMemory(as: UInt8.self, repeating: 7)
    let part = UnsafeMutableRawBufferPointer(rebasing: memory.bytes[100..<9 * Self.page + 50])
    #expect(memory.release(part))
    // Pages that other bytes stand in stay.
    #expect(memory.bytes[..<100].allSatisfy { $0 == 7 })
    #expect(memory.bytes[(9 * Self.page + 50)...].allSatisfy { $0 == 7 })
    #if os(Linux)
      #expect(memory.bytes[Self.page..<9 * Self.page].allSatisfy { $0 == 0 })
    #endif
    _ = part.initializeMemory(as: UInt8.self, repeating: 5)
    #expect(part.allSatisfy { $0 == 5 })
    let small = UnsafeMutableRawBufferPointer(rebasing: memory.bytes[10..<Self.page])
    #expect(!memory.release(small))
    let other = try KeptMemory(byteCount: 10 * Self.page)
    #expect(!other.release(other.bytes))
  }

  @Test("More than there is gives an error")
  func tooMuch() {
    #expect(throws: TensorError.self) { try KeptMemory(byteCount: .max) }
    #expect(throws: TensorError.self) { try KeptMemory(byteCount: 1 << 60) }
    #expect(throws: TensorError.self) {
      try Tensor.block(of: [TensorType(.uint8, [.max - 8192]), TensorType(.uint8, [.max - 8192])])
    }
  }

  @Test("Tensors of a block lie apart, and each keeps the block")
  func block() throws {
    let types = [
      TensorType(.float32, [3, 5]), TensorType(.int64, []), TensorType(.uint8, [0]),
      TensorType(.float64, [400_000]), TensorType(.bool, [1]),
    ]
    var tensors = try Tensor.block(of: types)
    #expect(tensors.map(\.type) == types)
    for (number, tensor) in tensors.enumerated() where tensor.elementCount > 0 {
      #expect(Int(bitPattern: tensor.address) % 64 == 0)
      let byteCount = types[number].byteCount!
      tensor.address.initializeMemory(as: UInt8.self, repeating: UInt8(number), count: byteCount)
    }
    for (number, tensor) in tensors.enumerated() {
      #expect(tensor.withUnsafeBytes { $0.allSatisfy { $0 == UInt8(number) } })
    }
    let kept = tensors[3]
    tensors = []
    #expect(kept.withUnsafeBytes { $0.allSatisfy { $0 == 3 } })
    #expect(try Tensor.block(of: []).isEmpty)
  }
}
