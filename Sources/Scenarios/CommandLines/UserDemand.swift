internal import Diagnostics

/// What people ask for, as an organisation says it: `3,000 employees, 5 % at once, 12 requests an
/// hour`.
///
///     λ = n · a · r
///
/// - n: people      - a: share of them that are at work with it at a time, all if left out
/// - r [req/s]: requests of one of those
///
/// Check: 3,000 people, 5 % of them at once, 12 requests an hour each:
/// 150 · 12 / 3,600 s = 0.5 req/s (`UserDemandTests.workedExample`).
package struct UserDemand: Equatable, Sendable {
  package let people: Double
  package let shareAtOnce: Double
  package let requestsPerSecond: Double

  /// Rate of everybody together [req/s].
  package var rate: Double { people * shareAtOnce * requestsPerSecond }

  /// - Throws: `InvalidInput` for what says no number of people or no requests of one.
  package init(_ text: String) throws {
    var (people, share, requests): (Double?, Double?, Double?) = (nil, nil, nil)
    // A comma between digits groups them, another one separates.
    for part in Self.parts(text) {
      let words = part.lowercased().split(separator: " ").map(String.init)
      guard let first = words.first, let number = Self.number(first) else { continue }
      let rest = words.dropFirst().joined(separator: " ")
      if first.hasSuffix("%") || rest.hasPrefix("%") || rest.hasPrefix("percent") {
        share = number / 100
      } else if let unit = Self.period(rest) {
        requests = number / unit
      } else if people == nil {
        people = number
      }
    }
    guard let people, let requests, people > 0, requests > 0, (0...1).contains(share ?? 1) else {
      throw InvalidInput(
        Diagnostic(
          code: "command/users", "people and their requests are not understood: \(text)",
          at: SourceLocation(file: "--users \(text)"),
          hint: "write for example `--users '3,000 employees, 5 % at once, 12 requests an hour'`"))
    }
    self.people = people
    shareAtOnce = share ?? 1
    requestsPerSecond = requests
  }

  private static func parts(_ text: String) -> [String] {
    let letters = Array(text)
    var parts = [""]
    for (index, letter) in letters.enumerated() {
      let groups =
        index > 0 && letters[index - 1].isNumber && index + 1 < letters.count
        && letters[index + 1].isNumber
      if letter == ",", groups { continue }
      if letter == "," || letter == ";" {
        parts.append("")
      } else {
        parts[parts.count - 1].append(letter)
      }
    }
    return parts
  }

  private static func number(_ word: String) -> Double? {
    var digits = word
    if digits.hasSuffix("%") { digits.removeLast() }
    let factor = ["k": 1e3, "m": 1e6][digits.last.map(String.init) ?? ""]
    if factor != nil { digits.removeLast() }
    return Double(digits).map { $0 * (factor ?? 1) }
  }

  /// Seconds in which the requests come: `requests an hour`, `requests per day`.
  private static func period(_ words: String) -> Double? {
    guard words.contains("request") || words.contains("question") || words.contains("/") else {
      return nil
    }
    for (unit, seconds) in [("hour", 3_600.0), ("minute", 60), ("day", 86_400), ("second", 1)] {
      if words.contains(unit) { return seconds }
    }
    return nil
  }
}
