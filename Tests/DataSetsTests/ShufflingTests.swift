import Testing

@testable import DataSets

@Suite("The order of shuffled examples")
struct ShufflingTests {
  @Test("The generator gives SplitMix64's published numbers")
  func generator() {
    var generator = SplitMix64(state: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    #expect(generator.next() == 9_817_491_932_198_370_423)
  }

  @Test("Numbers below a bound are drawn again where they would not be fair")
  func bounds() {
    var generator = SplitMix64(state: 5)
    // As a program of big integers gives them; about a quarter is drawn again.
    let expected: [UInt64] = [
      5_350_958_370_115_768_963, 3_219_544_817_143_959_797, 1_374_366_522_881_100_531,
      2_600_439_195_830_912_595, 13_635_328_569_769_530_456,
    ]
    #expect(expected == (0..<5).map { _ in generator.next(below: 3 << 62) })
    #expect(generator.next(below: 1) == 0)
    for _ in 0..<1000 { #expect(generator.next(below: 3) < 3) }
  }

  @Test("Seed and epoch alone decide the order")
  func orders() {
    // As another program of the documented rule gives them.
    #expect(shuffledOrder(count: 10, seed: 1, epoch: 0) == [6, 4, 7, 2, 9, 1, 5, 0, 8, 3])
    #expect(shuffledOrder(count: 10, seed: 1, epoch: 1) == [7, 6, 9, 3, 4, 0, 1, 8, 2, 5])
    #expect(shuffledOrder(count: 10, seed: 2, epoch: 0) == [2, 1, 7, 8, 4, 5, 9, 6, 0, 3])
    #expect(shuffledOrder(count: 10, seed: .max, epoch: 7) == [3, 5, 0, 9, 7, 8, 4, 6, 2, 1])
    let long = shuffledOrder(count: 60_000, seed: 1, epoch: 3)
    #expect(long.prefix(5) == [33137, 12760, 17058, 2670, 10669])
    #expect(long.suffix(5) == [38403, 3295, 32440, 20551, 41546])
    #expect(long.sorted() == Array(0..<60_000))
    #expect(shuffledOrder(count: 0, seed: 1, epoch: 0) == [])
    #expect(shuffledOrder(count: 1, seed: 1, epoch: .max) == [0])
  }

  @Test("Every example comes to every place about as often")
  func fairness() {
    var counts = [[Int]](repeating: [0, 0, 0, 0, 0], count: 5)
    for epoch in 0..<5000 {
      for (place, example) in shuffledOrder(count: 5, seed: 42, epoch: epoch).enumerated() {
        counts[place][example] += 1
      }
    }
    // 1000 expected, with a standard deviation of 28.
    for count in counts.joined() { #expect((860...1140).contains(count)) }
  }
}
