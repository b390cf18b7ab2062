import StaticGraph

/// A value of a random graph, and what it is in the run.
struct RandomValue: Sendable {
  var endpoint: Endpoint
  var tensor: Tensor
  /// Whether it can be differentiated by a placeholder.
  var isLive: Bool
}

/// An input that a form chose, with the sizes that it has in the run.
struct Operand {
  var value: Value
  var sizes: [Int]
  var rank: Int { sizes.count }
}

/// One step of a random graph: where a form takes the inputs of an operator from.
///
/// Numbers are earlier values of the graph as a rule, brought into the shape and the range that
/// the operator asks for, and constants else.
struct RandomStep {
  let recipe: Recipe
  /// The graph to append to, which is thrown away where the step fails.
  let graph: Graph
  /// The type of the operator's numbers.
  let numberType: DataType
  /// The type of floating-point numbers in this graph.
  let floatType: DataType
  /// The values that the step may take.
  let pool: [RandomValue]
  var random: RandomNumbers
  /// For each input the range that its numbers are brought into.
  var ranges: [ClosedRange<Double>?]

  /// Appends the operator with attributes by the names that the file gives them.
  func apply(_ inputs: [Value], _ attributes: KeyValuePairs<String, AttributeValue> = [:])
    -> GraphNode?
  {
    var operation = recipe.operatorType.init()
    for (name, value) in attributes {
      guard (try? operation.setAttribute(name, value)) == true else {
        fatalError("\(recipe.name) has no attribute \(name) like \(value)")
      }
    }
    return graph.append(operation, inputs, origin: .unknown)
  }

  /// The same with operands.
  func apply(_ inputs: [Operand], _ attributes: KeyValuePairs<String, AttributeValue> = [:])
    -> GraphNode?
  {
    apply(inputs.map(\.value), attributes)
  }

  // MARK: - Constants

  /// A constant of a type, sizes and range.
  mutating func constant(
    _ type: DataType, _ sizes: [Int], in range: ClosedRange<Double>? = nil
  ) -> Operand {
    Operand(value: graph.constant(random.tensor(type, sizes, in: range)), sizes: sizes)
  }

  /// `Int32` or `Int64`.
  mutating func indexType() -> DataType { random.choose([.int32, .int32, .int64]) }

  /// A vector of axes, sizes or the like.
  mutating func vector(_ numbers: [Int], _ type: DataType? = nil) -> Value {
    let tensor = Tensor(numbers.map { Int64($0) })
    return graph.constant(try! tensor.converted(to: type ?? indexType()))
  }

  /// One axis, size or the like.
  mutating func scalar(_ number: Int, _ type: DataType? = nil) -> Value {
    graph.constant(try! Tensor(Int64(number)).converted(to: type ?? indexType()))
  }

  // MARK: - Numbers

  /// A value for an input, of any of those ranks.
  mutating func operand(
    _ position: Int = 0, ranks: ClosedRange<Int> = 0...5, type: DataType? = nil
  ) -> Operand {
    let type = type ?? numberType
    if takesValue(type), let chosen = choose(type) {
      if ranks.contains(chosen.tensor.rank) { return used(chosen, at: position) }
      let count = chosen.tensor.elementCount
      if let sizes = random.sizes(ranks: ranks, count: count) {
        return Operand(
          value: reshape(used(chosen, at: position).value, to: sizes), sizes: sizes)
      }
    }
    return constant(type, random.sizes(ranks: ranks), in: range(of: position))
  }

  /// A value for an input, of those sizes.
  mutating func operand(_ position: Int, sizes: [Int], type: DataType? = nil) -> Operand {
    let type = type ?? numberType
    if takesValue(type) {
      let fitting = candidates { $0.tensor.dataType == type && $0.tensor.dimensions == sizes }
      if let fitting = fitting.randomElement(using: &random) { return used(fitting, at: position) }
      let count = sizes.reduce(1, *)
      let equal = candidates { $0.tensor.dataType == type && $0.tensor.elementCount == count }
      if let fitting = equal.randomElement(using: &random), random.happens(60) {
        return Operand(
          value: reshape(used(fitting, at: position).value, to: sizes), sizes: sizes)
      }
      if type.isFloatingPoint, let other = choose(type), other.tensor.elementCount > 0 {
        // Every element of the value has its part, and those of the result differ.
        let part = sin(sum(plain(other)))
        let shift = constant(type, sizes).value
        return Operand(
          value: squeezed(broadcast(part, to: sizes) + shift, into: range(of: position), type),
          sizes: sizes)
      }
    }
    return constant(type, sizes, in: range(of: position))
  }

