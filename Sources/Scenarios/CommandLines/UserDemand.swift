internal import Diagnostics

/// What people ask for, as an organisation says it: `3,000 employees, 5 % at once, 12 requests an
/// hour`.
///
///     λ = n · a · r
///
/// - n: people      - a: share of them that are at work with it at a time, all if left out
/// - r [req/s]: requests of one of those
///
/// Requests a day may all come in some hours of it: `20 requests a day, 8 working hours`. Whatever
/// part of the text is neither of these is refused, since a word that is passed over is a rate that
/// is wrong.
///
/// Check: 3,000 people, 5 % of them at once, 12 requests an hour each:
/// 150 · 12 / 3,600 s = 0.5 req/s (`UserDemandTests.workedExample`).
package struct UserDemand: Equatable, Sendable {
  package let people: Double
  package let shareAtOnce: Double
  package let requestsPerSecond: Double

  /// Rate of everybody together [req/s].
  package var rate: Double { people * shareAtOnce * requestsPerSecond }

  private static let example = "3,000 employees, 5 % at once, 12 requests an hour"

  /// - Throws: `InvalidInput` for what says no number of people or no requests of one, for what is
  ///   said twice, and for every part that says something else.
  package init(_ text: String) throws {
    var (people, share, requests, hours): (Double?, Double?, UserPhrase.Requests?, Double?)
    for part in UserPhrase.parts(text) {
      switch UserPhrase.meaning(of: part) {
      case .people(let count) where people == nil: people = count
      case .share(let found) where share == nil: share = found
      case .requests(let found) where requests == nil: requests = found
      case .hours(let found) where hours == nil: hours = found
      case .people, .share, .requests, .hours: throw Self.refused(text, "`\(part)` is said twice")
      case nil: throw Self.refused(text, "`\(part)` is not understood")
      }
    }
    guard let people else { throw Self.refused(text, "no number of people") }
    guard let requests else { throw Self.refused(text, "no requests of one of them") }
    guard (0...1).contains(share ?? 1), people > 0, requests.count > 0 else {
      throw Self.refused(text, "a share is from 0 to 100 %, all else above zero")
    }
    var seconds = requests.seconds
    if let hours {
      guard requests.isDaily, hours > 0, hours <= 24 else {
        throw Self.refused(text, "working hours, at most 24, are those of requests a day")
      }
      seconds = hours * 3_600
    }
    self.people = people
    shareAtOnce = share ?? 1
    requestsPerSecond = requests.count / seconds
  }

  private static func refused(_ text: String, _ why: String) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "command/users", "people and their requests are not understood: \(why)",
        at: SourceLocation(file: "--users \(text)"),
        hint: "write for example `--users '\(example)'`"))
  }
}
