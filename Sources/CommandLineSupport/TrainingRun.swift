import StaticGraph

/// One training from the command line: the session, what is fed, and where results go.
final class TrainingRun {
  private let options: TrainingOptions
  private let session: Session
  private let frozen: FrozenGraph
  private let target: GraphNode
  private let feeds: [Value: Tensor]
  private let saves: [ResultFile]
  private let folder: CheckpointFolder?
  /// The steps that were done before, by the run that this one goes on with.
  private var doneBefore = 0
  private var writtenStep: Int?
  /// What is told of steps and tests.
  private lazy var observers = Result { try options.observers(of: session, doneBefore: doneBefore) }
  /// The best accuracy on the test images, and the epoch that reached it.
  private var best: (accuracy: Double, epoch: Int)?

  init(_ file: String, _ options: TrainingOptions) throws {
    self.options = options
    frozen = try GraphSource.read(file, definitions: try options.parameters.dictionary)
      .seeded(with: options.seed)
    let graph = Graph(frozen)
    session = try Session(
      graph,
      options: SessionOptions(
        threads: options.threads, maxMemory: options.maxMemory?.byteCount))
    target = try PreparedRun.target(
      options.target ?? frozen.usualTarget, frozen, graph)
    saves = try ResultFile.all(options.save)
    for save in saves { _ = try frozen.endpoint(named: save.name) }
    folder = try options.checkpoint.map { try CheckpointFolder($0) }
    feeds = try FeedReader(frozen, path: file, options.images, seed: options.seed)
      .feeds(options.feed, graph)
  }

  /// Gives the variables what they begin with.
  func restoreOrInitialize() throws {
    if options.resume, let latest = try folder?.latest() {
      try session.restore(Checkpoint.open(latest.prefix))
      doneBefore = latest.step ?? 0
      writtenStep = latest.step
      try readBest()
      writeError("going on from \(latest.prefix)")
    } else {
      try folder?.writeResults([:])
      try restore()
    }
    try session.initializeVariables(onlyMissing: true, feeding: feeds)
  }

  private func restore() throws {
    if let path = options.restore {
      let report = try session.restore(Checkpoint.open(path))
      writeError(
        "\(path): \(report.restored.count) variables restored, \(report.missing.count) not in it")
    }
  }

  // MARK: With data

  /// - Parameter place: The name or the path of the data.
  func train(on place: String) throws {
    let data = try options.dataSet(place, for: frozen)
    let examples = options.limit.map { data.training.prefix($0) } ?? data.training
    let trainer = try Trainer(session, target: target)
    let perEpoch = (examples.count + options.batch - 1) / options.batch
    let total = perEpoch * options.epochs
    let tellsAccuracy = trainer.metricNames.contains("accuracy")
    var last: [String: Double] = [:]
    let progress = ProgressReport(total: total, done: doneBefore, names: trainer.metricNames)
    let firstEpoch = min(options.epochs, doneBefore / perEpoch)
    var step = doneBefore
    for epoch in firstEpoch..<max(firstEpoch, options.epochs) {
      progress.begin(epoch: epoch, of: options.epochs)
      step = try trainer.train(
        examples, batchSize: options.batch, epochs: epoch..<epoch + 1, seed: options.seed,
        done: doneBefore
      ) { step in
        progress.update(step.number, step.metrics)
        try observers.get().didStep(
          StepResults(number: step.number, names: trainer.metricNames, values: step.metrics))
        try writeCheckpointIfDue(step.number)
        return !InterruptFlag.isSet
      }
      if InterruptFlag.isSet { break }
      let results = try trainer.evaluate(data.test)
      last = results
      try observers.get().didEndEpoch(
        EpochResults(
          epoch: epoch, step: step, names: trainer.metricNames,
          values: trainer.metricNames.map { results[$0] ?? .nan }))
      if let accuracy = results["accuracy"] {
        if best.map({ accuracy > $0.accuracy }) ?? true { try keepBest(accuracy, epoch + 1) }
      }
      progress.end(epoch: epoch, test: results)
    }
    try finish(step)
    if last.isEmpty, tellsAccuracy {
      // The run that this one goes on with had done everything.
      last = try trainer.evaluate(data.test)
      best = best ?? last["accuracy"].map { ($0, options.epochs) }
    }
    report(step: step, trainer.metricNames.compactMap { name in last[name].map { (name, $0) } })
  }

