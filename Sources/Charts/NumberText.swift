/// A number with so many digits after the point.
///
/// - Parameter trimmed: Whether zeros at the end are left out.
func decimal(_ number: Double, digits: Int, trimmed: Bool = false) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  guard number.isFinite, abs(number) * scale < 1e15 else { return "\(number)" }
  let units = Int64((abs(number) * scale).rounded())
  let (whole, fraction) = units.quotientAndRemainder(dividingBy: Int64(scale))
  var text = String(fraction)
  text = String(repeating: "0", count: max(0, digits - text.count)) + text
  if trimmed { while text.last == "0" { text.removeLast() } }
  if digits == 0 { text = "" }
  return (number < 0 && units > 0 ? "-" : "") + "\(whole)" + (text.isEmpty ? "" : ".\(text)")
}

/// Texts for the numbers beside an axis: all with as many digits as the step between them needs.
func tickTexts(_ ticks: [Double], step: Double) -> [String] {
  let greatest = ticks.reduce(0) { max($0, abs($1)) }
  if greatest >= 1e15 || (greatest > 0 && greatest < 1e-4) {
    return ticks.map { shortText($0) }
  }
  for (unit, suffix) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where greatest >= unit * 10 {
    return ticks.map {
      $0 == 0 ? "0" : decimal($0 / unit, digits: digits(for: step / unit)) + suffix
    }
  }
  return ticks.map { decimal($0, digits: digits(for: step)) }
}

/// A number in as few letters as say it: `0.001`, `20`, `5k`, `1e-6`.
func shortText(_ number: Double) -> String {
  let size = abs(number)
  if size == 0 { return "0" }
  if size >= 1e3, size < 1e6 { return decimal(number / 1e3, digits: 3, trimmed: true) + "k" }
  if size >= 1e-4, size < 1e3 { return decimal(number, digits: 6, trimmed: true) }
  var exponent = 0
  var mantissa = size
  while mantissa >= 10 - 1e-9, exponent < 400 {
    (mantissa, exponent) = (mantissa / 10, exponent + 1)
  }
  while mantissa < 1 - 1e-9, exponent > -400 {
    (mantissa, exponent) = (mantissa * 10, exponent - 1)
  }
  return (number < 0 ? "-" : "") + decimal(mantissa, digits: 2, trimmed: true) + "e\(exponent)"
}

/// The digits after the point that multiples of a step have.
private func digits(for step: Double) -> Int {
  var digits = 0
  var rest = step
  while digits < 12, abs(rest - rest.rounded()) > 1e-6 * max(1, abs(rest)) || rest.rounded() == 0 {
    rest *= 10
    digits += 1
  }
  return digits
}
