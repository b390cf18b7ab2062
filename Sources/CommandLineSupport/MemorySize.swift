import ArgumentParser

/// A number of bytes on a command line, as `200M`.
struct MemorySize: ExpressibleByArgument {
  static let help = ArgumentHelp(
    "The most memory that a run may need besides its feeds. A graph that needs more computes cheap "
      + "values anew rather than keep them, or is refused.", valueName: "200M")

  let byteCount: Int

  /// A whole number of bytes, or of K, M or G of 1024 bytes each to the next.
  init?(argument: String) {
    let units = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    var digits = Substring(argument)
    var unit = 1
    if let last = digits.last, let known = units[last.uppercased()] {
      unit = known
      digits.removeLast()
    }
    guard digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(digits) else {
      return nil
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow, product > 0 else { return nil }
    byteCount = product
  }
}
