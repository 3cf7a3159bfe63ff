internal import Economics
internal import OperatorCosts
internal import Units

/// What training took, line by line.
///
///     F = 6 N D e + 3 a D e          h = F / (u · P · 3600)      or u from stated h
///     rollouts: F = 2 N T + attention, h = T · hours a token from the simulated run
///     total = lines · 1 / (1 - lost) · (1 + failed) · (1 + experiments)
///
/// - N: active parameters     - D: tokens, e: epochs     - a [FLOP]: attention of a token, forward,
///   at the mean context of its sequence; backward takes twice as much, as with parameters
/// - P [FLOP/s]: dense peak of one accelerator     - u: utilisation (MFU)     - T: answers written
///
/// Stated hours have lost time in them, so only computed ones are divided by it. Energy is that of
/// accelerators busy with matrices all the time, with system and facility: an upper bound.
/// Source: Kaplan et al. 2020, arXiv:2001.08361, C = 6 N D; attention is `TokenWork`'s, of which a
/// causal mask leaves half.
/// Check: DeepSeek-V3, 37e9 · 14.8e12 · 6 = 3.29e24 FLOPs; 2,788,000 h at 2 dollars are 5,576,000
/// (`TrainingBillTests.deepSeekV3`).
package struct TrainingBill: Sendable {
  package struct Line: Equatable, Sendable {
    package var name: String
    package var effort: Effort
    /// Training tokens read, or answers written.
    package var tokens: Double?
    /// Share of the peak that training reaches; nil where it is not known.
    package var utilization: Double?
    package var spread: Spread
  }

  package private(set) var lines: [Line] = []
  /// Tokens of the training runs, each as often as it is read.
  package private(set) var trainingTokens = 0.0
  package let plan: TrainingPlan

  package var total: Effort { lines.reduce(Effort.none) { $0 + $1.effort } }

  /// Spread of the hours, from utilisation that is not known exactly, weighted by the lines' hours.
  package var hoursSpread: Spread {
    let hours = total.acceleratorHours
    guard hours > 0 else { return .none }
    func weighted(_ end: (Spread) -> Double) -> Double {
      lines.reduce(0) { $0 + $1.effort.acceleratorHours * end($1.spread) } / hours
    }
    return Spread(low: weighted(\.low), high: weighted(\.high))
  }

  package var priceSpread: Spread { plan.dollarsPerHour?.spread ?? .none }

  /// - Parameter serving: the run that rollouts are like; nil when the projection has none.
  package init(_ plan: TrainingPlan, serving: ServingFigures?) throws(Impossibility) {
    self.plan = plan
    for run in plan.runs {
      if let rollouts = run.rollouts {
        try add(rollouts, of: run, serving)
      } else {
        try add(run)
      }
    }
    addFactors()
  }

  private mutating func add(_ run: TrainingRun) throws(Impossibility) {
    let flops = run.tokens.map { flopsPerToken(run) * $0 * run.epochs }
    if let tokens = run.tokens { trainingTokens += tokens * run.epochs }
    if let hours = run.hours {
      let stated = flops ?? hours * rate(at: run.utilization?.value ?? knownUtilization ?? 0)
      append(
        run.name, flops: stated, hours: hours, tokens: run.tokens.map { $0 * run.epochs },
        utilization: flops.map { $0 / hours / rate(at: 1) })
      return
    }
    guard let flops else {
      throw Impossibility(
        "a training run needs tokens or hours: \(run.name)",
        hint: "give it `tokens`, or `hours`, or `gpus` and `time`")
    }
    guard let utilization = run.utilization ?? plan.utilization else {
      throw Impossibility(
        "the hours of a run follow from its utilisation, which is not given: \(run.name)",
        notes: ["\(CountText.scientific(flops)) FLOPs"],
        hint: "give `training.mfu`, for example `0.4`, or the run's `hours`")
    }
    let hours = flops / rate(at: utilization.value) / (1 - plan.lostTime)
    append(
      run.name, flops: flops, hours: hours, tokens: run.tokens.map { $0 * run.epochs },
      utilization: utilization.value, spread: utilization.spread.inverse)
  }

  private mutating func add(
    _ rollouts: Rollouts, of run: TrainingRun, _ serving: ServingFigures?
  ) throws(Impossibility) {
    guard let serving else {
      throw Impossibility(
        "answers that training writes are as fast as a simulated run, and there is none: "
          + run.name,
        hint: "describe one under `serving`")
    }
    switch rollouts {
    case .tokens(let mix):
      let effort = serving.effort(of: mix, attention: plan.countsAttention)
      append(
        run.name, flops: effort.flops, hours: effort.acceleratorHours, tokens: mix.output,
        utilization: nil, spread: serving.timeSpread)
    case .shareOfHours(let share):
      guard serving.hoursPerOutputToken > 0 else {
        throw Impossibility(
          "the simulated run takes no time to write, so hours have no number of tokens: "
            + run.name,
          hint: "choose a scenario with answers of more than one token")
      }
      let hours = (run.hours ?? 0) * share
      let tokens = hours / serving.hoursPerOutputToken
      let mix = TokenMix(input: 0, cached: 0, output: tokens)
      append(
        "\(run.name): answers written", flops: serving.effort(of: mix).flops, hours: hours,
        tokens: tokens, utilization: nil)
      guard share < 1 else { return }
      let rest = (run.hours ?? 0) - hours
      append(
        "\(run.name): learning", flops: rest * rate(at: knownUtilization ?? 0), hours: rest,
        tokens: nil, utilization: nil)
    }
  }

  private mutating func addFactors() {
    let listed = total
    if plan.failedRuns > 0 {
      let failed = listed * plan.failedRuns
      lines.append(
        Line(name: "failed runs", effort: failed, tokens: nil, utilization: nil, spread: .none))
    }
    if plan.experiments > 0 {
      let beside = total * plan.experiments
      lines.append(
        Line(name: "experiments", effort: beside, tokens: nil, utilization: nil, spread: .none))
    }
  }

  private mutating func append(
    _ name: String, flops: Double, hours: Double, tokens: Double?, utilization: Double?,
    spread: Spread = .none
  ) {
    let effort = Effort(
      flops: flops, acceleratorHours: hours,
      dollars: plan.dollarsPerHour.map { $0.value * hours }, joules: Self.joules(hours, plan))
    lines.append(
      Line(name: name, effort: effort, tokens: tokens, utilization: utilization, spread: spread))
  }

  /// The utilisation of the plan, else that of the first run whose tokens and hours are both known.
  package var knownUtilization: Double? {
    plan.utilization?.value ?? lines.compactMap(\.utilization).first
  }

  /// FLOPs of an accelerator-hour.
  private func rate(at utilization: Double) -> Double {
    utilization * plan.peakFLOPsPerSecond * 3_600
  }

  private func flopsPerToken(_ run: TrainingRun) -> Double {
    let parameters = 3 * plan.work.parameterFLOPsPerToken
    guard plan.countsAttention else { return parameters }
    let length = run.sequenceTokens
    return parameters
      + 3 * plan.work.prefillAttention(new: length, prior: 0) / Double(length)
  }

  private static func joules(_ hours: Double, _ plan: TrainingPlan) -> Double? {
    guard let model = PowerModel(plan.hardware) else { return nil }
    var use = EnergyUse()
    use.add(load: .full, busySeconds: hours * 3_600, accelerators: 1, model: model)
    return use.facilityJoules
  }
}
