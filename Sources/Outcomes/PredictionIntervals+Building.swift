internal import Hardware
package import Results
package import Scenarios
package import Validation
internal import Workloads

extension PredictionIntervals {
  /// Factors from predicted to measured, one among them.
  ///
  /// - Returns: nil for a machine whose kind was never measured.
  package static func factors(
    of deployment: Deployment, _ metric: CardMetric
  ) -> Uncertainty.Factors? {
    guard deployment.pools.allSatisfy({ $0.hardware.kind == .gpu }) else { return nil }
    return Uncertainty.shipped.factors(
      Uncertainty.Basis(deployment), Uncertainty.Kind(deployment), metric)
  }

  /// The interval of a decode step, which is what the time per output token is made of.
  package static func step(milliseconds: Double, of deployment: Deployment) -> Range? {
    guard let factors = factors(of: deployment, .timePerOutputToken) else { return nil }
    return Range(low: milliseconds * factors.low, high: milliseconds * factors.high)
  }

  /// Nil for a machine whose kind was never measured, as those of dataflow chips.
  package init?(_ results: RunResults, of deployment: Deployment) {
    guard deployment.pools.allSatisfy({ $0.hardware.kind == .gpu }) else { return nil }
    func range(_ value: Double?, _ metric: CardMetric) -> Range? {
      guard let value, let factors = Self.factors(of: deployment, metric) else { return nil }
      return Range(low: value * factors.low, high: value * factors.high)
    }
    self.init(level: Uncertainty.level, basis: Uncertainty.Basis(deployment).rawValue)
    // The load of an open process is what it is: it bounds the throughput, not the machine.
    let arrivals = deployment.scenario.workload.arrivals
    let isPaced = arrivals.isClosed || arrivals == .offline
    outputRate = isPaced ? range(results.outputRate, .throughput) : nil
    outputRatePerAccelerator =
      isPaced ? range(results.outputRatePerAccelerator, .throughput) : nil
    meanTimeToFirstToken = range(results.timeToFirstToken?.mean, .meanTimeToFirstToken)
    medianTimeToFirstToken = range(results.timeToFirstToken?.p50, .medianTimeToFirstToken)
    medianTimePerOutputToken = range(results.timePerOutputToken?.p50, .timePerOutputToken)
    blendedPrice = results.cost?.perMillionTokens.blended.flatMap {
      Self.price($0, of: deployment, isPaced: isPaced)
    }
  }

  /// What a token costs where an hour of the machines may cost less or more, and, where clients
  /// wait for their answers or a batch is there at once, more or fewer tokens come of it. An open
  /// load is served whatever it costs: its tokens are those that were asked for.
  ///
  /// Nil where nothing is known to vary.
  private static func price(
    _ dollars: Double, of deployment: Deployment, isPaced: Bool
  ) -> Range? {
    let hour = deployment.hourlyPriceFactors
    var range = Range(low: dollars * hour.low, high: dollars * hour.high)
    if isPaced {
      guard let factors = factors(of: deployment, .throughput), factors.low > 0 else { return nil }
      range = Range(low: range.low / factors.high, high: range.high / factors.low)
    }
    return range.low < range.high ? range : nil
  }
}
