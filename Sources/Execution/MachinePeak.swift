import GraphIR
import Operators
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The most that the machine does when nothing holds it up, to compare a profile with.
public struct MachinePeak: Sendable {
  /// Additions and multiplications of `Float32` numbers in a second, in a product of matrices.
  public let operationsPerSecond: Double
  /// Bytes read and written in a second, by copying more than any cache holds.
  public let bytesPerSecond: Double

  private static let matrixSize = 1024
  private static let copiedByteCount = 128 << 20
  private static let seconds = 0.3
  private static let leastRuns = 3

  /// Measures the machine, which takes about a second and 256 MB of memory.
  ///
  /// - Parameter threads: How many threads work.
  /// - Throws: `GraphError` or `TensorError` when the system has no memory left for it.
  public init(threads: Int) throws {
    operationsPerSecond = try Self.product(threads)
    bytesPerSecond = try Self.copy(threads)
  }

  private static func product(_ threads: Int) throws -> Double {
    let size = matrixSize
    let graph = Graph()
    let matrix = graph.placeholder("matrix", type: TensorType(.float32, [size, size]))
    let session = try Session(graph, options: SessionOptions(threads: threads))
    let call = try session.prepare(fetches: [matmul(matrix, matrix)], feeds: [matrix])
      .bind([Tensor(repeating: Float(0.5), dimensions: [size, size])])
    let operations = 2 * Double(size) * Double(size) * Double(size)
    return operations / (try shortest { try call.run() })
  }

  private static func copy(_ threads: Int) throws -> Double {
    let count = copiedByteCount
    // Pages that nobody has written may all be the same one.
    let source = try Tensor(uninitialized: .uint8, dimensions: [count]) { bytes in
      memset(bytes.baseAddress!, 1, bytes.count)
    }
    let target = try Tensor(uninitialized: .uint8, dimensions: [count]) { _ in }
    let (from, to) = (source.address, target.address)
    let workers = WorkerPool(threadCount: threads)
    let part = (count + threads - 1) / threads
    let seconds = shortest {
      workers.run(pieces: threads) { piece in
        let start = min(count, piece * part)
        memcpy(to + start, from + start, min(part, count - start))
      }
    }
    return withExtendedLifetime((source, target)) { 2 * Double(count) / seconds }
  }

  /// The seconds of the shortest of several runs.
  private static func shortest(_ body: () throws -> Void) rethrows -> Double {
    try body()
    let begin = Profile.now()
    var best = UInt64.max
    var runs = 0
    repeat {
      let start = Profile.now()
      try body()
      best = min(best, Profile.now() - start)
      runs += 1
    } while runs < leastRuns || Double(Profile.now() - begin) * 1e-9 < seconds
    return Double(max(1, best)) * 1e-9
  }
}
