extension Drawing {
  /// The drawing as an SVG file's text.
  func svg() -> String {
    let size = "\(number(width)) \(number(height))"
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size)\" width=\"\(number(width))\""
        + " height=\"\(number(height))\" font-family=\"system-ui, 'Segoe UI', Helvetica, Arial,"
        + " sans-serif\">",
      "<rect width=\"100%\" height=\"100%\" fill=\"\(Color.background.hexadecimal)\"/>",
    ]
    lines += marks.map(element)
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  private func element(_ mark: Mark) -> String {
    switch mark {
    case .line(let points, let width, let color, let opacity):
      let places = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
      return "<polyline points=\"\(places)\" fill=\"none\" stroke=\"\(color.hexadecimal)\""
        + " stroke-width=\"\(number(width))\" stroke-linejoin=\"round\" stroke-linecap=\"round\""
        + (opacity < 1 ? " stroke-opacity=\"\(number(opacity))\"/>" : "/>")
    case .rectangle(let x, let y, let width, let height, let color):
      return "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\""
        + " height=\"\(number(height))\" fill=\"\(color.hexadecimal)\"/>"
    case .disc(let center, let radius, let color):
      return "<circle cx=\"\(number(center.x))\" cy=\"\(number(center.y))\" r=\"\(number(radius))\""
        + " fill=\"\(color.hexadecimal)\" stroke=\"\(Color.background.hexadecimal)\""
        + " stroke-width=\"1.2\"/>"
    case .text(let text, let place, let size, let anchor, let color, let isBold):
      let anchors: [Mark.Anchor: String] = [.start: "start", .middle: "middle", .end: "end"]
      // Capitals are about 0.72 of what SVG calls the size.
      return "<text x=\"\(number(place.x))\" y=\"\(number(place.y))\" font-size=\""
        + "\(number(size / 0.72))\" text-anchor=\"\(anchors[anchor]!)\""
        + " fill=\"\(color.hexadecimal)\"\(isBold ? " font-weight=\"600\"" : "")>"
        + "\(escaped(text))</text>"
    }
  }

  /// A number with at most two digits after the point.
  private func number(_ value: Double) -> String { decimal(value, digits: 2, trimmed: true) }

  /// Text as XML takes it, without what XML cannot hold.
  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar.value < 32 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Color {
  /// `#` and two digits of base 16 for each colour.
  var hexadecimal: String {
    let digits = [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return "#" + digits.joined()
  }
}
