/// A place in a picture: to the right and down from the upper left corner.
struct Point: Equatable {
  var x: Double
  var y: Double
}

/// A colour of sRGB.
struct Color: Equatable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8

  init(_ hexadecimal: UInt32) {
    red = UInt8(truncatingIfNeeded: hexadecimal >> 16)
    green = UInt8(truncatingIfNeeded: hexadecimal >> 8)
    blue = UInt8(truncatingIfNeeded: hexadecimal)
  }

  static let background = Color(0xFFFFFF)
  static let grid = Color(0xE9ECF0)
  static let axis = Color(0xB6BDC8)
  static let faintText = Color(0x5B6472)
  static let text = Color(0x1B2330)

  /// The colours of series, one after the other.
  static let series = [
    Color(0x2F6BDE), Color(0xEE7A1D), Color(0x1A9E77), Color(0x9A4FD3), Color(0xD43D6C),
    Color(0x0FA3B8), Color(0x8A6D3B), Color(0x6B7686),
  ]
}

/// What a picture is drawn of.
enum Mark {
  /// Straight lines from point to point, with round ends.
  case line([Point], width: Double, color: Color, opacity: Double)
  /// A filled rectangle.
  case rectangle(x: Double, y: Double, width: Double, height: Double, color: Color)
  /// A filled disc with a white rim.
  case disc(center: Point, radius: Double, color: Color)
  /// Text whose baseline begins, has its middle or ends at a point; `size` is its capitals' height.
  case text(String, at: Point, size: Double, anchor: Anchor, color: Color, isBold: Bool)

  enum Anchor {
    case start, middle, end
  }
}

/// A picture as marks, the later ones above the earlier ones.
struct Drawing {
  var width: Double
  var height: Double
  var marks: [Mark] = []
}
