import Tensors

/// The check that every node passes: number and types of the inputs, then the shape rule.
enum TypeCheck {
  /// What is known of the outputs of an operator that is applied to those inputs.
  ///
  /// - Throws: `ShapeError` when the operator cannot take such inputs.
  static func outputs<Op: Operator>(
    of operation: Op, _ request: ShapeRequest
  ) throws -> [TensorType] {
    let signature = Op.signature
    try checkCount(request.inputs.count, signature)
    let types = try outputTypes(of: operation, signature, request.inputs)
    let shapes = try operation.outputShapes(request)
    return zip(types, shapes).map { TensorType($0, $1) }
  }

  private static func checkCount(_ count: Int, _ signature: Signature) throws {
    let declared = signature.inputs.count
    if signature.inputs.last?.countAttribute != nil {
      guard count >= declared else {
        throw ShapeError("takes at least \(declared) \(noun(declared)), but \(count) were given")
      }
    } else if count != declared {
      throw ShapeError("takes \(declared) \(noun(declared)), but \(count) were given")
    }
  }

  private static func noun(_ count: Int) -> String { count == 1 ? "input" : "inputs" }

  private static func outputTypes<Op: Operator>(
    of operation: Op, _ signature: Signature, _ inputs: [TensorType]
  ) throws -> [DataType] {
    // A handful of variables at most, so that a list beats a dictionary.
    var bound: [(name: String, type: DataType, input: Int)] = []
    for (position, input) in inputs.enumerated() {
      let parameter = signature.input(position)!
      switch parameter.type {
      case .fixed(let type):
        guard input.dataType == type else {
          throw ShapeError("\(parameter.displayName) must be \(type), but it is \(input)")
        }
      case .variable(let variable):
        if let earlier = bound.first(where: { $0.name == variable }) {
          guard earlier.type == input.dataType else {
            throw mismatch(signature, inputs, earlier.input, position)
          }
        } else {
          try checkAllowed(input.dataType, variable, signature) {
            "\(parameter.displayName) must be \($0), but it is \(input)"
          }
          bound.append((variable, input.dataType, position))
        }
      }
    }
    return try signature.outputs.map { output in
      switch output.type {
      case .fixed(let type): return type
      case .variable(let variable):
        if let binding = bound.first(where: { $0.name == variable }) { return binding.type }
        guard let type = operation.attributeType(variable) else {
          throw ShapeError("attribute \(variable) is missing")
        }
        try checkAllowed(type, variable, signature) {
          "attribute \(variable) must be \($0), but it is \(type)"
        }
        return type
      }
    }
  }

  private static func checkAllowed(
    _ type: DataType, _ variable: String, _ signature: Signature, _ message: (String) -> String
  ) throws {
    guard let allowed = signature.types.first(where: { $0.name == variable })?.allowed,
      !allowed.contains(type)
    else { return }
    throw ShapeError(message("\(allowed)"))
  }

  private static func mismatch(
    _ signature: Signature, _ inputs: [TensorType], _ first: Int, _ second: Int
  ) -> ShapeError {
    func label(_ position: Int) -> String {
      let parameter = signature.input(position)!
      guard parameter.countAttribute != nil else { return parameter.displayName }
      return "\(parameter.displayName)[\(position - (signature.inputs.count - 1))]"
    }
    return ShapeError(
      "\(label(first)) is \(inputs[first]), but \(label(second)) is \(inputs[second]);"
        + " both must have the same type of elements",
      suggestion: "convert one of them: cast(…, to: .\(lowercasedFirst(inputs[first].dataType)))")
  }
}

/// `Float32` as a case literal spells it, `float32`; `UInt8` gives `uint8`.
public func caseName(of type: DataType) -> String { lowercasedFirst(type) }

private func lowercasedFirst(_ type: DataType) -> String {
  type.name.lowercased()
}
