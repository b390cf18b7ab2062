import Tensors

extension ImagePreparation {
  /// The labels of everything that can be said, in their order.
  public static let labels = [
    "size", "crop", "filter", "mean", "deviation", "channels", "inverted",
  ]

  /// What differs from saying nothing, as arguments in their order.
  public var arguments: [(label: String, value: FunctionArgument)] {
    var result: [(label: String, value: FunctionArgument)] = []
    switch size {
    case nil: break
    case .shorterSide(let length)?: result.append(("size", .integer(length)))
    case .sides(let height, let width)?:
      result.append(("size", .list([.integer(height), .integer(width)])))
    }
    if crop != .none { result.append(("crop", .name(crop.rawValue))) }
    if filter != .bilinear { result.append(("filter", .name(filter.rawValue))) }
    if !mean.isEmpty { result.append(("mean", .list(mean.map { .number($0) }))) }
    if !deviation.isEmpty { result.append(("deviation", .list(deviation.map { .number($0) }))) }
    if let channels { result.append(("channels", .integer(channels))) }
    if inverted { result.append(("inverted", .flag(true))) }
    return result
  }

  /// Takes an argument.
  ///
  /// - Throws: `ShapeError` that begins with the label, for one that there is not or a value that
  ///   cannot be its.
  public mutating func set(_ label: String, _ value: FunctionArgument) throws(ShapeError) {
    switch (label, value) {
    case ("size", .integer(let length)): size = .shorterSide(length)
    case ("size", .list(let sides)):
      guard case .integer(let height)? = sides.first, case .integer(let width)? = sides.last,
        sides.count == 2
      else { throw Self.wrong(label, "one length, or [height, width],", value) }
      size = .sides(height: height, width: width)
    case ("size", _): throw Self.wrong(label, "one length, or [height, width],", value)
    case ("crop", _): crop = try Self.member(label, value)
    case ("filter", _): filter = try Self.member(label, value)
    case ("mean", _): mean = try Self.numbers(label, value)
    case ("deviation", _): deviation = try Self.numbers(label, value)
    case ("channels", .integer(let count)): channels = count
    case ("channels", _): throw Self.wrong(label, "an integer", value)
    case ("inverted", .flag(let flag)): inverted = flag
    case ("inverted", _): throw Self.wrong(label, "true or false", value)
    default:
      throw ShapeError(
        "\(label): images have no such argument",
        suggestion: nearestName(to: label, among: Self.labels).map { "did you mean '\($0):'?" }
          ?? "there are " + Self.labels.map { "'\($0):'" }.joined(separator: ", "))
    }
  }

  private static func wrong(
    _ label: String, _ wanted: String, _ value: FunctionArgument
  ) -> ShapeError {
    ShapeError("\(label): \(wanted) was expected, but this is \(value.kind)")
  }

  private static func member<Choice: CaseIterable & RawRepresentable<String>>(
    _ label: String, _ value: FunctionArgument
  ) throws(ShapeError) -> Choice {
    guard case .name(let name) = value, let choice = Choice(rawValue: name) else {
      let names = Choice.allCases.map(\.rawValue)
      var suggestion: String?
      if case .name(let name) = value { suggestion = nearestName(to: name, among: names) }
      throw ShapeError(
        "\(label): " + names.map { ".\($0)" }.joined(separator: ", ")
          + " were expected, but this is \(value.kind)",
        suggestion: suggestion.map { "did you mean '.\($0)'?" })
    }
    return choice
  }

  private static func numbers(
    _ label: String, _ value: FunctionArgument
  ) throws(ShapeError) -> [Double] {
    var members = [value]
    if case .list(let list) = value { members = list }
    var numbers: [Double] = []
    for member in members {
      switch member {
      case .integer(let integer): numbers.append(Double(integer))
      case .number(let number): numbers.append(number)
      default: throw wrong(label, "a number, or a list of numbers,", value)
      }
    }
    return numbers
  }
}

// MARK: - As a file stores it

extension ImagePreparation {
  /// The private attribute that holds it: a list of `label=value`, values as `.graph` writes them.
  static let attributeName = "_staticgraph_image"

  var attribute: AttributeValue {
    .byteStrings(arguments.map { Array("\($0.label)=\($0.value.literalText)".utf8) })
  }

  /// What an attribute holds; what cannot be read is passed over.
  init?(attribute: AttributeValue) {
    guard case .byteStrings(let texts) = attribute else { return nil }
    self.init()
    for text in texts.map({ String(decoding: $0, as: UTF8.self) }) {
      guard let sign = text.firstIndex(of: "="),
        let value = FunctionArgument(literalText: text[text.index(after: sign)...])
      else { continue }
      try? set(String(text[..<sign]), value)
    }
  }
}

extension FunctionArgument {
  /// The literal as `.graph` writes it, of integers, numbers, truth values, cases and lists of them.
  public var literalText: String {
    switch self {
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .name(let name): ".\(name)"
    case .list(let members): "[\(members.map(\.literalText).joined(separator: ", "))]"
    case .text(let text): textLiteral(text)
    case .value, .bytes, .choice: kind
    }
  }

  /// What `literalText` gives, read again.
  fileprivate init?(literalText text: Substring) {
    if let integer = Int(text) {
      self = .integer(integer)
    } else if let number = Double(text), number.isFinite {
      self = .number(number)
    } else if text == "true" || text == "false" {
      self = .flag(text == "true")
    } else if text.hasPrefix(".") {
      self = .name(String(text.dropFirst()))
    } else if text.hasPrefix("["), text.hasSuffix("]") {
      let members = text.dropFirst().dropLast().split(separator: ",").map { member in
        Substring(member.drop { $0 == " " })
      }
      guard members.count <= 16, !members.contains(where: { $0.hasPrefix("[") }) else { return nil }
      let values = members.compactMap { FunctionArgument(literalText: $0) }
      guard values.count == members.count else { return nil }
      self = .list(values)
    } else {
      return nil
    }
  }
}
