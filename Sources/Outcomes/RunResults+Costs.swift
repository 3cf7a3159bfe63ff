internal import Economics
internal import Hardware
internal import Results
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
    self.init(dollarsPerHour: summary.dollarsPerHour)
    price = basis.rawValue
    total = summary.dollars
    perMillionTokens.input = summary.dollarsPerMillionTokens(.prefill)
    perMillionTokens.cached = summary.cachedDollarsPerMillionTokens
    perMillionTokens.thinking = summary.dollarsPerMillionTokens(.thinking)
    perMillionTokens.output = summary.dollarsPerMillionTokens(.answer)
    perMillionTokens.blended = summary.blendedDollarsPerMillionTokens
    perRequest = requests > 0 ? summary.dollars / Double(requests) : nil
    lines = summary.lines.map { Line($0, namesPools: namesPools) }
  }
}

extension CostResults.Line {
  fileprivate init(_ line: CostSummary.Line, namesPools: Bool) {
    self.init()
    pool = namesPools ? line.pool : nil
    item = line.phase.rawValue
    quantity = line.acceleratorHours
    unit = "GPU-hour"
    unitPrice = line.dollarsPerAcceleratorHour
    cost = line.dollars
  }
}

extension CostResults.Bill {
  init(_ machine: MachineBill) {
    let bill = machine.bill
    self.init()
    hardware = machine.hardware.name
    unit = bill.unit.kind.rawValue
    acceleratorsPerUnit = bill.unit.accelerators
    units = bill.units
    serving = bill.serving
    spare = bill.spare
    unused = bill.unused
    priceDate = machine.price.figure.date
    priceSource = machine.price.figure.provenance.citation
    isOwnPrice = machine.price.figure.provenance.source == PriceBook.sourceName
    dollarsPerUnitHour = machine.price.figure.value * Double(bill.unit.accelerators)
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
    self.init(
      name: price.name, dollarsPerRequest: perRequest,
      breakEvenRate: price.breakEvenRate(
        dollarsPerHour: cost.dollarsPerHour, dollarsPerRequest: perRequest),
      isOwnCheaper: cost.dollars < all)
  }
}
