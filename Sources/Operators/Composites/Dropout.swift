import GraphIR
import Tensors

/// A value some of whose elements are 0, at random in each run, and the others larger, so that
/// their mean stays.
///
/// ```swift
/// let kept = dropout(features, rate: 0.5)
/// ```
/// - Parameters:
///   - x: Floating-point numbers.
///   - rate: The share of elements that become 0, from 0 up to, not including, 1. The others are
///     divided by 1 − rate.
///   - seed: The first seed; two zeros give other numbers in each session.
///   - seed2: The second seed.
/// - Returns: A value of the type and shape of `x`.
public func dropout(
  _ x: Value, rate: Double, seed: Int = 0, seed2: Int = 0, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  guard rate >= 0, rate < 1 else {
    return x.graph.invalid(
      "dropout: rate must be at least 0 and below 1, but it is \(rate)", origin)
  }
  if rate == 0 { return x }
  return dropped(x, seed, seed2, origin) { x.scalar(rate, origin: origin) }
}

/// The same with a rate that the graph computes, or that each run is fed: 0 leaves `x` as it is.
///
/// - Parameters:
///   - x: Floating-point numbers.
///   - rate: The share of elements that become 0, a scalar of the type of `x` from 0 up to, not
///     including, 1.
///   - seed: The first seed; two zeros give other numbers in each session.
///   - seed2: The second seed.
/// - Returns: A value of the type and shape of `x`.
public func dropout(
  _ x: Value, rate: Value, seed: Int = 0, seed2: Int = 0, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  dropped(x, seed, seed2, Origin(fileID: fileID, line: line)) { rate }
}

private func dropped(
  _ x: Value, _ seed: Int, _ seed2: Int, _ origin: Origin, rate: () -> Value
) -> Value {
  if x.isValid, !x.dataType.isFloatingPoint {
    return x.graph.invalid("dropout: x must be floating-point numbers, but it is \(x.type)", origin)
  }
  return x.graph.ascribing(to: origin) {
    let rate = rate()
    let numbers = randomUniform(shapeTensor(x), type: x.dataType, seed: seed, seed2: seed2)
    return select(numbers .>= rate, x / (1.0 - rate), x.scalar(0, origin: origin))
  }
}

/// How a `.graph` file calls `dropout`.
let dropoutFunction = GraphFunction(
  "dropout",
  [
    .positional("x"), .labelled("rate"), .labelled("seed", default: "0"),
    .labelled("seed2", default: "0"),
  ]
) { call in
  func seed(_ name: String) throws -> Int {
    let seeds = try call.integers(name) ?? [0]
    guard seeds.count == 1 else {
      throw ShapeError("\(name) must be one integer, but it is \(seeds)")
    }
    return seeds[0]
  }
  let x = try call.value("x")
  let (seed, seed2) = (try seed("seed"), try seed("seed2"))
  let number: Double? =
    switch call["rate"] {
    case .number(let number): number
    case .integer(let integer): Double(integer)
    default: nil
    }
  let rate = number == nil ? try call.value("rate") : nil
  return call.graph.ascribing(to: call.origin) {
    if let rate { return [dropout(x, rate: rate, seed: seed, seed2: seed2)] }
    return [dropout(x, rate: number ?? 0, seed: seed, seed2: seed2)]
  }
}
