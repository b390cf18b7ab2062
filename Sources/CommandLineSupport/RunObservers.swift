import StaticGraph
import Training

/// What a training tells of its steps and tests: its record and what the options ask for.
final class RunObservers: TrainingObserver {
  private let all: TrainingObservers
  /// Those that know nothing of a test after the step that the run goes on with.
  private let withoutLastTest: TrainingObservers
  private let drawing: PatientCurves?

  /// - Throws: `TensorError` when a log cannot be written, `GraphError` for a graph that does not
  ///   fit in one.
  init(_ options: TrainingOptions, _ session: Session, _ record: TrainingRecord) throws {
    var observers: [any TrainingObserver] = record.history.map { [$0] } ?? []
    drawing = options.plot.map { PatientCurves(TrainingCurves(writingTo: $0)) }
    if let drawing {
      try record.history?.replay(to: drawing)
      observers.append(drawing)
    }
    withoutLastTest = TrainingObservers(observers)
    if let log = options.log {
      observers.append(try TrainingLog(log, of: session, goingOnAfter: record.doneBefore))
    }
    all = TrainingObservers(observers)
  }

  func didStep(_ step: StepResults) throws { try all.didStep(step) }

  func didEndEpoch(_ epoch: EpochResults) throws { try all.didEndEpoch(epoch) }

  func didFinish() throws { try all.didFinish() }

  /// - Throws: What was wrong with the last drawing of the curves, which costs nothing else.
  func checkDrawing() throws {
    if let failure = drawing?.failure { throw failure }
  }

  /// A test was made again after the last step of the run before.
  func didTestAgain(_ epoch: EpochResults) throws { try withoutLastTest.didEndEpoch(epoch) }
}
