import GraphIR

extension OperatorRegistry {
  /// Every operator of this engine, a line each.
  public static let standard = OperatorRegistry([
    Add.self,
    AddN.self,
    AddV2.self,
    BiasAdd.self,
    BiasAddGrad.self,
    BroadcastGradientArgs.self,
    BroadcastTo.self,
    Cast.self,
    Const.self,
    Cos.self,
    Exp.self,
    Fill.self,
    Greater.self,
    Identity.self,
    MatMul.self,
    Mean.self,
    Mul.self,
    Neg.self,
    NoOp.self,
    Placeholder.self,
    RealDiv.self,
    Relu.self,
    Reshape.self,
    Select.self,
    ShapeOperator.self,
    Sigmoid.self,
    Sin.self,
    Size.self,
    Sub.self,
    Sum.self,
    Tanh.self,
    TanhGrad.self,
  ])
}
