import StaticGraph
import Testing

/// Every page of the reference can be made, and its example runs.
@Suite struct ReferenceTests {
  @Test(arguments: OperatorRegistry.standard.operators.map { $0.name })
  func pageOf(_ name: String) throws {
    let operatorType = try #require(OperatorRegistry.standard.operator(named: name))
    let page = try OperatorReference(operatorType).markdown()
    #expect(page.hasPrefix("# "))
    #expect(page.contains(operatorType.summary))
    #expect(page.contains("## Gradient"))
  }

  @Test func aWholePage() throws {
    let page = try OperatorReference(MatMul.self).markdown()
    #expect(
      page.hasPrefix(
        """
        # matmul

        The product of two matrices, either of them transposed on request.

        ```swift
        matmul(_ a, _ b, transposeA = false, transposeB = false)
        ```
        """))
    #expect(
      page.contains("| `transposeA` | `transpose_a` | `false` | Whether a is transposed first. |"))
    #expect(page.contains("- a vector: `matmul: a must have rank 2, but it is Float64[3]`"))
    #expect(page.contains("## Example"))
  }
}
