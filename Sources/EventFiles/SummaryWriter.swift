import Checkpoints
import GraphFiles
import GraphIR
import Images
import Synchronization
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes what TensorBoard shows: numbers, pictures, histograms and the graph of a training.
///
/// ```swift
/// let writer = try SummaryWriter("runs/mnist")
/// try writer.add(graph)
/// for step in 1...1000 {
///   let loss = try …
///   try writer.add(scalar: loss, tag: "loss", step: step)
/// }
/// try writer.flush()
/// ```
/// ```
/// tensorboard --logdir runs
/// ```
/// Each writer makes a file of its own in the folder; TensorBoard shows all files of a folder as
/// one run. As with TensorFlow, events wait in memory until there are ten, until the oldest has
/// waited two minutes when the next comes, or until `flush()`; what waits is written, too, when the
/// writer is gone. They are appended whole: a process that is killed leaves a file that can be
/// read, without the events that waited.
///
/// A writer may be used by several threads at once.
public final class SummaryWriter: Sendable {
  /// The file that is written.
  public let path: String
  private let pendingLimit: Int
  private let pendingSeconds: Double
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var file: RecordFile
    /// When the oldest event that waits was added.
    var oldest = 0.0
  }

  /// A writer with a new file in a folder, which is made where it is missing.
  ///
  /// - Parameters:
  ///   - folder: The folder, which is one run for TensorBoard.
  ///   - step: The number of the step that a run begins after. What older files of the folder
  ///     tell of later steps counts no longer, as after a crash. By default it does.
  ///   - pendingLimit: How many events wait at most before they are written.
  ///   - pendingSeconds: How long an event waits at most until the next one is added.
  /// - Throws: `TensorError` with the path and the system's reason.
  public init(
    _ folder: String, goingOnAfter step: Int? = nil, pendingLimit: Int = 10,
    pendingSeconds: Double = 120
  ) throws {
    try makeFolder(folder)
    let now = wallTime()
    let process = getpid()
    let start = "events.out.tfevents.\(Int(now)).\(hostName()).\(process)"
    let file = try RecordFile(
      inFolder: folder, names: (0..<1_000_000).lazy.map { "\(start).\($0)" })
    path = file.path
    self.pendingLimit = max(1, pendingLimit)
    self.pendingSeconds = pendingSeconds
    state = Mutex(State(file: file))
    try add(.fileVersion, step: 0, at: now)
    if let step {
      // TensorBoard takes the first that it sees in a folder for the beginning of all.
      for _ in 0..<2 { try add(.start, step: step > 0 ? step + 1 : 0, at: now) }
    }
    try flush()
  }

  deinit { try? flush() }

  /// Adds a number of a step.
  ///
  /// - Parameters:
  ///   - scalar: The number, kept as a `Float32`; it need not be finite.
  ///   - tag: What it is called; what stands before a `/` groups.
  ///   - step: The number of the step.
  /// - Throws: `TensorError` when what waits cannot be written, with the path and the reason.
  public func add(scalar: Double, tag: String, step: Int) throws {
    try add(.scalars([(tag, Float(scalar))]), step: step)
  }

  /// Adds several numbers of a step as one event.
  ///
  /// - Throws: As `add(scalar:tag:step:)`.
  public func add(scalars: [(tag: String, value: Double)], step: Int) throws {
    guard !scalars.isEmpty else { return }
    try add(.scalars(scalars.map { ($0.tag, Float($0.value)) }), step: step)
  }

  /// Adds a picture.
  ///
  /// - Throws: As `add(scalar:tag:step:)`, and when the picture cannot be encoded.
  public func add(_ image: Image, tag: String, step: Int) throws {
    guard let width = Int32(exactly: image.width), let height = Int32(exactly: image.height) else {
      throw TensorError("\(image.width)×\(image.height) pixels are more than an event can hold")
    }
    try add(
      .picture(
        tag: tag, png: image.pngBytes(), width: width, height: height,
        channels: Int32(image.channels)),
      step: step)
  }

  /// Adds how many of a tensor's numbers lie where.
  ///
  /// - Throws: As `add(scalar:tag:step:)`, and for a tensor of strings.
  public func add(histogramOf tensor: Tensor, tag: String, step: Int) throws {
    try add(Histogram(of: tensor), tag: tag, step: step)
  }

  /// Adds a histogram.
  ///
  /// - Throws: As `add(scalar:tag:step:)`.
  public func add(_ histogram: Histogram, tag: String, step: Int) throws {
    try add(.histogram(tag: tag, histogram), step: step)
  }

  /// Adds the graph itself.
  ///
  /// - Throws: `GraphError` for a graph that does not fit in a file, and as
  ///   `add(scalar:tag:step:)`.
  public func add(_ graph: Graph) throws {
    try add(graph.frozen())
  }

  /// Adds the graph itself.
  ///
  /// - Throws: As `add(_:)` of a `Graph`.
  public func add(_ graph: FrozenGraph) throws {
    try add(.graph(GraphFile(graph).encoded()), step: 0)
  }

  /// Writes the events that wait.
  ///
  /// - Throws: `TensorError` with the path and the system's reason.
  public func flush() throws {
    try state.withLock { try $0.file.flush() }
  }

  private func add(_ content: EventMessage.Content, step: Int, at time: Double? = nil) throws {
    let now = time ?? wallTime()
    let record = EventMessage(wallTime: now, step: Int64(step), content: content).encoded()
    try state.withLock { state in
      if state.file.pendingCount == 0 { state.oldest = now }
      state.file.append(record)
      // Large events do not wait for others.
      if state.file.pendingCount >= pendingLimit || record.count >= 1 << 16
        || now - state.oldest >= pendingSeconds
      {
        try state.file.flush()
      }
    }
  }
}

/// Seconds since 1970.
private func wallTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The name of this machine, as far as a file can have it in its name.
private func hostName() -> String {
  var bytes = [UInt8](repeating: 0, count: 256)
  let status = bytes.withUnsafeMutableBytes {
    gethostname($0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count - 1)
  }
  let name = bytes.prefix { $0 != 0 && $0 != UInt8(ascii: "/") }
  return status == 0 && !name.isEmpty ? String(decoding: name, as: UTF8.self) : "localhost"
}
