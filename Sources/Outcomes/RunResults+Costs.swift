internal import Economics
internal import Hardware
internal import Scenarios
internal import ServingSimulation
internal import Units

extension RunResults {
  mutating func addCost(_ runs: [PoolRun], _ summary: RunSummary, of deployment: Deployment) {
    let basis = deployment.scenario.price
    for machine in runs.flatMap(\.machines) where machine.hardware.price(basis) == nil {
      addUnknown("cost", "the profile `\(machine.hardware.name)` has no \(basis.rawValue) price")
    }
    let bills = deployment.bills
    let own = runs.flatMap { $0.uses(basis) }
    let uses =
      own
      + bills.flatMap {
        $0.idleUses(seconds: summary.makespan.seconds, isOnlyKind: bills.count == 1)
      }
    let priced = CostSummary(
      pools: uses,
      tokens: TokenCounts(
        input: summary.inputTokens, cached: summary.cachedTokens, thinking: summary.thinkingTokens,
        answer: summary.outputTokens - summary.thinkingTokens))
    if runs.allSatisfy({ !$0.uses(basis).isEmpty }) {
      cost = CostResults(
        priced, basis: basis, namesPools: uses.count > 1, requests: summary.completed)
      cost?.bills = bills.map(CostResults.Bill.init)
      api = deployment.api.flatMap { APIResults($0, against: priced, summary) }
    }
    pools = runs.map { run in
      PoolResults(run, cost: run.uses(basis).isEmpty ? nil : priced)
    }
  }
}

extension CostResults {
  init(_ summary: CostSummary, basis: Price.Basis, namesPools: Bool, requests: Int64) {
    price = basis.rawValue
    dollarsPerHour = ReportNumber.rounded(summary.dollarsPerHour)
    dollarsPerMonth = ReportNumber.rounded(summary.dollarsPerHour * Self.hoursPerMonth)
    dollarsPerYear = ReportNumber.rounded(summary.dollarsPerHour * Self.hoursPerMonth * 12)
    total = summary.dollars
    func perMillion(_ phase: CostSummary.Line.Phase) -> Double? {
      summary.dollarsPerMillionTokens(phase).map { ReportNumber.rounded($0) }
    }
    perMillionTokens = PerMillionTokens(
      input: perMillion(.prefill),
      cached: summary.cachedDollarsPerMillionTokens.map { ReportNumber.rounded($0) },
      thinking: perMillion(.thinking), output: perMillion(.answer),
      blended: summary.blendedDollarsPerMillionTokens.map { ReportNumber.rounded($0) })
    perRequest =
      requests > 0 ? ReportNumber.rounded(summary.dollars / Double(requests)) : nil
    bills = []
    lines = summary.lines.map { line in
      Line(
        pool: namesPools ? line.pool : nil, item: line.phase.rawValue,
        quantity: line.acceleratorHours, unit: "GPU-hour",
        unitPrice: line.dollarsPerAcceleratorHour, cost: line.dollars)
    }
  }
}

extension CostResults.Bill {
  init(_ machine: MachineBill) {
    let bill = machine.bill
    self.init(
      hardware: machine.hardware.name, unit: bill.unit.kind.rawValue,
      acceleratorsPerUnit: bill.unit.accelerators, units: bill.units, serving: bill.serving,
      spare: bill.spare, unused: bill.unused,
      dollarsPerUnitHour: ReportNumber.rounded(
        machine.price.figure.value * Double(bill.unit.accelerators)))
  }
}

extension APIResults {
  /// Nil when nothing was served.
  init?(_ price: APIPrice, against cost: CostSummary, _ summary: RunSummary) {
    guard summary.completed > 0 else { return nil }
    let all = price.dollars(
      input: Double(summary.inputTokens), cached: Double(summary.cachedTokens),
      output: Double(summary.outputTokens))
    let perRequest = all / Double(summary.completed)
    name = price.name
    dollarsPerRequest = ReportNumber.rounded(perRequest)
    breakEvenRate = price.breakEvenRate(
      dollarsPerHour: cost.dollarsPerHour, dollarsPerRequest: perRequest
    ).map { ReportNumber.rounded($0) }
    isOwnCheaper = cost.dollars < all
  }
}
