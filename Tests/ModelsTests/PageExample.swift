import StaticGraph

func trainDigits(_ data: DataSet, folder: String) throws -> Double {
  let model = Sequential(seed: 1) {
    Conv2D(filters: 32, kernelSize: 7, padding: .same, activation: .relu)
    MaxPooling2D(poolSize: 2)
    Flatten()
    Dense(100, activation: .relu)
    Dense(10)
  }
  try model.compile(
    optimizer: .adam(learningRate: 0.001),
    loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])

  let best = ModelCheckpoint(
    "\(folder)/best.safetensors", monitor: "val_accuracy", saveBestOnly: true)
  let stopping = EarlyStopping(monitor: "val_accuracy", patience: 3)
  let history = try model.fit(
    data.training, epochs: 5, batchSize: 50, validation: data.test,
    callbacks: [best, stopping, CSVLogger("\(folder)/log.csv")])
  print(try model.summary())
  print("best accuracy", history["val_accuracy"].max() ?? 0)

  try model.loadWeights(from: "\(folder)/best.safetensors")
  try model.saveGraph(to: "\(folder)/model.pb")
  return try model.evaluate(data.test)["accuracy"] ?? 0
}
