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

  static func checkCount(_ count: Int, _ signature: Signature) throws {
    let lists = signature.inputs.count(where: \.isList)
    let declared = signature.inputs.count
    if lists == 0, count != declared {
      throw ShapeError("takes \(declared) \(noun(declared)), but \(count) were given")
    }
    // A list whose length an attribute counts has a member at least, as TensorFlow asks.
    let least =
      signature.inputs.allSatisfy { $0.countAttribute == nil } ? declared - lists : declared
    if lists > 0, count < least || signature.listLength(inputCount: count) == nil {
      throw ShapeError("takes at least \(least) \(noun(least)), but \(count) were given")
    }
  }

  private static func noun(_ count: Int) -> String { count == 1 ? "input" : "inputs" }

  private static func outputTypes<Op: Operator>(
    of operation: Op, _ signature: Signature, _ inputs: [TensorType]
  ) throws -> [DataType] {
    // A handful of variables at most, so that a list beats a dictionary.
    var bound: [(name: String, type: DataType, input: Int)] = []
    var lists: [(name: String, types: [DataType])] = []
    for (position, input) in inputs.enumerated() {
      let parameter = signature.input(position, of: inputs.count)!
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
      case .list(let variable):
        if lists.last?.name != variable { lists.append((variable, [])) }
        lists[lists.count - 1].types.append(input.dataType)
      case .untold: break
      }
    }
    return try signature.outputs.flatMap { output -> [DataType] in
      switch output.type {
      case .list(let variable):
        return lists.first { $0.name == variable }?.types ?? []
      case .untold: throw ShapeError("the type of \(output.name) is not told")
      case .fixed(let type):
        return Array(
          repeating: type, count: try length(of: output, operation, signature, inputs.count))
      case .variable(let variable):
        let count = try length(of: output, operation, signature, inputs.count)
        if let binding = bound.first(where: { $0.name == variable }) {
          return Array(repeating: binding.type, count: count)
        }
        guard let type = operation.attributeType(variable) else {
          throw ShapeError("attribute \(variable) is missing")
        }
        try checkAllowed(type, variable, signature) {
          "attribute \(variable) must be \($0), but it is \(type)"
        }
        return Array(repeating: type, count: count)
      }
    }
  }

  /// The most outputs that a node may have.
  private static let outputLimit = 1 << 20

  /// How many outputs a declaration stands for.
  private static func length<Op: Operator>(
    of output: Signature.Parameter, _ operation: Op, _ signature: Signature, _ inputCount: Int
  ) throws -> Int {
    guard let name = output.countAttribute else { return 1 }
    if signature.inputs.contains(where: { $0.countAttribute == name }) {
      return signature.listLength(inputCount: inputCount) ?? 0
    }
    let value = Op.attributes.first { $0.name == name }?.get(operation)
    guard case .integer(let count) = value, (1...Int64(outputLimit)).contains(count) else {
      throw ShapeError("attribute \(name) must count the outputs, from 1 to \(outputLimit)")
    }
    return Int(count)
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
      let (parameter, member) = Signature.parameter(signature.inputs, position, inputs.count)!
      return parameter.isList ? "\(parameter.displayName)[\(member)]" : parameter.displayName
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
