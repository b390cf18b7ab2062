import StaticGraph

/// Results as text or as JSON, as section "Output" of the command's help describes.
enum ResultPrinter {
  /// `name = value` a line each, names aligned, arrays as NumPy prints them.
  static func text(_ results: [(name: String, tensor: Tensor)]) -> String {
    let width = results.map(\.name.count).max() ?? 0
    return results.map { name, tensor in
      let head = name + String(repeating: " ", count: width - name.count) + " = "
      let margin = "\n" + String(repeating: " ", count: head.count)
      let lines = tensor.description.split(separator: "\n", omittingEmptySubsequences: false)
      return head + lines.joined(separator: margin)
    }.joined(separator: "\n")
  }

  /// One object, name → value.
  static func json(_ results: [(name: String, tensor: Tensor)]) -> String {
    let members = results.map { name, tensor in
      "\(Tensor(name).json()): \(tensor.json())"
    }
    return "{\(members.joined(separator: ", "))}"
  }
}
