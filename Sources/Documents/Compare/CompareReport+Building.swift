internal import Diagnostics
internal import Hardware
internal import OperatorCosts
internal import Outcomes
package import Planning
internal import Requirements
internal import Results
package import Scenarios
internal import ServingSimulation
internal import Statistics
internal import Workloads

extension CompareReport {
  package init(
    _ comparison: Comparison, of scenario: Scenario, at load: Comparison.Load,
    holding level: ServiceLevel
  ) {
    seed = scenario.seed
    inputs = Inputs(scenario, load, level)
    machines = comparison.entries.map { Machine($0, of: scenario, at: load) }
    guard let first = machines.first?.holding else { return }
    for index in machines.indices.dropFirst() {
      guard let other = machines[index].holding else { continue }
      if let above = other.blendedPrice, let below = first.blendedPrice {
        machines[index].priceRatio = Ratio(of: above, to: below)
      }
      if let above = other.outputPerAccelerator, let below = first.outputPerAccelerator {
        machines[index].rateRatio = Ratio(of: above, to: below)
      }
    }
  }
}

extension CompareReport.Inputs {
  init(_ scenario: Scenario, _ load: Comparison.Load, _ level: ServiceLevel) {
    self.init(
      scenario: scenario.name, title: scenario.title, file: scenario.file,
      model: scenario.model.name, price: scenario.price.rawValue,
      process: WorkloadInputs(scenario.workload).process,
      level: level.words(scenario.objectives))
    if case .interactivity(let rate) = load { (interactivity, share) = (rate, level.share) }
  }
}

extension CompareReport.Machine {
  /// What holds the level: a miss is at another one, and no ratio to it means anything.
  var holding: CompareReport.Choice? { verdict == .holds ? choice : nil }

  init(_ entry: Comparison.Entry, of scenario: Scenario, at load: Comparison.Load) {
    self.init(
      hardware: entry.machine.profile.name, title: entry.machine.profile.title,
      engine: entry.machine.engine, verdict: .impossible,
      certainty: entry.assurance.certainty,
      counts: CompareReport.Counts(entry.assurance),
      untimedWeights: entry.machine.formats.untimed.map(\.rawValue), reasons: [],
      simulations: entry.trials)
    if let best = entry.best {
      verdict = .holds
      choice = CompareReport.Choice(
        best.candidate, best.trial, of: scenario, entry.assurance)
      judged = entry.assurance.ranges.map { JudgedRange($0, of: best.trial.results) }
    } else if let miss = entry.miss {
      verdict = .misses
      reasons = miss.shortfalls.words
      choice = CompareReport.Choice(miss.candidate, miss.trial, of: scenario)
    } else {
      // The widest layout comes nearest to holding the model.
      reasons = entry.refusals.last.map { $0.diagnostics.map(\.message) } ?? []
    }
    if load != .scenario, let trial = entry.best?.trial ?? entry.miss?.trial {
      choice?.name(usersOf: trial)
    }
  }
}

extension CompareReport.Counts {
  init?(_ assurance: Assurance) {
    guard let fewest = assurance.fewest else { return nil }
    self.init(low: fewest, high: assurance.most)
  }
}

extension CompareReport.Choice {
  /// - Parameter assurance: nil of what holds nothing.
  init(
    _ candidate: Candidate, _ trial: Trial, of scenario: Scenario,
    _ assurance: Assurance? = nil
  ) {
    let provenance = ReportProvenance(
      trial.deployment, trial.summary.samples(of: trial.deployment), hasEnergy: false,
      price: trial.results.cost == nil ? nil : trial.deployment.scenario.price)
    self.init(
      layout: candidate.words, accelerators: candidate.accelerators,
      settings: scenario.given + Self.undone(scenario, by: candidate)
        + candidate.settings.map { "--set \($0.path)=\(ShellWord.quoted($0.value))" },
      weights: trial.deployment.decoding.design.precision.weights.rawValue,
      results: trial.results,
      intervals: PredictionIntervals(trial.results, of: trial.deployment),
      priceAtEqualUse: Self.priceAtEqualUse(trial.results),
      fingerprint: trial.summary.fingerprint.text,
      weakest: provenance.weakestBehind.performance)
    restsOn = provenance.doubtful.first.map { CompareReport.RestsOn($0) }
    assumedAcceptance = candidate.assumedAcceptance
    guard let factors = assurance?.costFactors,
      let price = trial.results.cost?.perMillionTokens.blended
    else { return }
    // More machines for the same tokens where they are slower, or no end of them.
    guard let most = factors.high else {
      intervals?.blendedPrice = nil
      return
    }
    let hour = intervals?.blendedPrice
    intervals?.blendedPrice = PredictionIntervals.Range(
      low: (hour?.low ?? price) * factors.low, high: (hour?.high ?? price) * most)
  }

