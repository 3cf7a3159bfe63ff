internal import Diagnostics
internal import Units

/// A share on the command line: `20%` or `0.2`.
enum ShareArgument {
  static func read(
    _ name: String, _ text: String, _ range: ClosedRange<Double>
  ) throws -> Double {
    let isPercent = text.hasSuffix("%")
    let digits = (isPercent ? String(text.dropLast()) : text).filter { $0 != " " }
    if let number = Quantity.plainNumber(digits), range.contains(isPercent ? number / 100 : number)
    {
      return isPercent ? number / 100 : number
    }
    let example = range.contains(0.2) ? "20%" : "95%"
    throw CommandLineMisuse(
      Diagnostic(
        code: "plan/share",
        "`\(name)` must be a share from \(words(range.lowerBound)) to "
          + "\(words(range.upperBound)): \(text)",
        at: SourceLocation(file: "\(name) \(text)"), hint: "write it as `\(name) \(example)`"))
  }

  private static func words(_ share: Double) -> String { "\(NumberText.plain(share * 100))%" }
}
