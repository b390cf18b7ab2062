import GraphIR
import Tensors

/// What is done with the elements of a vector by their equality, whatever their type.
protocol ElementVisitor {
  associatedtype Result
  /// Is given the elements of one or several vectors of one type.
  mutating func visit<Element: Hashable>(_ vectors: [[Element]]) throws -> Result
}

/// Calls the visitor with the elements of vectors of one type.
///
/// Equality is that of numbers: 0 equals −0, and a NaN nothing.
func visitElements<Visitor: ElementVisitor>(
  _ tensors: [Tensor], _ visitor: inout Visitor
) throws -> Visitor.Result {
  switch tensors[0].dataType {
  case .float32: try visitor.visit(tensors.map { try $0.elements(as: Float.self) })
  case .float64: try visitor.visit(tensors.map { try $0.elements(as: Double.self) })
  case .float16, .bfloat16:
    // Every such number is a Float32.
    try visitor.visit(
      tensors.map { try $0.converted(to: .float32).elements(as: Float.self) })
  case .int8: try visitor.visit(tensors.map { try $0.elements(as: Int8.self) })
  case .int16: try visitor.visit(tensors.map { try $0.elements(as: Int16.self) })
  case .int32: try visitor.visit(tensors.map { try $0.elements(as: Int32.self) })
  case .int64: try visitor.visit(tensors.map { try $0.elements(as: Int64.self) })
  case .uint8: try visitor.visit(tensors.map { try $0.elements(as: UInt8.self) })
  case .uint16: try visitor.visit(tensors.map { try $0.elements(as: UInt16.self) })
  case .uint32: try visitor.visit(tensors.map { try $0.elements(as: UInt32.self) })
  case .uint64: try visitor.visit(tensors.map { try $0.elements(as: UInt64.self) })
  case .bool: try visitor.visit(tensors.map { try $0.elements(as: Bool.self) })
  case .string: try visitor.visit(tensors.map { try $0.strings() })
  }
}

/// Where each distinct element of a vector stands first, and which of these each element is.
struct Occurrences: ElementVisitor {
  /// The position of the first of each distinct elements, in order.
  private(set) var first: [Int] = []
  /// For each element, the number of its distinct element.
  private(set) var numbers: [Int] = []
  /// How often each distinct element stands there.
  private(set) var counts: [Int] = []

  /// The occurrences in a vector.
  init(in vector: Tensor) throws {
    try visitElements([vector], &self)
  }

  mutating func visit<Element: Hashable>(_ vectors: [[Element]]) {
    var known: [Element: Int] = [:]
    numbers.reserveCapacity(vectors[0].count)
    for (position, element) in vectors[0].enumerated() {
      let number: Int
      // What does not equal itself is new each time.
      if element == element, let earlier = known[element] {
        number = earlier
        counts[number] += 1
      } else {
        number = first.count
        first.append(position)
        counts.append(1)
        if element == element { known[element] = number }
      }
      numbers.append(number)
    }
  }
}

/// The positions of the elements of a vector that another does not hold.
struct Difference: ElementVisitor {
  mutating func visit<Element: Hashable>(_ vectors: [[Element]]) -> [Int] {
    let other = Set(vectors[1])
    return vectors[0].indices.filter { !other.contains(vectors[0][$0]) }
  }
}
