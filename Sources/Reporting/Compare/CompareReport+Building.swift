internal import Diagnostics
internal import Hardware
internal import OperatorCosts
internal import Outcomes
package import Planning
package import Scenarios
internal import ServingSimulation
internal import Statistics

extension CompareReport {
  package init(
    _ comparison: Comparison, of scenario: Scenario, at load: Comparison.Load,
    holding level: ServiceLevel
  ) {
    seed = scenario.seed
    inputs = Inputs(scenario, load, level)
    machines = comparison.entries.map(Machine.init)
    guard let first = machines.first?.choice else { return }
    for index in machines.indices.dropFirst() {
      guard let other = machines[index].choice else { continue }
      machines[index].priceRatio = Ratio(of: other, to: first, .price)
      machines[index].rateRatio = Ratio(of: other, to: first, .rate)
    }
  }
}

extension CompareReport.Inputs {
  init(_ scenario: Scenario, _ load: Comparison.Load, _ level: ServiceLevel) {
    self.init(
      scenario: scenario.name, title: scenario.title, file: scenario.file,
      model: scenario.model.name, price: scenario.price.rawValue,
      level: level.words(scenario.objectives))
    if case .interactivity(let rate) = load { interactivity = rate }
  }
}

extension CompareReport.Machine {
  init(_ entry: Comparison.Entry) {
    self.init(
      hardware: entry.machine.profile.name, title: entry.machine.profile.title,
      engine: entry.machine.engine, verdict: .impossible, reasons: [],
      simulations: entry.trials)
    if let best = entry.best {
      verdict = .holds
      choice = CompareReport.Choice(best.candidate, best.trial)
    } else if let miss = entry.miss {
      verdict = .misses
      reasons = miss.shortfalls
      choice = CompareReport.Choice(miss.candidate, miss.trial)
    } else {
      // The widest layout comes nearest to holding the model.
      reasons = entry.refusals.last.map { $0.diagnostics.map(\.message) } ?? []
    }
  }
}

extension CompareReport.Choice {
  init(_ candidate: Candidate, _ trial: Trial) {
    let provenance = ReportProvenance(
      trial.deployment, hasEnergy: false,
      price: trial.results.cost == nil ? nil : trial.deployment.scenario.price)
    self.init(
      layout: candidate.words, accelerators: candidate.accelerators,
      settings: candidate.settings.map { "--set \($0.path)=\(Self.quoted($0.value))" },
      weights: trial.deployment.decoding.design.precision.weights.rawValue,
      results: trial.results,
      intervals: PredictionIntervals(trial.results, of: trial.deployment),
      fingerprint: trial.summary.fingerprint.text,
      weakest: provenance.weakestBehind.performance)
  }

  /// As a shell takes it for one word.
  private static func quoted(_ value: String) -> String {
    value.contains(where: { " {}".contains($0) }) ? "'\(value)'" : value
  }
}

extension CompareReport.Ratio {
  enum Kind { case price, rate }

  /// Two predictions are off independently of each other: their ratio's interval is
  ///
  ///     r · exp( ± sqrt( ln(h1 / v1)² + ln(h2 / v2)² ) )
  ///
  /// with the upper and the lower ends each from the ends that make it larger or smaller. What is
  /// off alike on both machines makes it narrower than that.
  /// Check: 2 (1.8 to 2.2) over 1 (0.9 to 1.1): the upper end is 2 · exp(sqrt(0.0953² + 0.1054²))
  /// = 2.305 (`theRatioOfTwoPredictionsIsLessSureThanEither`).
  init?(of other: CompareReport.Choice, to first: CompareReport.Choice, _ kind: Kind) {
    guard let above = Self.figure(other, kind), let below = Self.figure(first, kind),
      below.value > 0, above.value > 0
    else { return nil }
    let ratio = above.value / below.value
    value = ReportNumber.rounded(ratio, digits: 4)
    guard let top = above.range, let bottom = below.range else { return }
    func spread(_ first: Double, _ second: Double) -> Double {
      let (a, b) = (logarithm(first), logarithm(second))
      return naturalExponential((a * a + b * b).squareRoot())
    }
    high = ReportNumber.rounded(
      ratio * spread(top.high / above.value, below.value / bottom.low), digits: 4)
    low = ReportNumber.rounded(
      ratio / spread(above.value / top.low, bottom.high / below.value), digits: 4)
  }

  private static func figure(
    _ choice: CompareReport.Choice, _ kind: Kind
  ) -> (value: Double, range: PredictionIntervals.Range?)? {
    let intervals = choice.intervals
    switch kind {
    case .price:
      return choice.results.cost?.perMillionTokens.blended.map { ($0, intervals?.blendedPrice) }
    case .rate:
      return choice.results.outputRatePerAccelerator.map {
        ($0, intervals?.outputRatePerAccelerator)
      }
    }
  }
}
