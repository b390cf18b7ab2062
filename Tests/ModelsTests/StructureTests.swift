import StaticGraph
import Testing

/// How models are described, and what they show of themselves.
@Suite struct StructureTests {
  @Test(arguments: [false, true]) func builderTakesStatements(isDeep: Bool) throws {
    let block: [any Layer] = [Dense(4), Activation(.relu)]
    let model = Sequential {
      Input(shape: [3], name: "numbers")
      for units in [8, 6] { Dense(units, activation: .tanh) }
      if isDeep {
        Dense(5)
      } else {
        Dropout(0.1)
      }
      if isDeep { Dense(5) }
      block
      Dense(2, name: "scores")
    }
    let names = try model.layerNames
    #expect(
      names
        == (isDeep
          ? ["dense_1", "dense_2", "dense_3", "dense_4", "dense", "activation", "scores"]
          : ["dense_1", "dense_2", "dropout", "dense", "activation", "scores"]))
    #expect(try model.inputs[0].name == "numbers:0" || model.inputs[0].name == "numbers")
    #expect(try model.output(ofLayer: "scores") == model.outputs[0])
  }

  @Test func namesAreThoseOfKeras() {
    let names = [
      "MaxPooling2D": "max_pooling2d", "Conv2DTranspose": "conv2d_transpose", "LSTM": "lstm",
      "SimpleRNN": "simple_rnn", "ReLU": "re_lu", "ELU": "elu",
      "GlobalAveragePooling2D": "global_average_pooling2d",
    ]
    for layer in [
      MaxPooling2D(), Conv2DTranspose(filters: 1, kernelSize: 1), LSTM(1), SimpleRNN(1), ReLU(),
      ELU(), GlobalAveragePooling2D(),
    ] as [any Layer] {
      let input: Shape = layer is LSTM || layer is SimpleRNN ? [2, 2] : [2, 2, 2]
      let model = Sequential([layer])
      #expect(throws: Never.self) { try model.build(inputShape: input) }
      #expect(try! model.layerNames == [names[type(of: layer).typeName]])
    }
  }

  /// A layer of one's own.
  private struct Scaled: Layer {
    let identity: LayerIdentity

    init(name: String? = nil, fileID: String = #fileID, line: Int = #line) {
      identity = LayerIdentity(name: name, fileID: fileID, line: line)
    }

    func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
      [LayerWeight("scale", [], .constant(3))]
    }

    func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
      inputs[0] * call["scale"]
    }
  }

  @Test func layersOfOnesOwnTrain() throws {
    let model = Sequential { Scaled() }
    let x: Tensor = [[1], [2]]
    #expect(try model.predict(x.adopting(.float32)).elements(as: Float.self) == [3, 6])
    try model.compile(
      optimizer: .gradientDescent(learningRate: 0.1), loss: .meanSquaredError)
    try model.fit(
      x: x.adopting(.float32), y: x.adopting(.float32), epochs: 40, verbosity: .silent)
    let scale = try #require(try model.weightValues()["scaled/scale"])
    #expect(abs(try scale.scalar(as: Float.self) - 1) < 1e-3)
  }

  @Test func functionalSummaryShowsConnections() throws {
    let input = Input(shape: [4])
    let layer = Dense(4)
    let first = layer(input)
    let model = try Model(
      inputs: input, outputs: Concatenate()([layer(first), input]), name: "twice")
    let lines = try model.summary().split(separator: "\n")
    #expect(lines[0] == "Model: \"twice\"")
    #expect(
      lines[4] == "│ input_layer         │ (None, 4)         │          0 │ -                 │")
    #expect(
      lines[7] == "│ dense (Dense)       │ (None, 4)         │         20 │ input_layer[0][0… │")
    #expect(lines[8].hasSuffix("│ dense[0][0]       │"))
    #expect(lines[10].hasSuffix("│ dense[1][0],      │"), "\(lines[10])")
  }

  @Test func severalOutputsArePredicted() throws {
    let input = Input(shape: [4])
    let hidden = Dense(3, activation: .relu)(input)
    let model = try Model(inputs: [input], outputs: [hidden, Dense(2)(hidden)])
    let x = Tensor.sample([5, 4], in: -1...1, seed: 1).narrowed
    let results = try model.predict([x], batchSize: 2)
    #expect(results.map(\.dimensions) == [[5, 3], [5, 2]])
    let error = #expect(throws: GraphError.self) { try model.compile(loss: .meanSquaredError) }
    #expect(error?.description.contains("has 2") ?? false)
  }

  @Test func longChainsAreReleased() {
    var tensor = Activation(.relu)(Input(shape: [2]))
    for _ in 0..<200_000 { tensor = Activation(.relu)(tensor) }
    #expect(tensor.symbolicTensor === tensor)
  }

  @Test func graphAndSessionCanBeUsed() throws {
    let model = Sequential(seed: 1) {
      Input(shape: [2])
      Dense(2, useBias: false, kernelInitializer: .tensor([[1, 2], [3, 4]]))
    }
    let doubled = try model.outputs[0] * 2
    let slope = try model.graph.gradient(of: sum(doubled), withRespectTo: model.inputs[0])
    let results = try model.session.run(
      [doubled, slope], feeding: [model.inputs[0]: Tensor([[Float(1), 1]])])
    #expect(try results[0].elements(as: Float.self) == [8, 12])
    #expect(try results[1].elements(as: Float.self) == [6, 14])
  }
}
