import StaticGraph

/// One training from the command line: the session, what is fed, and where results go.
final class TrainingRun {
  private let options: TrainingOptions
  private let session: Session
  private let frozen: FrozenGraph
  private let target: GraphNode
  private let feeds: [Value: Tensor]
  private let saves: [ResultFile]
  private let data: DataSet?
  private let record: TrainingRecord
  /// What is told of steps and tests.
  private lazy var observers = Result { try RunObservers(options, session, record) }

  init(_ file: String, _ options: TrainingOptions) throws {
    self.options = options
    frozen = try GraphSource.read(file, definitions: try options.parameters.dictionary)
      .seeded(with: options.seed)
    let graph = Graph(frozen)
    session = try Session(
      graph,
      options: SessionOptions(
        threads: options.threads, maxMemory: options.maxMemory?.byteCount))
    target = try PreparedRun.target(options.target ?? frozen.usualTarget, frozen, graph)
    saves = try ResultFile.all(options.save)
    for save in saves { _ = try frozen.endpoint(named: save.name) }
    data = try options.dataSet(for: frozen)
    record = try TrainingRecord(options, data)
    feeds = try FeedReader(frozen, path: file, options.images, seed: options.seed)
      .feeds(options.feed, graph)
  }

  /// Gives the variables what they begin with, and trains.
  func run() throws {
    for save in saves { try save.check() }
    if let plot = options.plot { try checkIsWritable(plot) }
    try record.checkFolder()
    if try !record.resume(session) { try restore() }
    try session.initializeVariables(onlyMissing: true, feeding: feeds)
    try checkSaves()
    _ = try observers.get()
    if let data { try train(on: data) } else { try train(steps: options.steps!) }
    try observers.get().checkDrawing()
  }

  /// What is to be saved.
  private func savedValues() throws -> [Value] {
    try saves.map { session.graph.value(at: try frozen.endpoint(named: $0.name)) }
  }

  /// Sees to it before the first step that what is to be saved can be computed after the last.
  private func checkSaves() throws {
    guard !saves.isEmpty else { return }
    do {
      try session.compile(savedValues(), targets: [], feeding: feeds)
    } catch let error as GraphError where data != nil {
      throw error.noting { _ in
        "--save: with --data nothing is fed at the end; write it with --checkpoint, and then"
          + " graphrun --restore --feed --save"
      }
    }
  }

  private func restore() throws {
    if let path = options.restore {
      let report = try session.restore(Checkpoint.open(path), lenient: options.lenient)
      writeError(
        "\(path): \(report.restored.count) variables restored, \(report.missing.count) not in it")
      for line in report.lines() { writeError("  \(line)") }
    } else if data == nil {
      let results =
        try metrics().map(\.endpoint.nodeIndex) + savedValues().map(\.endpoint.nodeIndex)
      frozen.noteUntrainedVariables([target.index] + results, feeds: feeds)
    }
  }

  // MARK: With data

  private func train(on data: DataSet) throws {
    let doneBefore = record.doneBefore
    let examples = options.limit.map { data.training.prefix($0) } ?? data.training
    let trainer = try Trainer(session, target: target)
    let perEpoch = (examples.count + options.batch - 1) / options.batch
    let total = perEpoch * options.epochs
    let tellsAccuracy = trainer.metricNames.contains("accuracy")
    var last: [String: Double] = [:]
    let progress = ProgressReport(total: total, done: doneBefore, names: trainer.metricNames)
    let firstEpoch = min(options.epochs, doneBefore / perEpoch)
    var step = doneBefore
    func test(after epoch: Int) throws -> [String: Double] {
      let results = try trainer.evaluate(data.test)
      last = results
      if let accuracy = results["accuracy"] { try record.note(accuracy: accuracy, epoch + 1) }
      return results
    }
    let told = trainer.metricNames
    func results(of epoch: Int, _ results: [String: Double]) -> EpochResults {
      EpochResults(epoch: epoch, step: step, names: told, values: told.map { results[$0] ?? .nan })
    }
    // The run that this one goes on with may have ended before it tested what it had written.
    if firstEpoch > 0, doneBefore % perEpoch == 0 {
      let epoch = firstEpoch - 1
      try observers.get().didTestAgain(results(of: epoch, test(after: epoch)))
    }
    for epoch in firstEpoch..<max(firstEpoch, options.epochs) {
      progress.begin(epoch: epoch, of: options.epochs)
      step = try trainer.train(
        examples, batchSize: options.batch, epochs: epoch..<epoch + 1, seed: options.seed,
        done: doneBefore
      ) { step in
        progress.update(step.number, step.metrics)
        try observers.get().didStep(
          StepResults(number: step.number, names: told, values: step.metrics))
        try record.writeCheckpointIfDue(step.number, session)
        return !InterruptFlag.isSet
      }
      if InterruptFlag.isSet { break }
      let tested = try test(after: epoch)
      try observers.get().didEndEpoch(results(of: epoch, tested))
      progress.end(
        epoch: epoch,
        results: told.compactMap { name in
          tested[name].map { (name: "test \(name)", number: $0) }
        })
    }
    try finish(step)
    if last.isEmpty, tellsAccuracy {
      // The run that this one goes on with had done more than that.
      last = try trainer.evaluate(data.test)
      if record.best == nil, let accuracy = last["accuracy"] {
        try record.note(accuracy: accuracy, options.epochs)
      }
    }
    report(step: step, trainer.metricNames.compactMap { name in last[name].map { (name, $0) } })
  }

