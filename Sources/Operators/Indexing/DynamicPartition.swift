import GraphIR
import Tensors

/// The slices of a tensor, each given to one of several results.
public struct DynamicPartition: Operator {
  public static let name = "DynamicPartition"
  public static let summary = "The slices of a tensor, each given to one of several results."
  public static let signature = Signature(
    inputs: [.init("data", "T"), .init("partitions", .fixed(.int32))],
    outputs: [.init("outputs", "T", count: "num_partitions")], types: ["T": .any])
  public static let attributes: [Attribute<DynamicPartition>] = [
    .init(
      "num_partitions", \.partitionCount, "The number of results.", label: "count",
      isRequired: true)
  ]
  public static let traits: OperatorTraits = .sizesDependOnValues

  /// The number of results.
  public var partitionCount = 1

  public init() {}

  /// Slices for so many results.
  public init(_ partitionCount: Int) {
    self.partitionCount = partitionCount
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let (data, partitions) = (request.shape(0).dimensions, request.shape(1).dimensions)
    var shape = Shape.unknown
    if let data, let partitions {
      guard data.count >= partitions.count,
        Shape(dimensions: Array(data.prefix(partitions.count)))
          .isCompatible(with: Shape(dimensions: partitions))
      else {
        throw ShapeError(
          "partitions is \(request.inputs[1]), but data is \(request.inputs[0]), which must have"
            + " the same first sizes")
      }
      shape = Shape(dimensions: [nil] + data.dropFirst(partitions.count))
    }
    return Array(repeating: shape, count: partitionCount)
  }

  // What flows back into a slice stands where the partition has put the slice.
  public static let gradient = GradientRule.rule { g in
    let (data, partitions) = (g.x, g.y)
    let origin = reshape(positions(in: partitions), like: partitions)
    let places = dynamicPartition(origin, partitions, count: g.outputs.count)
    let gradients = zip(g.outputs, g.outputGradients).map { $1 ?? zeros(like: $0) }
    return [reshape(dynamicStitch(indices: places, data: gradients), like: data), nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    throw GraphError("the number of slices in each result is known only after the partitions")
  }

  public func evaluate(_ inputs: [Tensor]) throws -> [Tensor] {
    let partitions = try inputs[1].elements(as: Int32.self)
    var positions = [[Int]](repeating: [], count: partitionCount)
    for (position, partition) in partitions.enumerated() {
      guard positions.indices.contains(Int(partition)) else {
        throw KernelError(
          "partitions holds \(partition) at position \(position), which is not in"
            + " 0..<\(partitionCount)")
      }
      positions[Int(partition)].append(position)
    }
    let slices = try Slices(inputs[0], axes: inputs[1].rank)
    return try positions.map(slices.gathered)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "elements", DynamicPartition(2), [.sample([5]), Tensor([Int32(0), 0, 1, 1, 0])]),
      Sample(
        "rows, none for one", DynamicPartition(3), [.sample([4, 2]), Tensor([Int32(2), 0, 2, 0])]),
      Sample(
        "slices of a cube", DynamicPartition(2),
        [.sample([2, 2, 3]), try! Tensor([Int32(1), 0, 1, 1], dimensions: [2, 2])]),
      Sample("a scalar", DynamicPartition(2), [.sample([]), Tensor(Int32(1))]),
      Sample("nothing", DynamicPartition(2), [.sample([0, 3]), Tensor([Int32]())]),
      Sample("empty slices", DynamicPartition(2), [.sample([2, 0]), Tensor([Int32(1), 0])]),
      Sample(
        "texts", DynamicPartition(2), [Tensor(["a", "b", "c"]), Tensor([Int32(1), 0, 1])],
        everyType: false, differentiable: false),
      Sample(
        failing: "other first sizes", DynamicPartition(2),
        [.sample([3, 2]), Tensor([Int32(0), 1])],
        message: "partitions is Int32[2], but data is Float64[3, 2], which must have the same first"
          + " sizes"),
      Sample(
        failing: "no results", DynamicPartition(0), [.sample([2]), Tensor([Int32(0), 1])],
        message: "attribute num_partitions must count the outputs, from 1 to 1048576"),
    ]
  }
}

/// The slices of a tensor, each given to one of several results.
///
/// - Parameters:
///   - data: Any tensor.
///   - partitions: `Int32` numbers of results, from 0 up, one for each slice: its sizes are the
///     first sizes of `data`. A run fails where there is no result of that number.
///   - count: The number of results, at least 1.
/// - Returns: For each result its slices, one below the other in their order. How many there are
///   is known only when the graph runs.
public func dynamicPartition(
  _ data: Value, _ partitions: Value, count: Int, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> [Value] {
  let node = data.graph.append(
    DynamicPartition(count), [data, partitions], name: name,
    origin: Origin(fileID: fileID, line: line))
  // Whoever takes the results apart by their number meets invalid ones instead of a missing one.
  return node.isValid
    ? node.outputs : Array(repeating: node.output, count: min(max(1, count), 1024))
}
