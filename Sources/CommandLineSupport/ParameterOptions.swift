import ArgumentParser
import StaticGraph

/// Values for the parameters of a `.graph` file.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: .customLong("define"), parsing: .singleValue,
    help: ArgumentHelp("Set a parameter of a .graph file.", valueName: "parameter=value"))
  var definitions: [String] = []

  /// The values by name.
  ///
  /// - Throws: `ValidationError` for what is not `name=value`, or a name that stands twice.
  var dictionary: [String: String] {
    get throws { try assignments(definitions, option: "--define") }
  }
}

/// The names that an option gives, which takes several and may stand several times.
func names(in texts: [String]) -> [String] {
  texts.flatMap { $0.split(separator: ",") }.compactMap { part in
    var name = part.drop(while: \.isWhitespace)
    while name.last?.isWhitespace == true { name.removeLast() }
    return name.isEmpty ? nil : String(name)
  }
}

/// The values of an option that is given as `name=value`, by name.
///
/// - Throws: `ValidationError` for what is not of that form, or a name that stands twice.
func assignments(_ texts: [String], option: String) throws -> [String: String] {
  var result: [String: String] = [:]
  for text in texts {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
      throw ValidationError("\(option) takes name=value, not '\(text)'")
    }
    let name = String(text[..<sign])
    let value = String(text[text.index(after: sign)...])
    if result.updateValue(value, forKey: name) != nil {
      throw ValidationError("\(option) gives '\(name)' twice")
    }
  }
  return result
}
