extension Chart.Series {
  /// Each point with the mean of the points around it, at most `smoothing` of them and as many on
  /// one side as on the other; numbers that are not finite are left out.
  func smoothedPoints() -> [(x: Double, y: Double)] {
    guard smoothing > 1 else { return points }
    // Sums up to each point: the mean of any range is a difference.
    var sums = [0.0]
    var counts = [0]
    for point in points {
      sums.append(sums.last! + (point.y.isFinite ? point.y : 0))
      counts.append(counts.last! + (point.y.isFinite ? 1 : 0))
    }
    let reach = min(smoothing, points.count) / 2
    return points.indices.map { position in
      let around = min(reach, position, points.count - 1 - position)
      // At the ends, the few points on one side would leave the mean of one alone.
      let first = max(0, position - max(around, reach / 2))
      let last = min(points.count - 1, position + max(around, reach / 2))
      let count = counts[last + 1] - counts[first]
      let mean = (sums[last + 1] - sums[first]) / Double(count)
      return (points[position].x, count > 0 ? mean : .nan)
    }
  }
}

/// The points that tell of a line as much as all: of each column of the picture, the first and
/// last point, the highest and the lowest.
///
/// - Parameters:
///   - points: Places in the picture, from left to right.
///   - columns: How many columns there are for each unit of the picture.
func thinned(_ points: [Point], columnsPerUnit: Double) -> [Point] {
  guard points.count > 4 else { return points }
  var result: [Point] = []
  var start = 0
  while start < points.count {
    let column = (points[start].x * columnsPerUnit).rounded(.down)
    var end = start + 1
    while end < points.count, (points[end].x * columnsPerUnit).rounded(.down) == column {
      end += 1
    }
    if end - start <= 4 {
      result += points[start..<end]
    } else {
      let range = start..<end
      let lowest = range.min { points[$0].y < points[$1].y }!
      let highest = range.max { points[$0].y < points[$1].y }!
      result += Set([start, lowest, highest, end - 1]).sorted().map { points[$0] }
    }
    start = end
  }
  return result
}
