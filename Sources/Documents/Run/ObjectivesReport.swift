package import Planning
internal import Results
internal import Scenarios
internal import ServingSimulation
internal import Units

/// Whether a run holds the objectives of its scenario, all in all and at the highest rate.
package struct ObjectivesReport: Encodable, Sendable {
  package enum Verdict: String, Encodable, Sendable {
    case yes, no
    /// Nobody can judge how long the queue becomes.
    case unknown
  }

  package var holds = Verdict.unknown
  /// How sure that is; absent where nobody asked, and of a backlog.
  package private(set) var certainty: Certainty?
  /// Share of the requests that must meet every objective.
  package var required: Double
  /// Share that meets them, the lower of all in all and at the highest rate; absent of a backlog.
  package var attainment: Double?
  /// The objectives in words: `TTFT 2 s and TPOT 50 ms`.
  package var limits: String
  /// Why it holds or does not, with the numbers.
  package var reason = ""

  /// Nil without objectives.
  init?(_ scenario: Scenario, _ results: RunResults) {
    guard !scenario.objectives.isEmpty else { return nil }
    required = scenario.attainment
    limits = scenario.objectives.words
    judge(results)
  }

  mutating func judge(_ results: RunResults) {
    attainment = nil
    if let load = results.load, load.trouble != nil { return judge(load, "") }
    if let load = results.peak?.load, load.trouble != nil {
      return judge(load, " at the highest rate")
    }
    let shares = [results.attainment, results.peak?.attainment].compactMap { $0 }
    guard let share = shares.min() else {
      (holds, reason) = (.unknown, "no request has ended")
      return
    }
    attainment = share
    holds = share < required ? .no : .yes
    let isPeak = results.attainment.map { share < $0 } ?? true
    reason =
      (isPeak ? "at the highest rate " : "")
      + "\(percent(share)) of requests within \(limits), \(NumberText.plain(required * 100)) % must"
  }

  /// A queue that grows serves no request in time in the end.
  private mutating func judge(_ load: LoadResults, _ place: String) {
    (holds, reason) =
      switch load.state {
      case .overloaded, .overloadedAtPeak: (.no, "the queue grows" + place)
      case .fragile: (.unknown, "only until the caches lose the conversations" + place)
      case .sustained, .undecided, .finite: (.unknown, "too near to what can be served" + place)
      }
  }

  /// Says how sure the verdict is, and of a marginal one what is met where it is another.
  mutating func add(_ doubt: ReversedRun.Doubt) {
    certainty = doubt.certainty
    reason += doubt.words(whereItHolds: holds == .yes, percent)
  }

  /// In as many decimals as tell it from what must be, from one to four.
  private func percent(_ share: Double) -> String {
    share < required
      ? NumberText.percent(share, apartFrom: required) : "\(NumberText.fixed(share * 100, 1)) %"
  }
}

extension ObjectivesReport {
  /// `no: 14.6 % of requests within TTFT 2 s and TPOT 50 ms, 99 % must`
  package var words: String {
    let verdict = holds == .unknown ? "not known" : holds.rawValue
    return "\(verdict)\(certainty == .marginal ? ", marginally" : ""): \(reason)"
  }
}
