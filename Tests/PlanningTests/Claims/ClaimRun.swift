import Diagnostics
import Outcomes
import Planning
import Results
import Scenarios
import Testing

/// A scenario of `scenarios/claims` with some of its keys changed, as `--set` would.
struct ClaimRun: CustomTestStringConvertible, Sendable {
  static let files = "scenarios/claims/"

  var scenario: String
  var settings: [String]

  init(_ scenario: String, _ settings: String...) {
    self.scenario = "claims/" + scenario
    self.settings = settings
  }

  var testDescription: String { ([scenario] + settings).joined(separator: " ") }

  /// Enough clients and requests to see the figures, and no more.
  func of(clients: Int, requests: Int) -> ClaimRun {
    var changed = self
    changed.settings += [
      "workload.arrivals.clients=\(clients)", "workload.requests=\(requests)",
    ]
    return changed
  }

  func with(_ settings: String...) -> ClaimRun {
    var changed = self
    changed.settings += settings
    return changed
  }

  func loaded() throws -> Scenario {
    try ScenarioCatalogue.load(
      nameOrPath: scenario, overrides: try settings.map { try ConfigOverride(argument: $0) })
  }

  func trial() throws -> Trial {
    let trial = try Trial.run(try Deployment(loaded()))
    #expect(trial.brokenLaws == [], "\(testDescription)")
    return trial
  }

  /// Output tokens a second, on each accelerator.
  func rate() throws -> Double {
    try #require(try trial().results.outputRatePerAccelerator, "\(testDescription)")
  }

  /// Tokens a second of the median user.
  static func interactivity(_ trial: Trial) throws -> Double {
    1000 / (try #require(trial.results.timePerOutputToken).p50)
  }
}
