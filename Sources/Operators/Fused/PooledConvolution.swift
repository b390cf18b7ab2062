import CKernels
import GraphIR
import Tensors

/// A convolution whose results are pooled while a cache holds them.
package struct PooledConvolution: CompositeOperator {
  package static let name = "_PooledConvolution"
  package static let summary = "The greatest element of each window of a convolution's results."

  /// The convolution, whose inputs these are.
  package var convolution = FusedConvolution()
  /// The windows on its results.
  package var windows = PoolingWindows()

  package init() {}

  /// A convolution and the pooling of its results; `nil` where one is better done after the other.
  package init?(_ convolution: FusedConvolution, _ pooling: MaxPool) {
    self.convolution = convolution
    windows = pooling.windows
    guard (try? work()) != nil else { return nil }
  }

  package func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try windows.pooledShape(of: convolution.outputShapes(request)[0])]
  }

  /// How it is computed.
  ///
  /// - Throws: `GraphError` for what it is not made for.
  private func work() throws -> BlockedConvolution.Work {
    let blocked = try convolution.convolution.blocked()
    guard windows.dataFormat == .nhwc,
      let sizes = try convolution.convolution.shapes().result.known,
      let work = blocked.pooledWork(try staticgraph_pooling(windows, of: sizes))
    else { throw GraphError("results of \(convolution.convolution) are pooled after it") }
    return work
  }

  package func kernel(_ request: KernelRequest) throws -> Kernel {
    convolution.kernel(request, try work())
  }

  package func cost(_ request: KernelRequest) -> Cost {
    var cost = Cost.elementwise(request)
    cost.operations += convolution.convolution.operations
    return cost
  }
}
