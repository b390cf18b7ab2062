/// Elements of which the smallest is taken first.
package struct SmallestFirst<Element: Comparable> {
  @usableFromInline var heap: [Element] = []

  /// No elements.
  @inlinable package init() {}

  /// Adds an element.
  @inlinable
  package mutating func insert(_ element: Element) {
    heap.append(element)
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the smallest element; `nil` when there is none.
  @inlinable
  package mutating func removeFirst() -> Element? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return first }
    heap[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      if heap[parent] <= heap[child] { break }
      heap.swapAt(parent, child)
      parent = child
    }
    return first
  }
}
