import Charts
import Foundation
import FoundationXML
import Images
import Testing

@Suite struct ChartTests {
  private func chart(_ values: [Double], smoothing: Int = 1) -> Chart {
    var chart = Chart(title: "loss & <more>", horizontalLabel: "step")
    chart.add("training", values, smoothing: smoothing)
    return chart
  }

  /// How many pixels have about that colour.
  private func count(_ image: Image, _ color: [UInt8]) -> Int {
    stride(from: 0, to: image.pixels.count, by: 3).count { place in
      (0..<3).allSatisfy { abs(Int(image.pixels[place + $0]) - Int(color[$0])) < 12 }
    }
  }

  @Test func aLineGoesFromTheFirstPointToTheLast() throws {
    let image = try chart([0, 1, 2, 3]).image(width: 300, height: 200)
    #expect(image.width == 600 && image.height == 400 && image.channels == 3)
    let blue: [UInt8] = [0x2F, 0x6B, 0xDE]
    // Of a rising line, blue is low on the left and high on the right.
    var rows: [Int: [Int]] = [:]
    for row in 80..<image.height {
      for column in 0..<image.width {
        let place = (row * image.width + column) * 3
        if (0..<3).allSatisfy({ abs(Int(image.pixels[place + $0]) - Int(blue[$0])) < 12 }) {
          rows[column, default: []].append(row)
        }
      }
    }
    let columns = rows.keys.sorted()
    let left = try #require(columns.first)
    let right = try #require(columns.last)
    #expect(right - left > 400)
    #expect(rows[left]!.max()! > 300)
    #expect(rows[right]!.min()! < 110)
    // The line is nowhere broken.
    #expect(columns.count == right - left + 1)
  }

  @Test func seriesHaveColorsOfTheirOwn() throws {
    var chart = chart([1, 2, 3])
    chart.add("test", [(x: 1, y: 3), (x: 3, y: 1)], style: .lineWithMarkers)
    let image = try chart.image(width: 300, height: 200)
    #expect(count(image, [0x2F, 0x6B, 0xDE]) > 100)
    #expect(count(image, [0xEE, 0x7A, 0x1D]) > 100)
  }

  @Test func losesAndDecadesMakeALogarithmicAxis() {
    let decades = (0..<60).map { 10 * exp(-Double($0) / 5) }
    let text = chart(decades).svg()
    #expect(text.contains(">0.001<") && text.contains(">0.1<") && text.contains(">10<"))
    #expect(!chart([1, 2, 3]).svg().contains(">0.1<"))
    // What is not positive has no place on a logarithmic axis.
    #expect(!chart(decades + [0]).svg().contains(">0.001<"))
  }

  @Test func textIsXML() throws {
    let document = try XMLDocument(
      xmlString: chart((0..<500).map { sin(Double($0)) }, smoothing: 50).svg())
    let texts = try document.nodes(forXPath: "//*[local-name()='text']").compactMap(\.stringValue)
    #expect(texts.contains("loss & <more>"))
    #expect(texts.contains("step") && texts.contains("training"))
    #expect(texts.contains("0.5") && texts.contains("-0.5"))
  }

  @Test func manyPointsAreDrawnWithFew() {
    let many = chart((0..<200_000).map { Double($0 % 7) }).svg()
    #expect(many.utf8.count < 200_000)
  }

  @Test(
    arguments: [
      [], [.nan], [5], [0, 0, 0], [.infinity, 1, -.infinity], [1, .nan, 2], [1e300, -1e300],
      [-1.7e308, 1.7e308], [.leastNonzeroMagnitude, 0, 1],
      [.leastNonzeroMagnitude, 1], [1, 1 + 1e-15],
    ] as [[Double]])
  func oddNumbersMakeAPicture(_ values: [Double]) throws {
    for scale in [Chart.Scale.automatic, .linear, .logarithmic] {
      for smoothing in [1, 3] {
        var chart = chart(values, smoothing: smoothing)
        chart.verticalScale = scale
        _ = try chart.image(width: 200, height: 120)
        #expect(chart.svg().hasSuffix("</svg>\n"))
        #expect(!chart.svg().contains("nan") && !chart.svg().contains("inf"))
      }
    }
  }

  @Test func aSheetIsWrittenByTheEndingOfItsName() throws {
    let folder = NSTemporaryDirectory() + "charts-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let sheet = ChartSheet([chart([1, 2]), chart([2, 1]), chart([3, 3])])
    try sheet.write(to: "\(folder)/a.png")
    try sheet.write(to: "\(folder)/a.svg")
    let png = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/a.png"))
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(try String(contentsOfFile: "\(folder)/a.svg", encoding: .utf8).hasPrefix("<svg"))
    #expect(throws: (any Error).self) { try sheet.write(to: "\(folder)/a.jpg") }
    #expect(throws: (any Error).self) {
      try ChartSheet([Chart](repeating: chart([1]), count: 10_000)).image()
    }
  }
}
