internal import Diagnostics
internal import Economics
internal import Hardware
internal import Outcomes
package import Planning
internal import Results
package import Scenarios

extension PlanReport {
  /// Where a cautious plan holds its level.
  fileprivate static let slowEnd = "at the slow end of the 80 % interval"

  package init(_ plan: CapacityPlan, of scenario: Scenario, holding level: ServiceLevel) {
    seed = scenario.seed
    inputs = Inputs(plan, scenario, level)
    simulations = plan.trials
    gpusPerDomain = plan.machine.profile.scaleUp.domain
    reasons = []
    let domain = gpusPerDomain
    // A batch ends before a month does.
    let price = inputs.isJob ? nil : plan.machine.price
    months = plan.stages.map { Month($0, domain: domain, price: price) }
    oneFewer = plan.oneFewer.map { Miss($0, isCautious: plan.isCautious) }
    nearest = plan.miss.map { Miss($0, isCautious: plan.isCautious) }
    if let first = plan.stages.first {
      choice = CompareReport.Choice(
        first.candidate, first.trial, of: scenario, plan.assurance)
      choice?.settings += RunCommandLine.settings(of: scenario.workload, scaledBy: first.factor)
      if scenario.spares > 0 { choice?.settings.append("--set spares=\(scenario.spares)") }
      gpusDeployed = first.bill.serving + first.bill.spare
      certainty = plan.assurance.certainty
      judged = plan.assurance.ranges.map { JudgedRange($0, of: first.trial.results) }
      gpusNeeded = CompareReport.Counts(plan.assurance)
    } else if plan.miss == nil {
      reasons = plan.refusals.last.map { $0.diagnostics.map(\.message) } ?? []
    }
  }
}

extension PlanReport.Inputs {
  init(_ plan: CapacityPlan, _ scenario: Scenario, _ level: ServiceLevel) {
    self.init(
      scenario: scenario.name, title: scenario.title, file: scenario.file,
      model: scenario.model.name, hardware: plan.machine.profile.name,
      engine: plan.machine.engine, price: scenario.price.rawValue,
      process: WorkloadInputs(scenario.workload).process,
      level: level.words(scenario.objectives) + (plan.isCautious ? [PlanReport.slowEnd] : []),
      headroom: plan.demand.headroom,
      growthPerMonth: plan.demand.growthPerMonth, months: plan.demand.months,
      spares: scenario.spares)
  }
}

extension PlanReport.Miss {
  /// - Parameter isCautious: whether the run was as slow as predictions are off.
  init(_ miss: MachineSearch.Miss, isCautious: Bool) {
    self.init(
      layout: miss.candidate.words,
      reasons: miss.shortfalls.words.map { isCautious ? "\(PlanReport.slowEnd): \($0)" : $0 })
  }
}

extension PlanReport.Month {
  init(_ stage: CapacityPlan.Stage, domain: Int, price: Double?) {
    let deployed = stage.bill.serving + stage.bill.spare
    self.init(
      month: stage.month, load: stage.factor,
      layout: stage.candidate.words, accelerators: deployed,
      domains: (deployed + domain - 1) / domain,
      dollarsPerMonth: price.map {
        $0 * Double(stage.bill.paid) * CostResults.hoursPerMonth
      },
      attainment: stage.trial.results.attainment)
  }
}
