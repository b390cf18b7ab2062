import GraphIR
import Tensors

/// An argument that is a case with what it is made of, as `.adam(learningRate: 0.001)`.
struct ChoiceArgument {
  let name: String
  private let parameter: String
  private let parts: [String: FunctionArgument]

  /// The case of an argument; `nil` when the call leaves it out.
  ///
  /// - Parameters:
  ///   - argument: What the call gives.
  ///   - parameter: The name of the parameter.
  ///   - names: The cases that there are.
  ///   - noun: What a case is, for messages.
  ///   - example: How one is written.
  /// - Throws: `ShapeError` when it is no case, or none of them.
  init?(
    _ argument: FunctionArgument?, parameter: String, of names: [String], noun: String,
    example: String
  ) throws {
    switch argument {
    case nil: return nil
    case .name(let name): (self.name, parts) = (name, [:])
    case .choice(let name, let given): (self.name, parts) = (name, given)
    case let other?:
      throw ShapeError(
        "\(parameter) must be \(noun == "optimizer" ? "an" : "a") \(noun) such as \(example), but"
          + " it is \(other.kind)")
    }
    self.parameter = parameter
    guard names.contains(name) else {
      throw ShapeError(
        "\(parameter): there is no \(noun) .\(name)",
        suggestion: nearestName(to: name, among: names).map { "did you mean .\($0)?" }
          ?? "there are \(names.map { ".\($0)" }.joined(separator: ", "))")
    }
  }

  /// Sees to it that there is no other part than these.
  func check(labels: [String]) throws {
    if let unknown = parts.keys.sorted().first(where: { !labels.contains($0) }) {
      let near = nearestName(to: unknown, among: labels).map { "did you mean \($0)? " } ?? ""
      throw ShapeError(
        "\(parameter): .\(name) has no '\(unknown)'",
        suggestion: near + "it has \(labels.joined(separator: ", "))")
    }
  }

  /// A part that is a number or a scalar of the graph.
  func number(_ label: String, default standard: OptimizerNumber? = nil) throws -> OptimizerNumber {
    switch parts[label] {
    case nil:
      guard let standard else { throw ShapeError("\(parameter): .\(name) needs \(label)") }
      return standard
    case .number(let number): return .number(number)
    case .integer(let integer): return .number(Double(integer))
    case .value(let value):
      guard value.shape.rank ?? 0 == 0, value.dataType.isNumeric else {
        throw ShapeError("\(parameter): \(label) must be a scalar, but it is \(value.type)")
      }
      return .value(value)
    case let other?:
      throw ShapeError("\(parameter): \(label) must be a number, but it is \(other.kind)")
    }
  }

  /// A part that is true or false, and false by default.
  func flag(_ label: String) throws -> Bool {
    guard let argument = parts[label] else { return false }
    guard case .flag(let flag) = argument else {
      throw ShapeError("\(parameter): \(label) must be true or false, but it is \(argument.kind)")
    }
    return flag
  }

  /// A part that is a list of values, and empty by default.
  func values(_ label: String) throws -> [Value] {
    let members: [FunctionArgument]
    switch parts[label] {
    case nil: return []
    case .list(let list)?: members = list
    case let single?: members = [single]
    }
    return try members.map {
      guard case .value(let value) = $0 else {
        throw ShapeError("\(parameter): \(label) must be variables, but it holds \($0.kind)")
      }
      return value
    }
  }
}
