import GraphIR
import Tensors

/// The name that Keras makes of a type's: `MaxPooling2D` becomes `max_pooling2d`.
func usualName(ofType name: String) -> String {
  let letters = Array(name.unicodeScalars.filter { $0.isASCII }.map(Character.init))
  var result = ""
  for (position, letter) in letters.enumerated() {
    if letter.isUppercase, position > 0 {
      let before = letters[position - 1]
      let beginsWord = letters.dropFirst(position + 1).first?.isLowercase ?? false
      if before.isLowercase || (beginsWord && before != "_") { result += "_" }
    }
    result += letter.lowercased()
  }
  return result
}

/// The names of layers, in the order in which they were made: the given ones, else `dense`,
/// `dense_1`, ….
///
/// - Throws: `GraphError` for a name that no node can have, or that two layers have.
func layerNames(_ layers: [(typeName: String, identity: LayerIdentity)]) throws -> [String] {
  var names = [String](repeating: "", count: layers.count)
  var taken: Set<String> = []
  for (position, layer) in layers.enumerated() {
    guard let name = layer.identity.name else { continue }
    guard isNodeName(name), !name.contains("/") else {
      throw GraphError(
        "'\(name)' cannot name a layer (\(layer.typeName))",
        at: layer.identity.origin.location,
        notes: ["a name has letters, digits, '_', '-' and '.', and begins with a letter or digit"])
    }
    guard taken.insert(name).inserted else {
      throw GraphError(
        "two layers have the name '\(name)'", at: layer.identity.origin.location,
        notes: ["name them differently: their weights are found by the names of the layers"])
    }
    names[position] = name
  }
  var counts: [String: Int] = [:]
  let order = layers.indices.sorted { layers[$0].identity.number < layers[$1].identity.number }
  for position in order where names[position].isEmpty {
    let base = usualName(ofType: layers[position].typeName)
    var name: String
    repeat {
      let count = counts[base, default: 0]
      name = count == 0 ? base : "\(base)_\(count)"
      counts[base] = count + 1
    } while !taken.insert(name).inserted
    names[position] = name
  }
  return names
}
