/// Is told how a training goes, as what draws its curves or logs it.
///
/// A training calls the methods on its own thread, in the order of what happens. What they throw
/// ends the training.
public protocol TrainingObserver: AnyObject {
  /// A step was done.
  func didStep(_ step: StepResults) throws
  /// All training examples were gone through once more, and a test was made.
  func didEndEpoch(_ epoch: EpochResults) throws
  /// The training is over, whether all was done or it was interrupted.
  func didFinish() throws
}

/// The numbers that are told of a step.
public struct StepResults: Sendable {
  /// The number of the step, from 1 on.
  public let number: Int
  /// What the numbers are called.
  public let names: [String]
  /// The numbers, of the variables before the step.
  public let values: [Double]

  /// - Precondition: There are as many names as numbers.
  public init(number: Int, names: [String], values: [Double]) {
    precondition(names.count == values.count, "each number has a name")
    (self.number, self.names, self.values) = (number, names, values)
  }
}

/// What a test after an epoch gave.
public struct EpochResults: Sendable {
  /// The number of the epoch, from 0 on.
  public let epoch: Int
  /// The number of the last step of the epoch.
  public let step: Int
  /// What the numbers are called.
  public let names: [String]
  /// The numbers over all test examples; none without a test.
  public let values: [Double]

  /// - Precondition: There are as many names as numbers.
  public init(epoch: Int, step: Int, names: [String], values: [Double]) {
    precondition(names.count == values.count, "each number has a name")
    (self.epoch, self.step, self.names, self.values) = (epoch, step, names, values)
  }
}

/// Several observers, told one after the other.
public final class TrainingObservers: TrainingObserver {
  private let observers: [any TrainingObserver]

  /// The observers in the order in which they are told.
  public init(_ observers: [any TrainingObserver]) { self.observers = observers }

  public func didStep(_ step: StepResults) throws {
    for observer in observers { try observer.didStep(step) }
  }

  public func didEndEpoch(_ epoch: EpochResults) throws {
    for observer in observers { try observer.didEndEpoch(epoch) }
  }

  public func didFinish() throws {
    for observer in observers { try observer.didFinish() }
  }
}
