/// Plain elements in memory of their own, for what runs read.
///
/// Reading one retains nothing; reading an element of an array, or what has an array in it, may.
final class Table<Element: BitwiseCopyable>: @unchecked Sendable {
  /// Where the elements lie, as long as the table is there.
  let start: UnsafeMutablePointer<Element>
  /// How many there are.
  let count: Int

  /// A copy of those elements.
  init(_ elements: [Element]) {
    count = elements.count
    start = .allocate(capacity: max(1, count))
    for (number, element) in elements.enumerated() {
      (start + number).initialize(to: element)
    }
  }

  deinit { start.deallocate() }

  /// The element of that number.
  subscript(number: Int) -> Element { start[number] }
}