  /// Who are served at a time, where a search found room for them, and what is set for them.
  mutating func name(usersOf trial: Trial) {
    let workload = trial.deployment.scenario.workload
    guard case .closedLoop(let count, _) = workload.arrivals else { return }
    clients = count
    // Lengths of a trace come with its arrivals alone.
    guard workload.replayed == nil else {
      settings = []
      return
    }
    // As many are billed as serve, whatever they are sold in: every unit is full.
    settings.removeAll { $0.hasPrefix("--bill") }
    settings += [
      "--bill accelerator",
      "--set 'workload.arrivals={process: closed-loop, clients: \(count)}'",
      "--set workload.requests=\(workload.requests)",
      "--set workload.judge=\(Judgement.steady.rawValue)",
    ]
  }

  /// What of a scenario stands in the way of a candidate: pools where it has none.
  private static func undone(_ scenario: Scenario, by candidate: Candidate) -> [String] {
    guard scenario.pools.count > 1, case .together = candidate.shape else { return [] }
    let links = scenario.transfer
    let hasLinks = links.bytesPerSecond != nil || links.latencySeconds != nil
    return ["--set pools=null"] + (hasLinks ? ["--set transfer=null"] : [])
  }

  /// The price p of a million tokens at a utilisation u, where an hour costs the same however many
  /// requests come:
  ///
  ///     p(0.8) = p · u / 0.8
  ///
  /// - u: that of the highest rate, where a load rises and falls: no more than there is can be
  ///   asked of it then
  ///
  /// Derived: dollars an hour over tokens an hour, and these are proportional to u. Check: 0.5 USD
  /// at a third of the capacity are 0.208 at four fifths (`priceAtEqualUseIsThatOfAFullerMachine`).
  static func priceAtEqualUse(_ results: RunResults) -> Double? {
    guard let price = results.cost?.perMillionTokens.blended, let load = results.load,
      load.state == .sustained, let used = results.highestUtilization
    else { return nil }
    return price * used / CompareReport.equalUse
  }
}

extension CompareReport.Ratio {
  /// A predicted figure with the ends of its interval.
  typealias Prediction = (value: Double, low: Double?, high: Double?)

  /// Two predictions are off independently of each other: their ratio r = v1 / v2 lies within
  ///
  ///     low = r / exp( sqrt( ln(v1 / l1)² + ln(h2 / v2)² ) )
  ///     high = r · exp( sqrt( ln(h1 / v1)² + ln(v2 / l2)² ) )
  ///
  /// - l, h: the ends of an interval
  ///
  /// What is off alike on both machines makes it narrower than that.
  /// Check: 2 (1.8 to 2.2) over 1 (0.9 to 1.1) is 2 (1.735 to 2.305), the upper end
  /// 2 · exp(sqrt(0.0953² + 0.1054²)) (`theRatioOfTwoPredictionsIsLessSureThanEither`).
  init?(of above: Prediction, to below: Prediction) {
    guard below.value > 0, above.value > 0 else { return nil }
    let ratio = above.value / below.value
    self.init(value: ratio)
    guard let (low1, high1) = Self.ends(above), let (low2, high2) = Self.ends(below) else { return }
    func spread(_ first: Double, _ second: Double) -> Double {
      let (a, b) = (logarithm(first), logarithm(second))
      return naturalExponential((a * a + b * b).squareRoot())
    }
    high =
      ratio * spread(high1 / above.value, below.value / low2)
    low =
      ratio / spread(above.value / low1, high2 / below.value)
  }

  /// Above zero, and around the value: nil where there are none.
  private static func ends(_ prediction: Prediction) -> (low: Double, high: Double)? {
    guard let low = prediction.low, let high = prediction.high, low > 0 else { return nil }
    return (low, high)
  }
}

extension CompareReport.Choice {
  /// Price of a token of any kind [USD per million], with its interval; nil without a price.
  var blendedPrice: CompareReport.Ratio.Prediction? {
    results.cost?.perMillionTokens.blended.map {
      ($0, intervals?.blendedPrice?.low, intervals?.blendedPrice?.high)
    }
  }

  var outputPerAccelerator: CompareReport.Ratio.Prediction? {
    let range = intervals?.outputRatePerAccelerator
    return results.outputRatePerAccelerator.map { ($0, range?.low, range?.high) }
  }
}
