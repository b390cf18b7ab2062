/// `name = value` a line each, names aligned, arrays as NumPy prints them.
package func alignedText(_ results: [(name: String, tensor: Tensor)]) -> String {
  let width = results.map(\.name.count).max() ?? 0
  return results.map { name, tensor in
    let head = name + String(repeating: " ", count: width - name.count) + " = "
    let margin = "\n" + String(repeating: " ", count: head.count)
    let lines = tensor.description.split(separator: "\n", omittingEmptySubsequences: false)
    return head + lines.joined(separator: margin)
  }.joined(separator: "\n")
}
