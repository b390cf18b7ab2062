import GraphIR
import GraphLanguage
import Testing

/// What the page on the graph language says of names and numbers, as one graph.
@Suite("The page on the graph language")
struct LanguagePageTests {
  @Test("names nodes as the compiler does")
  func names() throws {
    let graph = try compiled(
      """
      func layer(_ x, _ weights, activation = .relu) -> (output, sum) {
        let sum = matmul(x, weights)
        let output = activation(sum)
      }

      placeholder x: Float32[?, 2]
      let weights: Float32[2, 2] = [[1, 0], [0, 1]]
      scope "encoder" {
        let hidden = sin(x)
      }
      let h = layer(hidden, weights).output
      var y = h
      for i in 0..<2 {
        let (output, sum) = layer(y, weights)
        y = output + sum
      }
      let loss = mean(layer(y, weights).output + layer(y, weights).output)
      let (dx, dw) = gradient(of: loss, withRespectTo: [x, weights])
      output y, loss, dx, dw
      """)
    let names = Set(graph.nodes.map(\.name))
    let expected = [
      "encoder/hidden", "h/sum", "h/output", "h", "i/0/layer/sum", "i/0/sum", "i/1/y",
      "layer/sum", "layer_1/sum", "y", "loss", "dx", "dw",
    ]
    for name in expected { #expect(names.contains(name), "\(name)") }
  }
}
