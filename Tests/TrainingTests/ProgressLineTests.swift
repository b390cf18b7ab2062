import Testing

@testable import Training

/// What a terminal shows of a training.
@Suite struct ProgressLineTests {
  @Test func aMessageStandsBelowTheNews() {
    var line = ProgressLine()
    #expect(line.message("begun\n") == "begun\n")
    #expect(line.news("1/2", stays: false) == "\r\u{1B}[K1/2")
    #expect(line.news("2/2", stays: false) == "\r\u{1B}[K2/2")
    #expect(line.message("interrupted\n") == "\ninterrupted\n")
    #expect(line.message("more\n") == "more\n")
  }

  @Test func newsThatStayEndTheirLine() {
    var line = ProgressLine()
    #expect(line.news("1/2", stays: false) == "\r\u{1B}[K1/2")
    #expect(line.news("2/2  1 s", stays: true) == "\r\u{1B}[K2/2  1 s\n")
    #expect(line.message("error\n") == "error\n")
  }
}
