import StaticGraph

extension TrainingOptions {
  /// What a training tells of its steps and tests: what the options ask for.
  ///
  /// - Parameter done: The steps that were done before.
  /// - Throws: `TensorError` when a log cannot be written, `GraphError` for a graph that does not
  ///   fit in one.
  func observers(of session: Session, doneBefore done: Int) throws -> TrainingObservers {
    var observers: [any TrainingObserver] = []
    if let plot { observers.append(TrainingCurves(writingTo: plot)) }
    if let log {
      observers.append(try TrainingLog(log, of: session, goingOnAfter: done))
    }
    return TrainingObservers(observers)
  }
}
