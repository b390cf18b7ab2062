import GraphIR
import Tensors

/// What an attribute declares.
enum Declaration {
  case image(ImagePreparation)
  case labels(String)
}

extension Elaborator {
  /// What attributes declare.
  ///
  /// - Parameter what: What they stand before: a placeholder or an output.
  func declarations(
    _ attributes: [AttributeSyntax], of what: String
  ) throws(ElaborationFailure) -> [Declaration] {
    var result: [Declaration] = []
    var first: [String: SourceRange] = [:]
    for attribute in attributes {
      let name = attribute.name.name
      if let earlier = first.updateValue(attribute.range, forKey: name) {
        throw report(
          "'@\(name)' is said twice", at: attribute.range,
          notes: [Diagnostic.Note("the first one is here", at: file.location(of: earlier))])
      }
      switch name {
      case "image" where what == "a placeholder":
        var preparation = ImagePreparation()
        try set(&preparation, attribute.arguments)
        result.append(.image(preparation))
      case "image":
        throw report(
          "'@image' stands before a placeholder; \(what) takes '@labels'", at: attribute.range)
      case "labels": result.append(.labels(try labels(attribute)))
      default: throw unknown(attribute)
      }
    }
    return result
  }

  private func unknown(_ attribute: AttributeSyntax) -> ElaborationFailure {
    let nearest = suggestion(for: attribute.name.name, among: ["image", "labels"])
    return report(
      "there is no attribute '@\(attribute.name.name)'", at: attribute.range,
      notes: nearest.isEmpty ? [note("there are '@image' and '@labels'")] : nearest)
  }

  /// Reports an attribute before a statement that takes none.
  func misplaced(_ attribute: AttributeSyntax) -> ElaborationFailure {
    guard ["image", "labels"].contains(attribute.name.name) else { return unknown(attribute) }
    return report(
      "'@\(attribute.name.name)' stands before "
        + (attribute.name.name == "image" ? "a placeholder" : "a placeholder or an output"),
      at: attribute.range)
  }

  /// Takes arguments as they are written.
  func set(
    _ preparation: inout ImagePreparation, _ arguments: [ArgumentSyntax]
  ) throws(ElaborationFailure) {
    var seen: Set<String> = []
    for argument in arguments {
      let term = try evaluate(argument.value)
      guard let label = argument.label else {
        throw report(
          "what '@image' takes has labels", at: argument.value.range,
          notes: [note("write '@image(size: 224, crop: .center)'")])
      }
      guard seen.insert(label.name).inserted else {
        throw report("the argument '\(label.name):' is given twice", at: label.range)
      }
      guard let value = term.argument else {
        throw report("'@image' cannot take \(term.kind)", at: argument.value.range)
      }
      do {
        try preparation.set(label.name, value)
      } catch {
        throw report(
          "@image: \(error)", at: argument.value.range,
          notes: error.suggestion.map { [note($0)] } ?? [])
      }
    }
  }

  private func labels(_ attribute: AttributeSyntax) throws(ElaborationFailure) -> String {
    let usage = [note("write '@labels(\"names.json\")'")]
    guard let argument = attribute.arguments.first, attribute.arguments.count == 1,
      argument.label == nil
    else { throw report("'@labels' takes one file", at: attribute.range, notes: usage) }
    guard case .text(let path) = try evaluate(argument.value), !path.isEmpty else {
      throw report("'@labels' takes a path in quotes", at: argument.value.range, notes: usage)
    }
    return path
  }

  /// Declares what attributes say of a value.
  func declare(
    _ declarations: [Declaration], of value: Value, at range: SourceRange
  ) throws(ElaborationFailure) {
    for declaration in declarations {
      switch declaration {
      case .image(let preparation): graph.declareImage(value, preparation)
      case .labels(let path): graph.declareLabels(value, path)
      }
    }
    try checkFaults(range)
  }
}

extension ImagePreparation {
  /// The same with changes that are written as the arguments of `@image`, as a command line gives
  /// them: `size: 512, filter: .lanczos`.
  ///
  /// - Throws: `GraphError` that shows the argument that is wrong.
  public func changed(by arguments: String) throws(GraphError) -> ImagePreparation {
    let source = SourceFile(
      name: "", text: "@image(\(arguments)) placeholder image: Float32[*]")
    let (tree, faults) = source.parse()
    guard faults.isEmpty, tree.statements.count == 1, tree.comments.isEmpty,
      let attribute = tree.statements[0].attributes.first, tree.statements[0].attributes.count == 1
    else {
      throw GraphError(
        "'\(arguments)' are no arguments of an image\(faults.first.map { ": \($0.message)" } ?? "")",
        notes: ["write them as in a graph: size: 224, crop: .center"])
    }
    let elaborator = Elaborator(registry: OperatorRegistry([]), limits: GraphLimits())
    var result = self
    do throws(ElaborationFailure) {
      try elaborator.set(&result, attribute.arguments)
    } catch {
      let fault = elaborator.diagnostics.sorted.first
      throw GraphError(
        fault?.message ?? "'\(arguments)' are no arguments of an image",
        notes: fault?.notes.map(\.message) ?? [])
    }
    return result
  }
}
