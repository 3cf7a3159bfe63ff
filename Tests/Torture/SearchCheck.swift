import Diagnostics
import Documents
import Planning
import Reports
import Scenarios

/// `plan` and `compare` with a small budget.
enum SearchCheck {
  static func fault(_ text: String, on bench: Bench) -> String? {
    do {
      let scenario = try ScenarioCatalogue.read(text: text, file: "case.yaml")
      return try fault(scenario)
    } catch {
      bench.count("refused")
      return Verdict.fault(of: error)
    }
  }

  private static func fault(_ scenario: Scenario) throws -> String? {
    let level = ServiceLevel(scenario)
    guard let hardware = scenario.pools.last?.hardware?.name,
      scenario.workload.hasLoad || level.longestMakespan != nil
    else { return nil }
    let machine = try SearchedMachine(hardware, for: scenario, from: Catalogues.shared)
    let options = SearchOptions(holding: level, mostEvents: 4_000, from: Catalogues.shared)
    let plan = CapacityPlan.find(
      scenario, on: machine, with: options, for: CapacityPlan.Demand(), isCancelled: { false })
    let planned = PlanReport(plan, of: scenario, holding: level)
    let comparison = Comparison.find(
      scenario, on: [machine], at: .scenario, with: options, isCancelled: { false })
    let compared = CompareReport(comparison, of: scenario, at: .scenario, holding: level)
    if let fault = Verdict.fault(ofLaws: plan.stages.flatMap(\.trial.brokenLaws)) { return fault }
    for form in [ReportForm.table, .json] {
      for text in [try planned.text(form), try compared.text(form)] {
        if let fault = Verdict.fault(of: text) { return "\(form) \(fault)" }
      }
    }
    return nil
  }
}