  private func report(step: Int, _ results: [(name: String, value: Double)]) {
    let accuracy = results.first { $0.name == "accuracy" }?.value
    if options.json {
      var members = [(name: "steps", tensor: Tensor(step))]
      if let best, accuracy != nil {
        members.append(("best_test_accuracy", Tensor(best.accuracy)))
        members.append(("best_epoch", Tensor(best.epoch)))
      }
      members += results.map { ("test_\($0.name)", Tensor($0.value)) }
      writeOutput(ResultPrinter.json(members))
    } else if let best, let accuracy {
      writeOutput("best test accuracy \(fixed(best.accuracy, digits: 4)) (epoch \(best.epoch))")
      writeOutput("test accuracy \(fixed(accuracy, digits: 4))")
    }
  }

  // MARK: With a number of steps

  /// The scalars that are told of each step: those that are asked for, else the declared ones.
  private func metrics() throws -> [(name: String, endpoint: Endpoint)] {
    guard let fetch = options.fetch else { return frozen.metrics.map { ($0.name, $0.endpoint) } }
    return try fetch.split(separator: ",").map(String.init).map { name in
      let endpoint = try frozen.endpoint(named: name)
      let type = frozen.type(of: endpoint)
      guard type.shape.rank ?? 0 == 0, type.dataType.isFloatingPoint else {
        throw GraphError(
          "--fetch \(name): a scalar of floating-point numbers can be told of each step, but it is"
            + " \(type)", notes: ["write it at the end with --save \(name)=file.npy"])
      }
      return (name, endpoint)
    }
  }

  func train(steps: Int) throws {
    let outputs = try metrics()
    // What depends on the feeds and on what the step leaves alone is computed once.
    let call = try session.prepare(
      fetches: outputs.map { session.graph.value(at: $0.endpoint) }, targets: [target],
      fixed: feeds)
    let progress = ProgressReport(total: steps, done: doneBefore, names: outputs.map(\.name))
    var step = doneBefore
    var metrics: [Double] = []
    var pictures = try PicturesOnTheWay(saves, every: options.every, session, frozen, feeds)
    while step < steps, !InterruptFlag.isSet {
      metrics = try call.run().map { try $0.metric }
      step += 1
      progress.update(step, metrics)
      try observers.get().didStep(
        StepResults(number: step, names: outputs.map(\.name), values: metrics))
      try writeCheckpointIfDue(step)
      try pictures.writeIfDue(step)
    }
    progress.end()
    try pictures.finish()
    try finish(step)
    let results = zip(outputs.map(\.name), metrics).map { (name: $0, tensor: Tensor($1)) }
    if !results.isEmpty {
      writeOutput(options.json ? ResultPrinter.json(results) : ResultPrinter.text(results))
    }
  }

  // MARK: What is kept

  private static let bestNames = (accuracy: "best_test_accuracy", epoch: "best_epoch")

  private func keepBest(_ accuracy: Double, _ epoch: Int) throws {
    best = (accuracy, epoch)
    try folder?.writeResults([
      Self.bestNames.accuracy: accuracy, Self.bestNames.epoch: Double(epoch),
    ])
  }

  /// Takes the best accuracy of the run that this one goes on with.
  private func readBest() throws {
    guard let results = try folder?.results(), let accuracy = results[Self.bestNames.accuracy],
      let epoch = results[Self.bestNames.epoch].flatMap({ Int(exactly: $0) })
    else { return }
    best = (accuracy, epoch)
  }

  private func writeCheckpointIfDue(_ step: Int) throws {
    if let every = options.every, step % every == 0 { try writeCheckpoint(step) }
  }

  private func writeCheckpoint(_ step: Int) throws {
    guard let folder, writtenStep != step else { return }
    try folder.write(session.variables.values, step: step)
    writtenStep = step
  }

  /// Writes the last checkpoint and what is to be saved; ends the process after an interrupt.
  private func finish(_ step: Int) throws {
    try writeCheckpoint(step)
    try observers.get().didFinish()
    if InterruptFlag.isSet {
      if let folder { writeError("interrupted; go on with --checkpoint \(folder.path) --resume") }
      InterruptFlag.exit()
    }
    guard !saves.isEmpty else { return }
    let values = try saves.map {
      session.graph.value(at: try frozen.endpoint(named: $0.name))
    }
    for (save, tensor) in zip(saves, try session.run(values, feeding: feeds)) {
      try save.write(tensor)
    }
  }
}
