import StaticGraph

let graph = Graph()
let x = graph.placeholder("x", Float64.self)
let y = 2 * x * sin(.pi * x)
let dydx = try graph.gradient(of: y, withRespectTo: x)

let session = try Session(graph)
let (yValue, slope) = try session.run(y, dydx, feeding: [x: 1.5])
print("y = \(yValue), dydx = \(slope)")

// A fixed call from memory to memory, for the inner loop of a program.
let evaluate = try session.prepare(fetches: [y, dydx], feeds: [x])
let results = try evaluate.run([0.25])

// What this program must have computed; Tools/test runs it as a check.
func requireNear(_ tensor: Tensor, _ expected: Double) throws {
  let value = try tensor.scalar(as: Double.self)
  guard abs(value - expected) < 1e-12 else {
    throw TensorError("computed \(value), expected \(expected)")
  }
}
try requireNear(yValue, -3)
try requireNear(slope, -2)
try requireNear(results[0], 0.5.squareRoot() / 2)
try requireNear(results[1], 2.squareRoot() + 0.5.squareRoot() * .pi / 2)
