import GraphIR

extension OperatorRegistry {
  /// Every operator of this engine, a line each.
  public static let standard = OperatorRegistry([
    AddV2.self,
    BroadcastGradientArgs.self,
    BroadcastTo.self,
    Const.self,
    Cos.self,
    Identity.self,
    MatMul.self,
    Mul.self,
    Neg.self,
    Placeholder.self,
    Reshape.self,
    ShapeOperator.self,
    Sin.self,
    Sum.self,
  ])
}
