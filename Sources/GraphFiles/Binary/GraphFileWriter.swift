internal import CGraphFile
import GraphIR
import Tensors

extension GraphFile {
  /// The serialised graph, with a digest of its nodes.
  ///
  /// Equal graphs give equal bytes: attributes and traces stand in the order of their names' bytes.
  ///
  /// - Parameter name: What messages call the file.
  /// - Throws: `GraphError` when the graph does not fit in a file, whose size is limited to
  ///   2³¹ − 1 bytes.
  public func encoded(name: String = "graph") throws -> [UInt8] {
    var result: [UInt8] = []
    var digest = StableHash()
    for node in nodes {
      let bytes = try GraphFileWriter(file: name, node: node.name).packedNode(node)
      try Self.checkSize(result.count + bytes.count, name)
      bytes.withUnsafeBytes { digest.combine($0) }
      result.append(tag: 1, .lengthDelimited)
      result.append(varint: UInt64(bytes.count))
      result += bytes
    }
    result += try GraphFileWriter(file: name).packedRemainder(self, digest: digest.value)
    try Self.checkSize(result.count, name)
    return result
  }

  private static func checkSize(_ size: Int, _ name: String) throws {
    guard size <= Int(Int32.max) else {
      throw GraphError(
        "\(name): the graph takes more than the \(Int32.max) bytes that a file can have",
        notes: ["large weights belong in variables, which a checkpoint beside the graph stores"])
    }
  }
}

/// Turns records into messages of protobuf-c.
struct GraphFileWriter {
  let file: String
  /// The node that is being written, for messages.
  var node: String?
  let arena = MessageArena()

  func packedNode(_ record: NodeRecord) throws -> [UInt8] {
    let message = arena.message(staticgraph__node__init)
    message.pointee.name = arena.text(record.name)
    message.pointee.op = arena.text(record.op)
    message.pointee.n_input = record.inputs.count
    message.pointee.input = arena.texts(record.inputs)
    message.pointee.device = arena.text(record.device)
    message.pointee.n_attr = record.attributes.count
    message.pointee.attr = try attributes(record.attributes)
    if !record.originalNames.isEmpty || !record.originalFunctions.isEmpty {
      let origin = arena.message(staticgraph__node__origin__init)
      origin.pointee.n_original_node_names = record.originalNames.count
      origin.pointee.original_node_names = arena.texts(record.originalNames)
      origin.pointee.n_original_func_names = record.originalFunctions.count
      origin.pointee.original_func_names = arena.texts(record.originalFunctions)
      message.pointee.experimental_debug_info = origin
    }
    return withExtendedLifetime(arena) { packed(&message.pointee.base) }
  }

  /// Everything but the nodes.
  func packedRemainder(_ graph: GraphFile, digest: UInt64) throws -> [UInt8] {
    let message = arena.message(staticgraph__graph__init)
    message.pointee.version = graph.legacyProducer
    message.pointee.library = arena.bytes(graph.library)
    message.pointee.versions = graph.versions.map(versions)
    message.pointee.debug_info = graph.debugInfo.map(debugInfo)
    message.pointee.signature = graph.signature.map(signature)
    message.pointee.plan = graph.planSummary.map(planSummary)
    message.pointee.digest = digest
    return withExtendedLifetime(arena) { packed(&message.pointee.base) }
  }

  func fail(_ message: String) -> GraphError {
    GraphError("\(file): " + (node.map { "node '\($0)': " } ?? "") + message)
  }

  private func versions(_ record: VersionsRecord) -> UnsafeMutablePointer<Staticgraph__Versions> {
    let message = arena.message(staticgraph__versions__init)
    message.pointee.producer = record.producer
    message.pointee.min_consumer = record.minimumConsumer
    message.pointee.n_bad_consumers = record.badConsumers.count
    message.pointee.bad_consumers = arena.array(record.badConsumers)
    return message
  }

  private func debugInfo(
    _ record: DebugInfoRecord
  ) -> UnsafeMutablePointer<Staticgraph__DebugInfo> {
    let message = arena.message(staticgraph__debug_info__init)
    message.pointee.n_files = record.files.count
    message.pointee.files = arena.texts(record.files)
    let traces = sortedByBytes(record.traces).map { name, frames in
      let trace = arena.message(staticgraph__debug_info__trace__init)
      let stack = arena.message(staticgraph__debug_info__stack_trace__init)
      stack.pointee.n_file_line_cols = frames.count
      stack.pointee.file_line_cols = arena.array(frames.map { Optional(location($0)) })
      trace.pointee.key = arena.text(name)
      trace.pointee.value = stack
      return Optional(trace)
    }
    message.pointee.n_traces = traces.count
    message.pointee.traces = arena.array(traces)
    return message
  }

  private func location(
    _ record: DebugInfoRecord.Frame
  ) -> UnsafeMutablePointer<Staticgraph__DebugInfo__FileLocation> {
    let message = arena.message(staticgraph__debug_info__file_location__init)
    message.pointee.file_index = record.fileIndex
    message.pointee.line = record.line
    message.pointee.col = record.column
    message.pointee.func = arena.text(record.function)
    message.pointee.code = arena.text(record.code)
    return message
  }

  private func planSummary(
    _ record: PlanSummaryRecord
  ) -> UnsafeMutablePointer<Staticgraph__PlanSummary> {
    let message = arena.message(staticgraph__plan_summary__init)
    message.pointee.text = arena.text(record.text)
    message.pointee.n_measures = record.measures.count
    message.pointee.measures = arena.array(
      record.measures.map { measure in
        let item = arena.message(staticgraph__plan_summary__measure__init)
        item.pointee.name = arena.text(measure.name)
        item.pointee.value = measure.value
        return Optional(item)
      })
    return message
  }
}

/// The entries in the order of the bytes of their names, which is the same on every machine.
func sortedByBytes<Value>(_ entries: [String: Value]) -> [(key: String, value: Value)] {
  entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
}
