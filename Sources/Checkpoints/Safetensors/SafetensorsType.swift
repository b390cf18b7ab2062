import Tensors

/// The names that safetensors gives to types of elements.
enum SafetensorsType {
  /// The types in the order of the format's own list, by which its library sorts tensors.
  private static let names: [(DataType, String)] = [
    (.bool, "BOOL"), (.uint8, "U8"), (.int8, "I8"), (.int16, "I16"), (.uint16, "U16"),
    (.float16, "F16"), (.bfloat16, "BF16"), (.int32, "I32"), (.uint32, "U32"), (.float32, "F32"),
    (.float64, "F64"), (.int64, "I64"), (.uint64, "U64"),
  ]

  /// Where a type stands among all; `nil` for strings, of which the format has none.
  static func rank(of dataType: DataType) -> Int? {
    names.firstIndex { $0.0 == dataType }
  }

  /// The name of a type, or `nil` for strings.
  static func name(of dataType: DataType) -> String? {
    rank(of: dataType).map { names[$0].1 }
  }

  /// The type of that name, or `nil`.
  static func dataType(named name: String) -> DataType? {
    names.first { $0.1 == name }?.0
  }
}
