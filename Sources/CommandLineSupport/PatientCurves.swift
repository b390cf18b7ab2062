import StaticGraph
import Training

/// Curves of a training, which goes on when they cannot be drawn: that is told once.
final class PatientCurves: TrainingObserver {
  private let curves: TrainingCurves
  private let tell: (String) -> Void
  private var isTold = false
  /// What was wrong with the drawing at the end.
  private(set) var failure: (any Error)?

  /// - Parameter tell: Is told what was wrong with the first drawing that was.
  init(_ curves: TrainingCurves, telling tell: @escaping (String) -> Void = writeError) {
    (self.curves, self.tell) = (curves, tell)
  }

  func didStep(_ step: StepResults) { attempt { try curves.didStep(step) } }

  func didEndEpoch(_ epoch: EpochResults) { attempt { try curves.didEndEpoch(epoch) } }

  func didFinish() {
    do { try curves.didFinish() } catch { failure = error }
  }

  private func attempt(_ draw: () throws -> Void) {
    do { try draw() } catch {
      if !isTold { tell("warning: \(error); the training goes on") }
      isTold = true
    }
  }
}
