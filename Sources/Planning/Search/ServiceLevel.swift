internal import Outcomes
package import Requirements
package import Scenarios
internal import ServingSimulation
internal import Units

/// What a deployment is held to: the objectives of the scenario, and what figures must be.
package struct ServiceLevel: Sendable {
  /// Share of the requests that must meet every objective; nil where there are none.
  package let attainment: Double?
  package let requirements: [Requirement]

  package init(attainment: Double?, requirements: [Requirement]) {
    self.attainment = attainment
    self.requirements = requirements
  }

  /// - Parameter requirements: nil for the scenario's own.
  package init(_ scenario: Scenario, requirements: [Requirement]? = nil) {
    self.init(
      attainment: scenario.objectives.isEmpty ? nil : scenario.attainment,
      requirements: requirements ?? scenario.requirements)
  }

  /// Whether there is nothing to hold, so that the smallest deployment would always do.
  package var isEmpty: Bool { attainment == nil && requirements.isEmpty }

  /// What of it a run misses, in words with the numbers; empty when it holds.
  package func shortfalls(of trial: Trial) -> [String] {
    var list: [String] = []
    let results = trial.results
    if trial.isOutOfTime { list.append("the run takes more than 146 years") }
    let dropped = results.requests.rejected + results.requests.lost
    if dropped > 0 { list.append("\(NumberText.grouped(dropped)) requests rejected or lost") }
    if let attainment, let found = results.attainment, found < attainment {
      list.append(
        "\(percent(found)) of requests meet the objectives, \(percent(attainment)) must")
    }
    for requirement in requirements {
      let value = results.value(of: requirement.figure)
      guard !requirement.isMet(by: value) else { continue }
      let words = value.map { requirement.figure.words($0) } ?? "unknown"
      list.append("\(requirement.figure.path) is \(words), must be \(bound(of: requirement))")
    }
    return list
  }

  private func bound(of requirement: Requirement) -> String {
    "\(requirement.comparison.rawValue) \(requirement.figure.words(requirement.bound))"
  }

  private func percent(_ share: Double) -> String { "\(NumberText.fixed(share * 100, 1)) %" }
}
