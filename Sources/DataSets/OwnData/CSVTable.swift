import Tensors

/// The examples of a CSV file, whose labels are texts still.
struct CSVTable {
  let path: String
  private(set) var columnCount = 0
  private(set) var labels: [String] = []
  private(set) var numbers: [Float] = []
  private var columnNames: [String] = []
  private var labelColumn = 0

  /// Names that a column of labels usually has.
  private static let labelNames = ["label", "labels", "class", "target", "species", "y"]

  /// - Parameter label: The name or, from 1 on, the number of the column with the labels.
  init(path: String, label: String?, limit: Int) throws {
    self.path = path
    var reader = CSVReader(try readFile(path, limit: limit), path: path)
    var fields: [[UInt8]] = []
    guard let first = try reader.nextRow(into: &fields) else {
      throw TensorError("'\(path)': rows of numbers were expected, but the file is empty")
    }
    columnCount = fields.count
    guard columnCount > 1 else {
      throw reader.failure(
        "numbers and a label, separated by commas, were expected, found one column", line: first)
    }
    let isHeader = fields.allSatisfy { csvNumber($0) == nil }
    if isHeader { columnNames = fields.map(csvText) }
    labelColumn = try Self.labelColumn(label, columnNames, columnCount, path)
    if !isHeader { try append(fields, reader, line: first) }
    while let line = try reader.nextRow(into: &fields) { try append(fields, reader, line: line) }
    guard !labels.isEmpty else {
      throw TensorError("'\(path)': rows were expected after the names of the columns, found none")
    }
  }

  private static func labelColumn(
    _ label: String?, _ names: [String], _ count: Int, _ path: String
  ) throws -> Int {
    guard let label else {
      return names.firstIndex { labelNames.contains($0.lowercased()) } ?? count - 1
    }
    if let column = names.firstIndex(of: label) { return column }
    if let number = Int(label), (1...count).contains(number) { return number - 1 }
    let near = nearestName(to: label, among: names).map { "; did you mean '\($0)'?" } ?? ""
    throw TensorError(
      "'\(path)' has no column '\(label)', by name or as one of the numbers 1 to \(count)\(near)")
  }

  private mutating func append(_ fields: [[UInt8]], _ reader: CSVReader, line: Int) throws {
    guard fields.count == columnCount else {
      throw reader.failure(
        "\(columnCount) fields were expected, as in the first row, found \(fields.count)",
        line: line)
    }
    for (column, field) in fields.enumerated() where column != labelColumn {
      guard let number = csvNumber(field) else {
        let name = columnNames.isEmpty ? "\(column + 1)" : "'\(columnNames[column])'"
        throw reader.failure(
          "a number was expected in column \(name), found '\(csvText(field).prefix(40))'",
          line: line)
      }
      numbers.append(number)
    }
    labels.append(csvText(fields[labelColumn]))
  }

  /// The examples with labels as numbers: their own, or else their places among the classes.
  func examples(classes: [String]) throws -> Examples {
    let places = Dictionary(
      classes.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { a, _ in a })
    let numbers = try Tensor(numbers, dimensions: [labels.count, columnCount - 1])
    // Without classes, all labels are numbers.
    let labels = labels.map { classes.isEmpty ? Int32($0)! : places[$0]! }
    return try Examples(numbers: numbers, labels: Tensor(labels))
  }

  /// The classes of tables: none where all labels are whole numbers from 0 on, else the labels in
  /// the order of their bytes.
  static func classes(of tables: [CSVTable]) -> [String] {
    let labels = Set(tables.flatMap(\.labels))
    if labels.allSatisfy({ Int32($0).map { $0 >= 0 } ?? false }) { return [] }
    return labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension DataSet {
  /// The data set of a CSV file: in each row an example's numbers and its label.
  ///
  /// Fields may be quoted as RFC 4180 says. A first row without any number names the columns.
  /// Labels are whole numbers from 0 on, or else texts, whose classes are numbered in the order of
  /// their bytes. Batches hold `Float32[n, columns]`, the numbers as they are.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - test: A file of the same columns to test with; without it, each tenth row is for tests.
  ///   - label: The name, or the number from 1 on, of the column with the labels. By default one of
  ///     a usual name, as `label` or `class`, else the last.
  ///   - limit: The largest file to accept, in bytes.
  /// - Throws: `TensorError` with the path, the line, what was expected and what was found.
  public init(
    csvFile path: String, test: String? = nil, label: String? = nil, limit: Int = 1 << 32
  ) throws {
    let table = try CSVTable(path: path, label: label, limit: limit)
    let testTable = try test.map { try CSVTable(path: $0, label: label, limit: limit) }
    if let testTable, testTable.columnCount != table.columnCount {
      throw TensorError(
        "'\(testTable.path)' has \(testTable.columnCount) columns, but '\(path)' has"
          + " \(table.columnCount)")
    }
    let classes = CSVTable.classes(of: [table] + (testTable.map { [$0] } ?? []))
    let examples = try table.examples(classes: classes)
    if let testTable {
      self.init(
        name: path, training: examples, test: try testTable.examples(classes: classes),
        classNames: classes)
    } else {
      try self.init(splitting: examples, name: path, classNames: classes)
    }
  }
}
