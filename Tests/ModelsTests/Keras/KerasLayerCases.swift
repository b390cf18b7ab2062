import StaticGraph

extension KerasCase {
  /// Each layer, with a loss of squares.
  static let layers: [KerasCase] = [
    KerasCase(
      "dense", vector, metrics: [.meanSquaredError.named("mse"), .meanAbsoluteError.named("mae")]
    ) { Dense(5, activation: .relu) },
    KerasCase("dense_sequence", sequence) { Dense(5) },
    KerasCase("conv2d", image) {
      Conv2D(filters: 4, kernelSize: 3, strides: 2, padding: .same, activation: .relu)
    },
    KerasCase("conv2d_groups", image) {
      Conv2D(filters: 4, kernelSize: [3, 2], dilationRate: 2, groups: 2, useBias: false)
    },
    KerasCase("conv1d", [9, 3]) { Conv1D(filters: 4, kernelSize: 3, strides: 2, padding: .same) },
    KerasCase("conv1d_causal", [9, 3]) {
      Conv1D(filters: 4, kernelSize: 3, padding: .causal, dilationRate: 2)
    },
    KerasCase("depthwise_conv2d", image) {
      DepthwiseConv2D(kernelSize: 3, padding: .same, depthMultiplier: 2)
    },
    KerasCase("conv2d_transpose", image) {
      Conv2DTranspose(filters: 3, kernelSize: 3, strides: 2, padding: .same)
    },
    KerasCase("conv2d_transpose_valid", image) {
      Conv2DTranspose(filters: 3, kernelSize: [3, 2], strides: 2)
    },
    KerasCase("conv2d_transpose_output_padding", image) {
      Conv2DTranspose(
        filters: 3, kernelSize: [3, 4], strides: [2, 3], padding: .same, outputPadding: [1, 2])
    },
    KerasCase("conv2d_transpose_valid_output_padding", image) {
      Conv2DTranspose(filters: 3, kernelSize: 3, strides: 2, outputPadding: 0)
    },
    head("max_pooling1d", [9, 3]) { MaxPooling1D(poolSize: 3, strides: 2, padding: .same) },
    head("average_pooling1d", [9, 3]) { AveragePooling1D(poolSize: 3, strides: 2, padding: .same) },
    head("pooling1d", [9, 3]) {
      MaxPooling1D()
      AveragePooling1D(poolSize: 2)
    },
    head("global_average_pooling1d", [9, 3]) { GlobalAveragePooling1D() },
    head("global_max_pooling1d", [9, 3]) { GlobalMaxPooling1D(keepDimensions: true) },
    head("max_pooling2d", image) { MaxPooling2D(poolSize: 3, strides: 2, padding: .same) },
    head("average_pooling2d", image) { AveragePooling2D(poolSize: 3, strides: 2, padding: .same) },
    head("global_average_pooling2d", image) { GlobalAveragePooling2D() },
    head("global_max_pooling2d", image) { GlobalMaxPooling2D(keepDimensions: true) },
    head("reshape", vector) {
      Reshape([-1, 2])
      Dense(3)
    },
    head("batch_normalization", image) { BatchNormalization(momentum: 0.8) },
    head("batch_normalization_vector", vector) { BatchNormalization(epsilon: 0.01, scale: false) },
    head("batch_normalization_axis", sequence) { BatchNormalization(axis: 1) },
    head("layer_normalization", sequence) { LayerNormalization() },
    head("embedding", [5]) { Embedding(inputDimension: 7, outputDimension: 4) },
    head("zero_padding2d", image) {
      ZeroPadding2D(padding: .edges(top: 1, bottom: 2, left: 0, right: 3))
    },
    head("up_sampling2d", image) { UpSampling2D(size: [2, 3]) },
  ]

  /// Recurrent layers.
  static let recurrent: [KerasCase] = [
    KerasCase("simple_rnn", sequence) { SimpleRNN(4) },
    KerasCase("simple_rnn_sequences", sequence) { SimpleRNN(4, returnSequences: true) },
    KerasCase("simple_rnn_backwards", sequence) {
      SimpleRNN(4, useBias: false, goBackwards: true)
    },
    KerasCase("lstm", sequence) { LSTM(4) },
    KerasCase("lstm_sequences", sequence) { LSTM(4, returnSequences: true) },
    KerasCase("lstm_backwards", sequence) { LSTM(4, useBias: false, goBackwards: true) },
    KerasCase("gru", sequence) { GRU(4) },
    KerasCase("gru_sequences", sequence) { GRU(4, returnSequences: true) },
    KerasCase("gru_backwards", sequence) { GRU(4, useBias: false, goBackwards: true) },
    KerasCase("bidirectional", sequence) { Bidirectional(LSTM(4)) },
    KerasCase("bidirectional_sequences", sequence) {
      Bidirectional(GRU(4, returnSequences: true), merging: .average)
    },
    KerasCase("bidirectional_named", sequence) {
      Bidirectional(SimpleRNN(4, returnSequences: true, name: "cells"), merging: .sum)
      Bidirectional(SimpleRNN(3, name: "last"), merging: .multiply)
    },
  ]

  private static let functions: [(String, ActivationFunction)] = [
    ("linear", .linear), ("relu", .relu), ("relu6", .relu6), ("leaky_relu", .leakyRelu()),
    ("elu", .elu()), ("selu", .selu), ("gelu", .gelu()), ("sigmoid", .sigmoid),
    ("hard_sigmoid", .hardSigmoid), ("tanh", .tanh), ("softmax", .softmax),
    ("log_softmax", .logSoftmax), ("softplus", .softplus), ("softsign", .softsign),
    ("silu", .swish), ("hard_silu", .hardSwish), ("mish", .mish), ("exponential", .exponential),
  ]

  /// Each function of elements.
  static let activations: [KerasCase] =
    functions.map { name, function in
      KerasCase("activation_\(name)", vector) {
        Dense(5)
        Activation(function)
      }
    } + [
      KerasCase("gelu_approximate", vector) { Dense(5, activation: .gelu(approximate: true)) },
      KerasCase("re_lu", vector) {
        Dense(5)
        ReLU(maxValue: 1, negativeSlope: 0.1, threshold: 0.2)
      },
      KerasCase("leaky_re_lu", vector) {
        Dense(5)
        LeakyReLU()
      },
      KerasCase("elu", vector) {
        Dense(5)
        ELU(alpha: 0.5)
      },
      KerasCase("p_re_lu", vector) {
        Dense(5)
        PReLU()
      },
      KerasCase("softmax", vector) {
        Dense(5)
        Softmax()
      },
    ]
}
