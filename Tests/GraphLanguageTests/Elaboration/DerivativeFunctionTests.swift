import GraphIR
import GraphLanguage
import Testing

@Suite("Derivatives in the graph language")
struct DerivativeFunctionTests {
  @Test("matrices and products")
  func matrices() throws {
    let graph = try compiled(
      """
      placeholder x: Float64[3]
      let y = sum(x * x * x)
      let dx = gradient(of: y, withRespectTo: x)
      let h = hessian(of: y, withRespectTo: x)
      let j = jacobian(of: sin(x), withRespectTo: x)
      let hv = hessianVectorProduct(of: y, withRespectTo: x, along: dx)
      let jv = jacobianVectorProduct(of: sin(x), withRespectTo: x, along: dx)
      output h, j, hv, jv
      """)
    let types = graph.interface.outputs.map { graph.type(of: $0.endpoint).description }
    #expect(types == ["Float64[3, 3]", "Float64[3, 3]", "Float64[3]", "Float64[3]"])
  }
}
