import StaticGraph

/// What SqueezeNet takes a photograph for.
func nameOfPhoto(
  _ photo: String, network: String, checkpoint: String, labels: String
) throws -> String {
  let graph = try GraphCompiler().compile(SourceFile(path: network))
  let session = try Session(graph)
  try session.restore(Checkpoint.open(checkpoint))
  let image = graph.node(named: "image")!.output
  let preparation = ImagePreparation(
    size: 227, crop: .center, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
  let pixels = try Image.tensor(contentsOf: photo, for: image.type, preparedBy: preparation)
  let scores = graph.node(named: "scores")!.output
  let best = try session.run([argMax(scores, axis: 1)], feeding: [image: pixels])[0]
  let names = try ClassNames(contentsOf: labels)
  return try names[Int(best.elements(as: Int64.self)[0])] ?? "nothing that has a name"
}

/// Writes a photograph with left and right exchanged.
func mirror(_ photo: String, to path: String) throws {
  let graph = Graph()
  let image = graph.placeholder("image", Float.self, shape: [1, nil, nil, 3])
  let pixels = try Image.tensor(contentsOf: photo, for: image.type)
  let mirrored = reverse(image, axes: [2])
  let picture = try Session(graph).run([mirrored], feeding: [image: pixels])[0]
  try Image(picture).write(to: path)
}
