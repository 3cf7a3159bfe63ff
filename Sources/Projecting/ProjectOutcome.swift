internal import OperatorCosts
package import Projections

/// What a projection finds, and the simulated runs behind it.
package struct ProjectOutcome: Sendable {
  package let name: String
  package let title: String
  package let file: String
  package let runs: [ProjectRun]
  package let provenance: ProjectProvenance
  package private(set) var results = ProjectResults()
  package private(set) var headline: [HeadlineFigure] = []

  /// - Parameters:
  ///   - workloads: a run for each of the projection's.
  ///   - machines: the first workload on further machines, or why it does not run there.
  package static func find(
    _ projection: Projection, workloads: [SimulatedWorkload],
    machines: [(name: String, run: Result<SimulatedWorkload, Impossibility>)]
  ) -> ProjectOutcome {
    let others = machines.compactMap { try? $0.run.get() }
    var outcome = ProjectOutcome(
      name: projection.name, title: projection.title, file: projection.file,
      runs: (workloads + others).map { ProjectRun($0) },
      provenance: ProjectProvenance(projection, workloads.map(\.figures)))
    outcome.answer(projection, workloads, machines)
    return outcome
  }

  private mutating func answer(
    _ projection: Projection, _ workloads: [SimulatedWorkload],
    _ machines: [(name: String, run: Result<SimulatedWorkload, Impossibility>)]
  ) {
    let serving = workloads.map { (share: $0.share, figures: $0.figures) }
    var bill: TrainingBill?
    if let plan = projection.training {
      do {
        let found = try TrainingBill(plan, serving: workloads.first?.figures)
        bill = found
        results.training = TrainingResult(found)
      } catch {
        results.impossible.append("training: \(error.words)")
      }
    }
    var life: Lifetime?
    if let bill, let plan = projection.demand, !serving.isEmpty {
      let found = Lifetime(bill, plan, serving, projection)
      life = found
      results.life = LifeResult(found, plan, begins: projection.begins)
      results.sensitivity = Sensitivity.all(of: found).map { SensitivityResult($0) }
      results.targets = projection.targets.map {
        TargetResult($0, found, begins: projection.begins)
      }
      results.machines = Self.machines(machines, own: workloads[0], life: found)
    }
    if let plan = projection.allocation {
      let prices = Self.prices(bill, workloads.first)
      do {
        results.allocation = try AllocationResult(plan, life: life, dollarPrices: prices)
      } catch {
        results.impossible.append("allocation: \(error.words)")
      }
    }
    results.data = projection.data.map { DataResult($0, price: Self.trainingPrice(bill)) }
    results.exchange = projection.exchange.map { ExchangeResult($0) }
    results.answers = AnswerResult.all(
      projection.ways, workloads.map(\.figures), countsAttention: projection.countsAttention)
    headline = HeadlineFigure.all(of: results, runs: runs)
    results.claim = projection.claim.map { ClaimResult($0, headline) }
  }

  private static func machines(
    _ machines: [(name: String, run: Result<SimulatedWorkload, Impossibility>)],
    own: SimulatedWorkload, life: Lifetime
  ) -> [MachineResult] {
    guard !machines.isEmpty else { return [] }
    return [MachineResult(own, life)]
      + machines.map { machine in
        switch machine.run {
        case .success(let run): MachineResult(run, life)
        case .failure(let reason): MachineResult(hardware: machine.name, reason: reason.words)
        }
      }
  }

  /// Dollars of a training FLOP; nil when price or utilisation is unknown.
  private static func trainingPrice(_ bill: TrainingBill?) -> TrainingPrice? {
    guard let bill, let price = bill.plan.dollarsPerHour?.value,
      let utilization = bill.knownUtilization, utilization > 0
    else { return nil }
    return TrainingPrice(
      dollarsPerHour: price,
      flopsPerHour: bill.plan.peakFLOPsPerSecond * utilization * 3_600)
  }

  /// What a FLOP costs by phase: training by its utilisation, the rest as simulated.
  private static func prices(
    _ bill: TrainingBill?, _ workload: SimulatedWorkload?
  ) -> ComputePrices? {
    guard let price = trainingPrice(bill), let figures = workload?.figures,
      let input = figures.dollarsPerInputToken, let output = figures.dollarsPerOutputToken
    else { return nil }
    let perToken = figures.work.parameterFLOPsPerToken
    return ComputePrices(
      training: price.dollarsPerHour / price.flopsPerHour, prefill: input / perToken,
      decode: output / perToken)
  }
}

/// What an hour of training costs and does.
struct TrainingPrice {
  let dollarsPerHour: Double
  let flopsPerHour: Double

  func hours(_ flops: Double) -> Double { flops / flopsPerHour }
  func dollars(_ flops: Double) -> Double { hours(flops) * dollarsPerHour }
}

extension Lifetime {
  fileprivate init(
    _ bill: TrainingBill, _ plan: DemandPlan, _ serving: [(share: Double, figures: ServingFigures)],
    _ projection: Projection
  ) {
    self.init(
      training: bill.total, trainingTokens: bill.trainingTokens, serving: serving,
      demand: plan.demand(like: serving[0].figures.tokens), years: projection.years,
      countsAttention: projection.countsAttention, trainingSpread: bill.hoursSpread,
      trainingPriceSpread: bill.priceSpread)
  }
}

extension ProjectRun {
  init(_ run: SimulatedWorkload) {
    let figures = run.figures
    workload = figures.name
    scenario = figures.scenario
    model = figures.model
    hardware = figures.machine
    gpus = figures.accelerators
    seed = run.seed
    fingerprint = run.fingerprint
    inputSeconds = figures.hoursPerInputToken * 3_600 * 1e6
    outputSeconds = figures.hoursPerOutputToken * 3_600 * 1e6
    inputDollars = figures.dollarsPerInputToken.map { $0 * 1e6 }
    outputDollars = figures.dollarsPerOutputToken.map { $0 * 1e6 }
    func utilization(_ prefill: Bool) -> Double? {
      run.peakFLOPsPerSecond.flatMap { figures.utilization(prefill: prefill, peak: $0) }

    }
    prefillUtilization = utilization(true)
    decodeUtilization = utilization(false)
    let hours = figures.inputHours + figures.outputHours
    tokensPerSecondPerAccelerator =
      hours > 0 ? figures.tokens.output / hours / 3_600 : 0
    weakest = figures.weakest
  }
}

extension MachineResult {
  init(_ run: SimulatedWorkload, _ own: Lifetime) {
    var life = own
    life.serving = [(share: 1, figures: run.figures)]
    hardware = run.figures.machine
    gpus =
      life.firstMonth.acceleratorHours / ProjectedTime.daysPerMonth / 24
    ratio = RatioResult { life.ratio($0, months: life.months) }
    decodeUtilization = run.peakFLOPsPerSecond
      .flatMap { run.figures.utilization(prefill: false, peak: $0) }

  }

  init(hardware: String, reason: String) {
    self.hardware = hardware
    self.reason = reason
  }
}
