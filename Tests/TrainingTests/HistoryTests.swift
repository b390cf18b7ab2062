import Foundation
import PythonSupport
import StaticGraph
import Testing
import Training

/// The numbers of a training in a file.
@Suite struct HistoryTests {
  /// Notes what it is told.
  private final class Witness: TrainingObserver {
    var events: [String] = []

    func didStep(_ step: StepResults) {
      events.append("\(step.number) \(step.names) \(step.values)")
    }

    func didEndEpoch(_ epoch: EpochResults) {
      events.append("epoch \(epoch.epoch) after \(epoch.step) \(epoch.names) \(epoch.values)")
    }

    func didFinish() { events.append("finished") }
  }

  /// What a training tells of the steps of one epoch and of the test after it.
  private func tell(_ observer: some TrainingObserver, _ steps: ClosedRange<Int>) throws {
    for step in steps {
      let values = [1 / Double(step), step == 2 ? .nan : 0.1]
      try observer.didStep(StepResults(number: step, names: ["loss", "rate"], values: values))
    }
    try observer.didEndEpoch(
      EpochResults(
        epoch: steps.upperBound / 3 - 1, step: steps.upperBound, names: ["loss"],
        values: [.infinity])
    )
  }

  private func withPath(_ body: (String) throws -> Void) throws {
    try Python.withTemporaryFolder { try body($0.appendingPathComponent("history.csv").path) }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func whoGoesOnHasAllNumbers() throws {
    try withPath { path in
      let first = try TrainingHistory(writingTo: path)
      try tell(first, 1...3)
      try first.flush()
      try tell(first, 4...6)
      try first.didFinish()
      let whole = try text(path)
      #expect(whole.hasPrefix("part,step,value,name\ntraining,1,1.0,loss\ntraining,1,0.1,rate\n"))
      #expect(whole.contains("test,3,inf,loss\n"))

      // The steps after the checkpoint are done again, and so is the test right after it.
      let second = try TrainingHistory(writingTo: path, goingOnAfter: 3)
      let (witness, expected) = (Witness(), Witness())
      try second.replay(to: witness)
      try tell(expected, 1...3)
      #expect(witness.events == expected.events.dropLast())
      try second.didEndEpoch(EpochResults(epoch: 0, step: 3, names: ["loss"], values: [.infinity]))
      try tell(second, 4...6)
      try second.didFinish()
      #expect(try text(path) == whole)

      let third = try TrainingHistory(writingTo: path, goingOnAfter: 5)
      let last = Witness()
      try third.replay(to: last)
      #expect(last.events.count == 6)
      #expect(last.events[3].hasPrefix("epoch 0 after 3"))

      // Who begins afresh replaces the file, once there is something to write.
      let fresh = try TrainingHistory(writingTo: path)
      #expect(try text(path) == whole)
      try fresh.didFinish()
      #expect(try text(path) == "part,step,value,name\n")
    }
  }

  @Test func aLastLineThatIsCutOffIsLeftOut() throws {
    try withPath { path in
      try Data("part,step,value,name\ntraining,1,0.5,loss\ntraining,2,0.2".utf8)
        .write(to: URL(fileURLWithPath: path))
      let witness = Witness()
      try TrainingHistory(writingTo: path, goingOnAfter: 9).replay(to: witness)
      #expect(witness.events == ["1 [\"loss\"] [0.5]"])
    }
  }

  @Test func whatIsNoHistoryIsTold() throws {
    try withPath { path in
      try Data("part,step,value,name\ntraining,one,0.5,loss\n".utf8)
        .write(to: URL(fileURLWithPath: path))
      #expect {
        try TrainingHistory(writingTo: path, goingOnAfter: 9)
      } throws: {
        "\($0)".contains("history.csv' line 2: a part, a step, a number and its name were expected")
      }
    }
  }
}
