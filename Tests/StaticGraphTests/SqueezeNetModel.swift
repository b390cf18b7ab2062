import StaticGraph

/// SqueezeNet 1.1 with the weights of a checkpoint.
func squeezeNet(_ checkpoint: String) throws -> Model {
  func convolution(_ filters: Int, _ size: Int, _ name: String, strides: Int = 1) -> Conv2D {
    Conv2D(
      filters: filters, kernelSize: [size, size], strides: [strides, strides],
      padding: size == 3 && strides == 1 ? .same : .valid, activation: .relu, name: name)
  }
  func fire(_ x: SymbolicTensor, _ squeezed: Int, _ expanded: Int, layer: Int) -> SymbolicTensor {
    let name = "features.layer\(layer).fire"
    let squeeze = convolution(squeezed, 1, "\(name).squeeze")(x)
    let narrow = convolution(expanded, 1, "\(name).e11")(squeeze)
    let wide = convolution(expanded, 3, "\(name).e33")(squeeze)
    return Concatenate()([narrow, wide])
  }

  let image = Input(shape: [nil, nil, 3])
  var x = convolution(64, 3, "features.layer0", strides: 2)(image)
  let layers = [
    (3, 16, 64), (4, 16, 64), (6, 32, 128), (7, 32, 128),
    (9, 48, 192), (10, 48, 192), (11, 64, 256), (12, 64, 256),
  ]
  for (layer, squeezed, expanded) in layers {
    if [3, 6, 9].contains(layer) { x = MaxPooling2D(poolSize: 3, strides: 2)(x) }
    x = fire(x, squeezed, expanded, layer: layer)
  }
  let scores = GlobalAveragePooling2D()(convolution(1000, 1, "classifier.layer1")(x))
  let model = try Model(inputs: image, outputs: scores, name: "squeezenet")

  // Layers have no slash in their names, and the checkpoint calls a kernel `weights`.
  let stored = try Checkpoint.open(checkpoint)
  var values: [String: Tensor] = [:]
  for weight in try model.weights {
    let parts = weight.name.split { $0 == "." || $0 == "/" }
    let name = parts.dropLast() + [parts.last == "kernel" ? "weights" : "bias"]
    values[weight.name] = try stored.tensor(named: name.joined(separator: "/"))
  }
  try model.setWeightValues(values)
  return model
}
