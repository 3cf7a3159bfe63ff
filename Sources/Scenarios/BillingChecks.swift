internal import Diagnostics
internal import Hardware

/// Whether machines are sold in the unit that a scenario is to be billed by.
struct BillingChecks {
  private let scenario: Scenario

  init(_ scenario: Scenario) { self.scenario = scenario }

  func problems(of pools: [DeployedPool]) -> [Diagnostic] {
    guard let kind = scenario.bill else { return [] }
    var problems: [Diagnostic] = []
    for profile in pools.flatMap(\.machines).map(\.hardware)
    where profile.sales.unit(kind) == nil {
      let known = profile.sales.kinds.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      let problem = Diagnostic(
        code: "scenario/bill",
        "`\(profile.name)` is not known to be sold by the \(kind.rawValue)",
        at: scenario.billPlace.location, path: scenario.billPlace.path, notes: ["known: \(known)"],
        hint: "leave `bill` out, or say `sold_by` in a profile of your own")
      if !problems.contains(problem) { problems.append(problem) }
    }
    return problems
  }
}
