import GraphIR
import Operators
import Tensors

extension FrozenGraph {
  /// What is declared of a value, as the language writes it before the statement.
  func attributeTexts(of endpoint: Endpoint) -> [String] {
    var texts: [String] = []
    if isFed(endpoint), let preparation = imagePreparation(of: endpoint),
      (try? preparation.check(for: type(of: endpoint))) != nil
    {
      let arguments = preparation.arguments.map {
        TextLayout.text("\($0.label): \($0.value.literalText)")
      }
      texts.append(
        arguments.isEmpty
          ? "@image" : TextLayout.group("@image(", arguments, ")").rendered(after: 0))
    }
    if let file = labelsFile(of: endpoint), !file.isEmpty {
      texts.append("@labels(\(textLiteral(file)))")
    }
    return texts
  }

  /// Whether a value is that of a placeholder.
  func isFed(_ endpoint: Endpoint) -> Bool {
    let operation = nodes[endpoint.nodeIndex].operation
    return operation is PlaceholderWithDefault
      || Swift.type(of: operation).traits.contains(.fed)
  }
}
