import StaticGraph

extension KerasCase {
  /// Each loss, with the metrics that go with it.
  static let losses: [KerasCase] = [
    KerasCase("mean_absolute_error", vector, loss: .meanAbsoluteError) { Dense(5) },
    KerasCase("huber", vector, loss: .huber(delta: 0.5)) { Dense(5) },
    KerasCase(
      "binary_logits", vector, loss: .binaryCrossentropy(fromLogits: true),
      metrics: [.binaryAccuracy()]
    ) { Dense(3) },
    KerasCase("binary_sigmoid", vector, loss: .binaryCrossentropy(), metrics: [.accuracy]) {
      Dense(1, activation: .sigmoid)
    },
    KerasCase("binary_probabilities", vector, loss: .binaryCrossentropy()) {
      Dense(3, activation: .hardSigmoid)
    },
    KerasCase(
      "categorical_logits", vector, loss: .categoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy, .topKCategoricalAccuracy(k: 2)]
    ) { Dense(4) },
    KerasCase("categorical_softmax", vector, loss: .categoricalCrossentropy()) {
      Dense(4, activation: .softmax)
    },
    KerasCase("categorical_probabilities", vector, loss: .categoricalCrossentropy()) {
      Dense(4, activation: .exponential)
    },
    KerasCase(
      "sparse_logits", vector, loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy, .sparseTopKCategoricalAccuracy(k: 2)]
    ) { Dense(4) },
    KerasCase("sparse_probabilities", vector, loss: .sparseCategoricalCrossentropy()) {
      Dense(4, activation: .hardSigmoid)
    },
    KerasCase(
      "sparse_sequence", sequence, loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.sparseCategoricalAccuracy]
    ) { Dense(4) },
    KerasCase("regularized", vector) {
      Dense(5, activation: .relu, kernelRegularizer: .l2(0.1))
      Dense(5, kernelRegularizer: .l1(0.05), biasRegularizer: .l1l2(l1: 0.01, l2: 0.02))
    },
  ]

  /// Whole networks.
  static let networks: [KerasCase] = [
    KerasCase(
      "convnet", [12, 12, 1], loss: .sparseCategoricalCrossentropy(fromLogits: true),
      optimizer: adam, metrics: [.accuracy]
    ) {
      Conv2D(filters: 8, kernelSize: 5, padding: .same, activation: .relu)
      MaxPooling2D(poolSize: 2)
      Flatten()
      Dense(20, activation: .relu)
      Dense(4)
    },
    KerasCase(
      "normalized_convnet", [12, 12, 2], loss: .sparseCategoricalCrossentropy(),
      optimizer: adam, metrics: [.accuracy]
    ) {
      Conv2D(filters: 6, kernelSize: 3, padding: .same, useBias: false)
      BatchNormalization()
      ReLU()
      MaxPooling2D()
      Conv2D(filters: 8, kernelSize: 3, useBias: false)
      BatchNormalization()
      Activation(.relu)
      GlobalAveragePooling2D()
      Dense(4, activation: .softmax)
    },
    KerasCase(
      "residual", loss: .categoricalCrossentropy(), optimizer: adam, metrics: [.accuracy]
    ) {
      let input = Input(shape: [8, 8, 3])
      var x = Conv2D(filters: 4, kernelSize: 3, padding: .same, useBias: false)(input)
      x = Activation(.relu)(BatchNormalization()(x))
      let branch = Conv2D(filters: 4, kernelSize: 3, padding: .same, useBias: false)(x)
      x = ReLU()(Add()([x, BatchNormalization()(branch)]))
      x = GlobalAveragePooling2D()(x)
      return try Model(inputs: input, outputs: Dense(3, activation: .softmax)(x))
    },
    KerasCase(
      "text_lstm", [6], loss: .binaryCrossentropy(), optimizer: adam, metrics: [.accuracy]
    ) {
      Embedding(inputDimension: 60, outputDimension: 5)
      LSTM(6)
      Dense(1, activation: .sigmoid)
    },
    KerasCase(
      "stacked_gru", [6, 3], loss: .categoricalCrossentropy(), optimizer: adam,
      metrics: [.accuracy]
    ) {
      GRU(5, returnSequences: true)
      GRU(4)
      LayerNormalization()
      Dense(3, activation: .softmax)
    },
    KerasCase(
      "autoencoder", [8, 8, 1], optimizer: adam, metrics: [.meanAbsoluteError.named("mae")]
    ) {
      Conv2D(filters: 4, kernelSize: 3, strides: 2, padding: .same, activation: .relu)
      Conv2D(filters: 3, kernelSize: 3, padding: .same)
      UpSampling2D(size: 2)
      Conv2DTranspose(filters: 1, kernelSize: 3, padding: .same, activation: .sigmoid)
    },
    KerasCase("joined", loss: .huber(), optimizer: adam) {
      let inputs = [Input(shape: [5]), Input(shape: [7])]
      let left = Dense(4, activation: .relu)(inputs[0])
      let right = Dense(4)(inputs[1])
      let both = Concatenate()([Add()([left, right]), inputs[0]])
      let gate = Dense(9, activation: .sigmoid)(both)
      return try Model(inputs: inputs, outputs: [Dense(3)(Multiply()([both, gate]))])
    },
    KerasCase("shared") {
      let input = Input(shape: [5])
      let layer = Dense(5, activation: .tanh)
      return try Model(inputs: input, outputs: layer(layer(input)))
    },
  ]

  /// Models whose initial weights are compared, and that are not trained.
  static let initial: [KerasCase] = [
    KerasCase("initial", [24, 24, 16]) {
      Conv2D(filters: 32, kernelSize: 5, activation: .relu)
      DepthwiseConv2D(kernelSize: 9, depthMultiplier: 2)
      Conv2DTranspose(filters: 16, kernelSize: 3)
      Reshape([14 * 14, 16])
      Conv1D(filters: 64, kernelSize: 3)
      Reshape([2, 97 * 64])
      LSTM(48, returnSequences: true)
      GRU(48, returnSequences: true)
      SimpleRNN(48)
      BatchNormalization()
      Dense(64)
      PReLU()
      LayerNormalization()
    },
    head("initial_embedding", [5]) { Embedding(inputDimension: 100, outputDimension: 40) },
  ]
}
