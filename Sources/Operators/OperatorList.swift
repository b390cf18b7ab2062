import GraphIR

extension OperatorRegistry {
  /// Every operator of this engine, a line each.
  public static let standard = OperatorRegistry([
    AddN.self,
    AddV2.self,
    BroadcastGradientArgs.self,
    BroadcastTo.self,
    Cast.self,
    Const.self,
    Cos.self,
    Exp.self,
    Identity.self,
    MatMul.self,
    Mul.self,
    Neg.self,
    Placeholder.self,
    Reshape.self,
    ShapeOperator.self,
    Sigmoid.self,
    Sin.self,
    Sub.self,
    Sum.self,
    Tanh.self,
  ])
}
