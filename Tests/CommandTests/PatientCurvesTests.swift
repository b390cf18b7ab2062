import StaticGraph
import Testing

@testable import CommandLineSupport

/// A training does not end because its curves cannot be drawn.
@Suite struct PatientCurvesTests {
  @Test func whatCannotBeDrawnCostsNothing() throws {
    let curves = PatientCurves(
      TrainingCurves(writingTo: "no-such-folder/curve.svg", every: 0), telling: { _ in })
    let observers = TrainingObservers([curves])
    try observers.didStep(StepResults(number: 1, names: ["loss"], values: [1]))
    try observers.didEndEpoch(EpochResults(epoch: 0, step: 1, names: ["loss"], values: [1]))
    #expect(curves.failure == nil)
    try observers.didFinish()
    #expect("\(try #require(curves.failure))".contains("no-such-folder/curve.svg"))
  }

  @Test func itIsToldOnce() throws {
    var told: [String] = []
    let curves = PatientCurves(
      TrainingCurves(writingTo: "no-such-folder/curve.svg", every: 0), telling: { told.append($0) })
    for number in 1...3 {
      curves.didStep(StepResults(number: number, names: ["loss"], values: [1]))
    }
    #expect(
      told == [
        "warning: cannot write 'no-such-folder/curve.svg': No such file or directory;"
          + " the training goes on"
      ])
  }
}