  private func report(step: Int, _ results: [(name: String, value: Double)]) {
    let accuracy = results.first { $0.name == "accuracy" }?.value
    if options.json {
      var members = [(name: "steps", tensor: Tensor(step))]
      if let best = record.best, accuracy != nil {
        members.append(("best_test_accuracy", Tensor(best.accuracy)))
        members.append(("best_epoch", Tensor(best.epoch)))
      }
      members += results.map { ("test_\($0.name)", Tensor($0.value)) }
      writeOutput(ResultPrinter.json(members))
    } else if let best = record.best, let accuracy {
      writeOutput("best test accuracy \(fixed(best.accuracy, digits: 4)) (epoch \(best.epoch))")
      writeOutput("test accuracy \(fixed(accuracy, digits: 4))")
    }
  }

  // MARK: With a number of steps

  /// The scalars that are told of each step: those that are asked for, else the declared ones.
  private func metrics() throws -> [(name: String, endpoint: Endpoint)] {
    if options.fetch.isEmpty { return frozen.metrics.map { ($0.name, $0.endpoint) } }
    return try names(in: options.fetch).map { name in
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

  private func train(steps: Int) throws {
    let outputs = try metrics()
    // What depends on the feeds and on what the step leaves alone is computed once.
    let call = try session.prepare(
      fetches: outputs.map { session.graph.value(at: $0.endpoint) }, targets: [target],
      fixed: feeds)
    let progress = ProgressReport(total: steps, done: record.doneBefore, names: outputs.map(\.name))
    var step = record.doneBefore
    var metrics: [Double] = []
    var pictures = try PicturesOnTheWay(saves, every: options.every, session, frozen, feeds)
    while step < steps, !InterruptFlag.isSet {
      metrics = try call.run().map { try $0.metric }
      step += 1
      progress.update(step, metrics)
      try observers.get().didStep(
        StepResults(number: step, names: outputs.map(\.name), values: metrics))
      try record.writeCheckpointIfDue(step, session)
      try pictures.writeIfDue(step)
    }
    if record.doneBefore >= steps, record.doneBefore > 0 {
      writeError("already at step \(record.doneBefore); --steps \(steps) asks for no more")
    } else {
      progress.end()
    }
    try pictures.finish()
    try finish(step)
    let results = zip(outputs.map(\.name), metrics).map { (name: $0, tensor: Tensor($1)) }
    if !results.isEmpty {
      writeOutput(options.json ? ResultPrinter.json(results) : ResultPrinter.text(results))
    }
  }

  /// Writes the last checkpoint and what is to be saved; ends the process after an interrupt.
  private func finish(_ step: Int) throws {
    try record.writeCheckpoint(step, session)
    try observers.get().didFinish()
    let isInterrupted = InterruptFlag.isSet
    try writeSaves()
    guard isInterrupted else { return }
    do { try observers.get().checkDrawing() } catch { writeError("error: \(error)") }
    if let folder = options.checkpoint {
      writeError("interrupted; go on with --checkpoint \(folder) --resume")
    } else {
      let kept = saves.isEmpty ? "nothing was kept" : "only what --save names was kept"
      writeError("interrupted; \(kept), as there is no --checkpoint")
    }
    InterruptFlag.exit()
  }

  private func writeSaves() throws {
    guard !saves.isEmpty else { return }
    for (save, tensor) in zip(saves, try session.run(savedValues(), feeding: feeds)) {
      try save.write(tensor)
    }
  }
}
