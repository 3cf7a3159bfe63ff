internal import Hardware
package import Results
package import Scenarios
package import Validation
internal import Workloads

extension PredictionIntervals {
  /// Factors from predicted to measured; nil for a machine whose kind was never measured.
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
    let uncertainty = Uncertainty.shipped
    let (basis, kind) = (Uncertainty.Basis(deployment), Uncertainty.Kind(deployment))
    func range(_ value: Double?, _ metric: CardMetric) -> Range? {
      guard let value, let factors = uncertainty.factors(basis, kind, metric) else { return nil }
      return Range(low: value * factors.low, high: value * factors.high)
    }
    self.init(level: Uncertainty.level, basis: basis.rawValue)
    // The load of an open process is what it is: it bounds the throughput, not the machine.
    let isClosed = deployment.scenario.workload.arrivals.isClosed
    outputRate = isClosed ? range(results.outputRate, .throughput) : nil
    outputRatePerAccelerator =
      isClosed ? range(results.outputRatePerAccelerator, .throughput) : nil
    meanTimeToFirstToken = range(results.timeToFirstToken?.mean, .meanTimeToFirstToken)
    medianTimeToFirstToken = range(results.timeToFirstToken?.p50, .medianTimeToFirstToken)
    medianTimePerOutputToken = range(results.timePerOutputToken?.p50, .timePerOutputToken)
    if let price = results.cost?.perMillionTokens.blended,
      let factors = uncertainty.factors(basis, kind, .throughput), factors.low > 0
    {
      // The same dollars for more or fewer tokens.
      blendedPrice = Range(low: price / factors.high, high: price / factors.low)
    }
  }
}