  /// A value for an input that broadcasts with those sizes.
  mutating func operand(_ position: Int, broadcastingWith sizes: [Int], type: DataType? = nil)
    -> Operand
  {
    let (shape, dataType) = (Shape(sizes), type ?? numberType)
    let fitting = candidates {
      $0.tensor.dataType == dataType && shape.broadcast(with: $0.tensor.shape) != nil
    }
    if let chosen = fitting.randomElement(using: &random), random.happens(60) {
      return used(chosen, at: position)
    }
    return operand(position, sizes: random.sizes(broadcastingWith: sizes), type: type)
  }

  /// Integers from 0 up to a bound, which is above 0: constants, or a value where one fits.
  mutating func indices(below bound: Int, _ sizes: [Int], type: DataType? = nil) -> Value {
    let type = type ?? indexType()
    let range = 0...Double(bound - 1)
    let fitting = pool.filter {
      $0.tensor.dataType == type && $0.tensor.dimensions == sizes && $0.tensor.lies(in: range)
    }
    if let chosen = fitting.randomElement(using: &random), random.happens(70) {
      return plain(chosen)
    }
    return constant(type, sizes, in: range).value
  }

  // MARK: - Choice and range

  private mutating func takesValue(_ type: DataType) -> Bool {
    random.happens(type.isFloatingPoint && recipe.isDifferentiable ? 92 : 65)
  }

  /// One of the values of a type: by preference a late one that is not empty and, where the
  /// operator can be differentiated, can be too.
  private mutating func choose(_ type: DataType) -> RandomValue? {
    candidates { $0.tensor.dataType == type }.randomElement(using: &random)
  }

  /// The values that may be chosen among those that suit.
  private mutating func candidates(_ suits: (RandomValue) -> Bool) -> [RandomValue] {
    var values = pool.filter(suits)
    func prefer(_ percent: Int, _ isBetter: (RandomValue) -> Bool) {
      let better = values.filter(isBetter)
      if !better.isEmpty, random.happens(percent) { values = better }
    }
    if recipe.isDifferentiable { prefer(85) { $0.isLive } }
    prefer(85) { $0.tensor.elementCount > 0 }
    return Array(values.suffix(random.happens(50) ? 3 : values.count))
  }

  private func range(of position: Int) -> ClosedRange<Double>? {
    ranges.indices.contains(position) ? ranges[position] : nil
  }

  /// A value as it is, but a constant for gradients where the operator asks for that.
  private func plain(_ value: RandomValue) -> Value {
    let plain = graph.value(at: value.endpoint)
    return recipe.isStopped && plain.dataType.isFloatingPoint ? stopGradient(plain) : plain
  }

  /// A value as it is, or brought into the range of an input.
  private func used(_ value: RandomValue, at position: Int) -> Operand {
    let sizes = value.tensor.dimensions
    let plain = plain(value)
    guard let range = range(of: position), !value.tensor.lies(in: range) else {
      return Operand(value: plain, sizes: sizes)
    }
    return Operand(value: squeezed(plain, into: range, value.tensor.dataType), sizes: sizes)
  }

  private func squeezed(
    _ value: Value, into range: ClosedRange<Double>?, _ type: DataType
  ) -> Value {
    guard let range else { return value }
    let width = range.upperBound - range.lowerBound
    if type.isFloatingPoint {
      return number(range.lowerBound + width / 2, type)
        + number(width * 0.49, type) * sin(value)
    }
    guard type.isInteger else { return value }
    let (least, most) = (range.lowerBound.rounded(.up), range.upperBound.rounded(.down))
    return number(least, type) + floorMod(value, number(max(1, most - least + 1), type))
  }

  private func number(_ number: Double, _ type: DataType) -> Value {
    graph.constant(try! Tensor(number).converted(to: type))
  }
}

extension Tensor {
  /// Whether all elements lie in a range, as truth values do.
  func lies(in range: ClosedRange<Double>) -> Bool {
    guard dataType != .bool else { return true }
    let numbers = try? converted(to: .float64).elements(as: Double.self)
    return numbers?.allSatisfy(range.contains) ?? false
  }
}
