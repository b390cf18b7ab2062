import StaticGraph
import Testing

/// What users are told of layers that do not fit.
@Suite struct LayerErrorTests {
  private func message(_ shape: Shape, @LayerBuilder _ layers: () -> LayerList) -> String {
    do {
      try Sequential { layers() }.build(inputShape: shape)
      return "(nothing was thrown)"
    } catch {
      return "\(error)"
    }
  }

  @Test func layerInputAndLineAreNamed() throws {
    let line = #line + 3
    let text = message([28, 28]) {
      Dense(3)
      Conv2D(filters: 4, kernelSize: 3)
    }
    #expect(text.contains("layer 'conv2d' (Conv2D): an input of rank 4"), "\(text)")
    #expect(text.contains("found Float32[?, 28, 3]"), "\(text)")
    #expect(text.contains("LayerErrorTests.swift:\(line)"), "\(text)")
  }

  @Test func eachLayerChecksItsInput() {
    let cases: [(String, String)] = [
      (
        message([4]) {
          Flatten(); Reshape([3, -1])
        }, "targetShape [3, -1] does not hold"
      ),
      (message([4]) { Dense(0) }, "units must be positive, but it is 0"),
      (message([nil, 3]) { Flatten() }, "sizes but the batch are known"),
      (message([nil, 3]) { LSTM(4) }, "time, which the layer is unrolled over, is known"),
      (message([3, 4]) { LSTM(1 << 40) }, "units 1099511627776 is too large"),
      (message([3, 4]) { Dense(.max) }, "layer 'dense' (Dense)"),
      (message([4]) { GRU(4) }, "rank 3 (batch, time, features)"),
      (message([8, 8, 3]) { Conv2D(filters: 4, kernelSize: 3, groups: 2) }, "groups must divide"),
      (message([8, 8, 3]) { Conv2D(filters: 4, kernelSize: [1, 2, 3]) }, "kernelSize must be"),
      (message([8, 8, 3]) { Conv2D(filters: 4, kernelSize: 9) }, "layer 'conv2d' (Conv2D)"),
      (message([8, 8, 3]) { MaxPooling2D(padding: .explicit) }, "padding must be .same or"),
      (message([8, 3]) { MaxPooling1D(padding: .explicit) }, "padding must be .same or"),
      (
        message([8, 3]) { AveragePooling1D(poolSize: 0) }, "poolSize must be positive, but it is 0"
      ),
      (message([8, 3]) { MaxPooling1D(strides: -1) }, "strides must be positive, but it is -1"),
      (message([8]) { GlobalMaxPooling1D() }, "rank 3 (batch, length, channels)"),
      (message([4]) { Bidirectional(GRU(4)) }, "layer 'bidirectional' (Bidirectional)"),
      (
        message([4, 4, 3]) {
          Conv2DTranspose(filters: 2, kernelSize: 3, strides: 2, outputPadding: 2)
        }, "outputPadding must be at least 0 and below the strides [2], but it is [2]"
      ),
      (
        message([4, nil, 3]) { Conv2DTranspose(filters: 2, kernelSize: 3, outputPadding: 0) },
        "size of the width is known"
      ),
      (
        message([4, 4, 3]) {
          Conv2DTranspose(filters: 2, kernelSize: 3, strides: .init(.max), outputPadding: 0)
        }, "too large"
      ),
      (message([4]) { Dropout(1) }, "rate must be at least 0 and below 1"),
      (message([4]) { Add() }, "two inputs at least were expected, found 1"),
      (message([4]) { BatchNormalization(axis: 0) }, "axis 0"),
      (message([4]) { Dense(2, kernelInitializer: .tensor([1, 2])) }, "sizes [4, 2] was expected"),
      (
        message([4]) {
          Dense(2, name: "a"); Dense(2, name: "a")
        }, "two layers have the name 'a'"
      ),
      (message([4]) { Dense(2, name: "a b") }, "'a b' cannot name a layer (Dense)"),
      (message([4]) {}, "a model has one layer at least"),
      (message([4]) { Embedding(inputDimension: 0, outputDimension: 2) }, "inputDimension must"),
    ]
    for (text, expected) in cases { #expect(text.contains(expected), "\(text)") }
    let dense = Dense(4)
    let twice = message([4]) {
      dense
      dense
    }
    #expect(twice.contains("the same Dense stands in a Sequential twice"), "\(twice)")
  }

  @Test func functionalModelsAreChecked() {
    func message(_ body: () throws -> Model) -> String {
      do {
        _ = try body()
        return "(nothing was thrown)"
      } catch {
        return "\(error)"
      }
    }
    let (a, b) = (Input(shape: [4]), Input(shape: [3]))
    #expect(
      message { try Model(inputs: a, outputs: Add()([a, Dense(4)(b)])) }
        .contains("depend on an input that is not among the model's inputs"))
    let unlike = message { try Model(inputs: [a, b], outputs: [Add()([a, b])]) }
    #expect(unlike.contains("layer 'add' (Add)"), "\(unlike)")
    #expect(unlike.contains("the input is Float32[?, 3]"), "\(unlike)")
    #expect(
      message { try Model(inputs: a, outputs: Dense(2)([a, a])) }
        .contains("one input was expected, found 2"))
    #expect(
      message { try Model(inputs: [a, a], outputs: [Dense(2)(a)]) }
        .contains("an input is named twice"))
  }

  @Test func lossesAndDataAreChecked() throws {
    func message(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "(nothing was thrown)"
      } catch {
        return "\(error)"
      }
    }
    func model(_ loss: Loss, _ metrics: [Metric] = []) throws -> Sequential {
      let model = Sequential {
        Input(shape: [4])
        Dense(3)
      }
      try model.compile(loss: loss, metrics: metrics)
      return model
    }
    let x = Tensor.sample([6, 4], in: -1...1, seed: 1).narrowed
    let classes = Tensor([Int32(0), 1, 2, 0, 1, 2])
    let values = Tensor.sample([6, 3], in: -1...1, seed: 2).narrowed
    let cases: [(String, String)] = [
      (message { try Sequential { Dense(2) }.fit(x: x, y: x) }, "is not compiled"),
      (message { _ = try Sequential { Dense(2) }.graph }, "is not built"),
      (
        message { try model(.categoricalCrossentropy()).fit(x: x, y: classes) },
        ".sparseCategoricalCrossentropy"
      ),
      (
        message { try model(.sparseCategoricalCrossentropy()).fit(x: x, y: values) },
        ".categoricalCrossentropy"
      ),
      (message { try model(.meanSquaredError).fit(x: values, y: values) }, "'input_layer' must be"),
      (message { try model(.meanSquaredError).fit(x: x, y: [[1, 2, 3]]) }, "as many rows"),
      (
        message { try model(.meanSquaredError).fit(x: x, y: values, batchSize: 0) },
        "batchSize must be positive"
      ),
      (
        message { _ = try model(.meanSquaredError, [.sparseCategoricalAccuracy]) },
        "the metric 'sparse_categorical_accuracy' does not fit"
      ),
      (message { _ = try model(.meanSquaredError, [.accuracy, .accuracy]) }, "two metrics"),
      (
        message {
          let model = Sequential {
            Input(shape: [4]); Flatten()
          }
          try model.compile(loss: .meanSquaredError)
        }, "the loss 'loss' depends on no variable"
      ),
      (message { _ = try model(.huber()).output(ofLayer: "dens") }, "did you mean 'dense'?"),
      (message { try model(.huber()).setWeightValues(["dense/bia": 1]) }, "'dense/bias'?"),
    ]
    for (text, expected) in cases { #expect(text.contains(expected), "\(text)") }
  }
}
