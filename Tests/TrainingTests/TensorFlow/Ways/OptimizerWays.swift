import StaticGraph

extension TrainingWay {
  /// Optimisers with numbers that Float32 has too, to which TensorFlow rounds some of them.
  static let optimizers: [TrainingWay] = [
    TrainingWay(
      .gradientDescent(learningRate: 0.125), "tf1.train.GradientDescentOptimizer(0.125)"),
    TrainingWay(
      .momentum(learningRate: 0.0625, momentum: 0.875),
      "tf1.train.MomentumOptimizer(0.0625, 0.875)"),
    TrainingWay(
      .momentum(learningRate: 0.0625, momentum: 0.75, nesterov: true),
      "tf1.train.MomentumOptimizer(0.0625, 0.75, use_nesterov=True)"),
    TrainingWay(
      .adam(learningRate: 0x1p-6, beta1: 0.75, beta2: 0.9375, epsilon: 0x1p-13),
      "tf1.train.AdamOptimizer(2**-6, 0.75, 0.9375, 2**-13)"),
    TrainingWay(
      .adam(learningRate: 0x1p-6, beta1: 0.75, beta2: 0.75, epsilon: 0x1p-13, amsgrad: true),
      "tf.keras.optimizers.Adam(2**-6, 0.75, 0.75, 2**-13, amsgrad=True)"),
    TrainingWay(
      .adamW(
        learningRate: 0x1p-6, weightDecay: 0.125, beta1: 0.75, beta2: 0.9375, epsilon: 0x1p-13),
      "tf.keras.optimizers.AdamW(2**-6, 0.125, 0.75, 0.9375, 2**-13)"),
    TrainingWay(
      .adagrad(learningRate: 0.125, initialAccumulatorValue: 0.25, epsilon: 0),
      "tf1.train.AdagradOptimizer(0.125, 0.25)"),
    TrainingWay(
      .rmsProp(learningRate: 0x1p-7, rho: 0.75, momentum: 0.75, epsilon: 0x1p-10),
      "tf.keras.optimizers.RMSprop(2**-7, 0.75, 0.75, 2**-10)"),
    TrainingWay(
      .rmsProp(
        learningRate: 0x1p-7, rho: 0.875, momentum: 0.5, epsilon: 0x1p-10, centered: true),
      "tf.keras.optimizers.RMSprop(2**-7, 0.875, 0.5, 2**-10, centered=True)"),
    TrainingWay(
      .adadelta(learningRate: 1, rho: 0.875, epsilon: 0x1p-13),
      "tf1.train.AdadeltaOptimizer(1.0, 0.875, 2**-13)"),
    TrainingWay(
      .ftrl(
        learningRate: 0.5, learningRatePower: -0.625, initialAccumulatorValue: 0.25,
        l1RegularizationStrength: 0x1p-7, l2RegularizationStrength: 0x1p-6,
        l2ShrinkageRegularizationStrength: 0x1p-5, beta: 0.125),
      "tf.keras.optimizers.Ftrl(0.5, -0.625, 0.25, 2**-7, 2**-6, 2**-5, 0.125)"),
    TrainingWay(
      .ftrl(
        learningRate: 0.5, initialAccumulatorValue: 0.125, l1RegularizationStrength: 0x1p-7,
        l2RegularizationStrength: 0x1p-6, l2ShrinkageRegularizationStrength: 0x1p-5),
      "tf1.train.FtrlOptimizer(0.5, -0.5, 0.125, 2**-7, 2**-6, "
        + "l2_shrinkage_regularization_strength=2**-5)"),
    TrainingWay(
      .adamax(learningRate: 0x1p-6, beta1: 0.75, beta2: 0.875, epsilon: 0x1p-10),
      "tf.keras.optimizers.Adamax(2**-6, 0.75, 0.875, 2**-10)"),
    TrainingWay(
      .nadam(learningRate: 0x1p-6, beta1: 0.75, beta2: 0.9375, epsilon: 0x1p-10),
      "tf.keras.optimizers.Nadam(2**-6, 0.75, 0.9375, 2**-10)"),
  ]

  /// Optimisers as they are without numbers, or with few of them.
  static let usualOptimizers: [TrainingWay] = [
    TrainingWay(.momentum(learningRate: 0.05), "tf1.train.MomentumOptimizer(0.05, 0.9)"),
    TrainingWay(.adam(), "tf1.train.AdamOptimizer()"),
    TrainingWay(
      .adam(learningRate: 0.02, beta1: 0.8, beta2: 0.7, epsilon: 1e-7, amsgrad: true),
      "tf.keras.optimizers.Adam(0.02, 0.8, 0.7, amsgrad=True)"),
    TrainingWay(.adamW(), "tf.keras.optimizers.AdamW()"),
    // Keras rounds beta2 to Float32, which 0.9375 withstands.
    TrainingWay(
      .adamW(learningRate: 0.02, weightDecay: 0.1, beta2: 0.9375, amsgrad: true),
      "tf.keras.optimizers.AdamW(0.02, 0.1, beta_2=0.9375, amsgrad=True)"),
    TrainingWay(.adagrad(learningRate: 0.1), "tf.keras.optimizers.Adagrad(0.1)"),
    TrainingWay(.rmsProp(), "tf.keras.optimizers.RMSprop()"),
    TrainingWay(.adadelta(learningRate: 30), "tf.keras.optimizers.Adadelta(30.0)"),
    TrainingWay(.ftrl(), "tf.keras.optimizers.Ftrl()"),
    TrainingWay(.adamax(), "tf.keras.optimizers.Adamax()"),
    TrainingWay(.nadam(), "tf.keras.optimizers.Nadam()"),
  ]
}
