import GraphIR

/// Whether windows may lie beyond the border.
public enum Padding: String, EnumeratedAttribute {
  /// They may, so that there is a window for each step, and none is left out.
  case same = "SAME"
  /// They may not.
  case valid = "VALID"
  /// They may, as far as an attribute beside this one says.
  case explicit = "EXPLICIT"
}
