import Charts

extension History {
  /// A chart for each number, the validation's beside the training's.
  ///
  /// ```swift
  /// try model.fit(train, epochs: 5, validation: test).charts.write(to: "curves.png")
  /// ```
  public var charts: ChartSheet {
    let prefix = "val_"
    var titles: [String] = []
    for name in names {
      let title = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
      if !titles.contains(title) { titles.append(title) }
    }
    return ChartSheet(
      titles.map { title in
        var chart = Chart(title: title, horizontalLabel: "epoch")
        let curves = [("training", title, 0), ("validation", prefix + title, 1)]
        for (label, name, color) in curves where !self[name].isEmpty {
          let points = zip(epochs, self[name]).map { (x: Double($0 + 1), y: $1) }
          chart.add(label, points, style: .lineWithMarkers, colorNumber: color)
        }
        return chart
      })
  }
}
