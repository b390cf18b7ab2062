internal import CGraphFile
import GraphIR
import Tensors

extension GraphFile {
  /// The graph that serialised bytes hold: a GraphDef, with or without fields of our own.
  ///
  /// Fields that neither we nor GraphDef's core know are dropped.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: What messages call the file.
  ///   - limits: How much the file may ask for.
  /// - Throws: `GraphError` that says the offset, or the node and the attribute.
  public static func decode(
    _ bytes: [UInt8], name: String, limits: ReadingLimits = ReadingLimits()
  ) throws -> GraphFile {
    guard bytes.count <= limits.fileBytes else {
      throw GraphError(
        "\(name): the graph has \(bytes.count) bytes, but at most \(limits.fileBytes) are read")
    }
    guard !bytes.isEmpty else { throw GraphError("\(name): the file is empty") }
    return try bytes.withUnsafeBytes { bytes in
      var reader = GraphFileReader(file: name, limits: limits)
      do {
        let layout = try StructureScanner.scan(bytes, file: name, limits: limits)
        return try reader.read(bytes, layout)
      } catch let error as GraphError {
        throw explained(error, bytes)
      }
    }
  }

  /// Whether the bytes a file begins with are UTF-8 and of no control but tabs and ends of lines.
  private static func looksLikeText(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard bytes.allSatisfy({ [9, 10, 13].contains($0) || $0 >= 32 && $0 != 127 }) else {
      return false
    }
    // The last character may be cut off.
    return (0..<4).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
  }

  /// Adds what kind of file the bytes seem to be instead, where that shows.
  private static func explained(_ error: GraphError, _ bytes: UnsafeRawBufferPointer) -> GraphError
  {
    let note: String
    if bytes.count > 2, bytes[0] == 0x08, bytes[1] < 0x80, bytes[2] == 0x12 {
      note = "the file begins like a SavedModel or an ONNX model; a GraphDef is read here"
    } else if bytes.count >= 8, looksLikeText(bytes.prefix(256)) {
      note =
        "the file looks like text; a graph as text is read when its name ends in .graph or .pbtxt"
    } else {
      return error
    }
    return GraphError(
      error.diagnostics.map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.notes.append(Diagnostic.Note(note))
        return diagnostic
      })
  }
}

/// Turns unpacked messages of protobuf-c into records.
///
/// The bytes have been scanned: names are UTF-8 and nesting is limited.
struct GraphFileReader {
  let file: String
  let limits: ReadingLimits
  /// The bytes that further tensors may take.
  var tensorBytesLeft: Int
  /// The node that is being read, for messages.
  private var node: String?
  /// The attribute that is being read, for messages.
  var attribute: String?

  init(file: String, limits: ReadingLimits) {
    self.file = file
    self.limits = limits
    tensorBytesLeft = limits.tensorBytes
  }

  /// The graph whose parts stand where `layout` says.
  ///
  /// Nodes are unpacked one at a time, so that there is never a second copy of all tensors.
  mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ layout: StructureScanner.Layout
  ) throws -> GraphFile {
    var result = GraphFile()
    result.nodes.reserveCapacity(layout.nodes.count)
    var digest = StableHash()
    for range in layout.nodes {
      let nodeBytes = UnsafeRawBufferPointer(rebasing: bytes[range])
      digest.combine(nodeBytes)
      result.nodes.append(try readNode(nodeBytes))
    }
    node = nil
    // Fields of a message may stand in any order, so what is left is itself a graph.
    var remainder: [UInt8] = []
    for range in layout.remainder { remainder += bytes[range] }
    let storedDigest = try remainder.withUnsafeBytes { try readRemainder($0, into: &result) }
    result.nodesChangedSinceWritten = storedDigest != 0 && storedDigest != digest.value
    return result
  }

  private mutating func readNode(_ bytes: UnsafeRawBufferPointer) throws -> NodeRecord {
    node = nil
    attribute = nil
    guard
      let message = staticgraph__node__unpack(
        nil, bytes.count, bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
    else { throw fail("a node of \(bytes.count) bytes does not unpack") }
    defer { staticgraph__node__free_unpacked(message, nil) }
    let name = text(message.pointee.name)
    node = name
    let origin = message.pointee.experimental_debug_info?.pointee
    return NodeRecord(
      name: name, op: text(message.pointee.op),
      inputs: texts(message.pointee.input, message.pointee.n_input),
      device: text(message.pointee.device),
      attributes: try attributes(message.pointee.attr, message.pointee.n_attr),
      originalNames: origin.map {
        texts($0.original_node_names, $0.n_original_node_names)
      } ?? [],
      originalFunctions: origin.map {
        texts($0.original_func_names, $0.n_original_func_names)
      } ?? [])
  }

  /// Reads everything but the nodes and gives the digest, or 0.
  private mutating func readRemainder(
    _ bytes: UnsafeRawBufferPointer, into result: inout GraphFile
  ) throws -> UInt64 {
    var empty: UInt8 = 0
    let unpacked = withUnsafePointer(to: &empty) {
      staticgraph__graph__unpack(
        nil, bytes.count, bytes.assumingMemoryBound(to: UInt8.self).baseAddress ?? $0)
    }
    guard let message = unpacked else { throw fail("what follows the nodes does not unpack") }
    defer { staticgraph__graph__free_unpacked(message, nil) }
    let graph = message.pointee
    result.legacyProducer = graph.version
    result.library = Array(rawBuffer(graph.library))
    if let versions = graph.versions?.pointee {
      result.versions = VersionsRecord(
        producer: versions.producer, minimumConsumer: versions.min_consumer,
        badConsumers: Array(
          UnsafeBufferPointer(start: versions.bad_consumers, count: versions.n_bad_consumers)))
    }
    if let information = graph.debug_info?.pointee { result.debugInfo = debugInfo(information) }
    if let signature = graph.signature?.pointee {
      result.signature = try readSignature(signature)
    }
    if let plan = graph.plan?.pointee {
      result.planSummary = PlanSummaryRecord(
        text: text(plan.text),
        measures: messages(plan.measures, plan.n_measures).map {
          PlanSummaryRecord.Measure(name: text($0.pointee.name), value: $0.pointee.value)
        })
    }
    return graph.digest
  }

  func fail(_ message: String) -> GraphError {
    let place = [node.map { "node '\($0)'" }, attribute.map { "attribute '\($0)'" }]
    let parts = place.compactMap { $0 }
    return GraphError("\(file): " + (parts + [message]).joined(separator: ": "))
  }
}

// MARK: - What protobuf-c gives, as Swift values

extension GraphFileReader {
  func rawBuffer(_ data: ProtobufCBinaryData) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: data.data, count: data.data == nil ? 0 : data.len)
  }

  func text(_ data: ProtobufCBinaryData) -> String {
    String(decoding: rawBuffer(data), as: UTF8.self)
  }

  func texts(_ list: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int) -> [String] {
    UnsafeBufferPointer(start: list, count: count).map(text)
  }

  func messages<Message>(
    _ list: UnsafeMutablePointer<UnsafeMutablePointer<Message>?>?, _ count: Int
  ) -> [UnsafeMutablePointer<Message>] {
    UnsafeBufferPointer(start: list, count: count).compactMap { $0 }
  }
}
