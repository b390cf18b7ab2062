import Tensors

/// Where a node says what the numbers of its outputs are called.
private let labelsName = "_staticgraph_labels"

extension Graph {
  /// Declares how a picture becomes what a placeholder takes, as `@image(…)` does in a `.graph`
  /// file.
  ///
  /// It goes into the file with the placeholder, as a private attribute that TensorFlow keeps.
  /// What cannot be done is recorded.
  public func declareImage(_ value: Value, _ preparation: ImagePreparation) {
    guard owns(value, "declareImage") else { return }
    do {
      try preparation.check(for: value.type)
    } catch {
      return record("image '\(value.node.name)': \(error)", .unknown)
    }
    annotate(value.endpoint.nodeIndex, ImagePreparation.attributeName, preparation.attribute)
  }

  /// Declares the file that names the classes which a placeholder's integers stand for, or to which
  /// an output's scores belong, as `@labels("…")` does in a `.graph` file.
  ///
  /// - Parameters:
  ///   - value: The placeholder or output.
  ///   - file: A JSON list or object of names, or one name a line; a path that is relative to the
  ///     graph's folder, the working directory or the data's folder.
  public func declareLabels(_ value: Value, _ file: String) {
    guard owns(value, "declareLabels") else { return }
    guard !file.isEmpty, file.utf8.count <= 4096, !file.utf8.contains(0) else {
      return record("labels of '\(value.node.name)': this is no path of a file", .unknown)
    }
    let node = value.endpoint.nodeIndex
    let number = value.endpoint.output
    var texts = snapshot { $0.nodes[node].labelTexts }
    texts.removeAll { $0.hasPrefix("\(number):") }
    texts.append("\(number):\(file)")
    annotate(node, labelsName, .byteStrings(texts.sorted().map { Array($0.utf8) }))
  }

  private func owns(_ value: Value, _ what: String) -> Bool {
    guard value.isValid else { return false }
    guard value.graph === self else {
      record("\(what): the value belongs to another graph", .unknown)
      return false
    }
    return true
  }
}

extension FrozenGraph {
  /// How pictures are prepared for a value that is fed; `nil` where the graph does not say.
  public func imagePreparation(of endpoint: Endpoint) -> ImagePreparation? {
    nodes[endpoint.nodeIndex].annotations?.attributes[ImagePreparation.attributeName].flatMap {
      ImagePreparation(attribute: $0)
    }
  }

  /// The file that names the classes of a value; `nil` where the graph does not say.
  public func labelsFile(of endpoint: Endpoint) -> String? {
    let head = "\(endpoint.output):"
    return nodes[endpoint.nodeIndex].labelTexts.first { $0.hasPrefix(head) }.map {
      String($0.dropFirst(head.count))
    }
  }
}

extension Node {
  fileprivate var labelTexts: [String] {
    guard case .byteStrings(let texts)? = annotations?.attributes[labelsName] else { return [] }
    return texts.map { String(decoding: $0, as: UTF8.self) }
  }
}
