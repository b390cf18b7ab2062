import GraphIR
import Tensors

extension EinsumEquation {
  /// A kernel for inputs and output of known sizes: copies, sums and a batch of matrix products.
  ///
  /// - Throws: `GraphError` for a type that is not computed with.
  func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    let result = EinsumAxes(output, request.outputSizes())
    let byteCount = request.outputCount() * type.byteCount
    if request.outputCount() == 0 { return Kernel { _ in } }
    if request.inputs.indices.contains(where: { request.inputCount($0) == 0 }) {
      return Kernel { context in
        context.outputs[0].initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
      }
    }
    let terms = inputs.indices.map { EinsumAxes(inputs[$0], request.inputSizes($0)) }
    // What stands beside a diagonal is 0.
    let cleared = result.hasDiagonal ? byteCount : 0
    if terms.count == 1 {
      let order = result.axes.map(\.label)
      let copy = try StridedCopy(
        terms[0], order, target: result.axes.map(\.stride), type: type)
      return Kernel { context in
        let (x, target) = (context.inputs[0], context.outputs[0])
        target.initializeMemory(as: UInt8.self, repeating: 0, count: cleared)
        copy.run(context, from: x, to: target)
      }
    }
    let plan = try EinsumProduct(terms, result, type)
    return Kernel(scratchByteCount: plan.scratchByteCount) { context in
      context.outputs[0].initializeMemory(as: UInt8.self, repeating: 0, count: cleared)
      plan.run(context)
    }
  }

  /// How many multiplications the sum takes.
  func multiplications(_ request: KernelRequest) -> Double {
    var sizes: [EinsumLabel: Int] = [:]
    for (number, term) in inputs.enumerated() {
      for axis in EinsumAxes(term, request.inputSizes(number)).axes {
        sizes[axis.label] = axis.size
      }
    }
    return sizes.values.reduce(1) { $0 * Double($1) }
  }
}

/// An Einstein sum of two tensors, as a batch of matrix products.
///
/// Labels that both tensors and the result have count the batch, those that both have but the
/// result has not are summed over by the product. Where a tensor's axes stand in another order, or
/// some are summed over beforehand, it is copied first; the result likewise.
private final class EinsumProduct: Sendable {
  /// One of the two factors.
  private struct Factor: Sendable {
    var input: Int
    /// Makes the matrices; empty where the input's own memory holds them.
    var copy = StridedCopy.none
    var isTransposed: Bool
    var offset = 0
  }

  private let left: Factor
  private let right: Factor
  /// Puts the products in the order of the result; empty where they have it.
  private let copy: StridedCopy
  private let productOffset: Int
  private let work: MatrixProduct.Work
  /// Room for what is copied.
  let scratchByteCount: Int

  init(_ terms: [EinsumAxes], _ result: EinsumAxes, _ type: DataType) throws {
    let labels = result.axes.map(\.label)
    func free(_ own: Int) -> [EinsumLabel] {
      labels.filter { terms[own].contains($0) && !terms[1 - own].contains($0) }
    }
    let batch = labels.filter { terms[0].contains($0) && terms[1].contains($0) }
    let inner = terms[0].axes.map(\.label).filter {
      terms[1].contains($0) && !result.contains($0)
    }
    // The factors change places where the result then has the order of the products.
    let isSwapped =
      !result.isContiguous(in: batch + free(0) + free(1))
      && result.isContiguous(in: batch + free(1) + free(0))
    let order = isSwapped ? [1, 0] : [0, 1]
    var scratch = 0
    func reserve(_ count: Int) -> Int {
      defer { scratch += (count * type.byteCount + 63) / 64 * 64 }
      return scratch
    }
    var factors: [Factor] = []
    for (side, input) in order.enumerated() {
      let (own, rows) = (terms[input], free(input))
      let plain = batch + (side == 0 ? rows + inner : inner + rows)
      let transposed = batch + (side == 0 ? inner + rows : rows + inner)
      var factor = Factor(input: input, isTransposed: false)
      if !own.isContiguous(in: plain) {
        factor.isTransposed = own.isContiguous(in: transposed)
        if !factor.isTransposed {
          factor.copy = try StridedCopy(own, plain, target: contiguous(own, plain), type: type)
          factor.offset = reserve(own.count(plain))
        }
      }
      factors.append(factor)
    }
    (left, right) = (factors[0], factors[1])
    let (rowLabels, columnLabels) = (free(order[0]), free(order[1]))
    let rows = terms[order[0]].count(rowLabels), columns = terms[order[1]].count(columnLabels)
    let batchCount = terms[0].count(batch)
    work = try BatchMatrixProduct(
      product: MatrixProduct(
        rows: rows, columns: columns, inner: terms[0].count(inner),
        transposeA: factors[0].isTransposed, transposeB: factors[1].isTransposed),
      batch: [batchCount], batchA: [batchCount], batchB: [batchCount]
    ).work(for: type)
    let products = batch + rowLabels + columnLabels
    if result.isContiguous(in: products) {
      (copy, productOffset) = (.none, 0)
    } else {
      var source = result
      let strides = contiguous(result, products)
      for (number, label) in products.enumerated() {
        let axis = source.axes.firstIndex { $0.label == label }!
        source.axes[axis].stride = strides[number]
      }
      let target = products.map { result.axis($0)!.stride }
      copy = try StridedCopy(source, products, target: target, type: type)
      productOffset = reserve(result.count(products))
    }
    scratchByteCount = scratch
  }

  func run(_ context: KernelContext) {
    let (a, b) = (Self.matrices(left, context), Self.matrices(right, context))
    let products = copy.isEmpty ? context.outputs[0] : context.scratch + productOffset
    context.parallelFor(pieces: work.pieces) { work.run($0, a, b, products) }
    copy.run(context, from: products, to: context.outputs[0])
  }

  private static func matrices(_ factor: Factor, _ context: KernelContext) -> UnsafeRawPointer {
    let x = UnsafeRawPointer(context.inputs[factor.input])
    if factor.copy.isEmpty { return x }
    let target = context.scratch + factor.offset
    factor.copy.run(context, from: x, to: target)
    return UnsafeRawPointer(target)
  }
}

/// The distances in elements when the axes of those labels stand in that order without gaps.
private func contiguous(_ axes: EinsumAxes, _ labels: [EinsumLabel]) -> [Int] {
  var strides = [Int](repeating: 1, count: labels.count)
  for position in labels.indices.dropLast().reversed() {
    strides[position] = strides[position + 1] * (axes.axis(labels[position + 1])?.size ?? 1)
  }
  return strides
}
