import StaticGraph
import Tensors

/// Results as text or as JSON, as section "Output" of the command's help describes.
enum ResultPrinter {
  /// `name = value` a line each, names aligned, arrays as NumPy prints them.
  static func text(_ results: [(name: String, tensor: Tensor)]) -> String {
    alignedText(results)
  }

  /// One object, name → value.
  static func json(_ results: [(name: String, tensor: Tensor)]) -> String {
    let members = results.map { name, tensor in
      "\(Tensor(name).json()): \(tensor.json())"
    }
    return "{\(members.joined(separator: ", "))}"
  }
}
