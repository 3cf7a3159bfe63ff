internal import Hardware
package import Scenarios
package import Validation
internal import Workloads

/// Between what the headline figures would be measured, eight times in ten, as the points that the
/// program is validated on have it (`Uncertainty`).
package struct PredictionIntervals: Codable, Equatable, Sendable {
  package struct Range: Codable, Equatable, Sendable {
    package var low: Double
    package var high: Double
  }

  package var level: Double
  /// `calibrated`, or `transferred` from other machines.
  package var basis: String
  package var outputRate: Range?
  package var outputRatePerAccelerator: Range?
  /// Of the mean and the median time to first token, and of the median time per output token.
  package var meanTimeToFirstToken: Range?
  package var medianTimeToFirstToken: Range?
  package var medianTimePerOutputToken: Range?
  /// Dollars per million tokens, all together.
  package var blendedPrice: Range?

  private enum CodingKeys: String, CodingKey {
    case level, basis
    case outputRate = "output_tok_s"
    case outputRatePerAccelerator = "output_tok_s_per_gpu"
    case meanTimeToFirstToken = "ttft_ms_mean"
    case medianTimeToFirstToken = "ttft_ms_p50"
    case medianTimePerOutputToken = "tpot_ms_p50"
    case blendedPrice = "usd_per_mtok_blended"
  }

  /// Of measured to predicted; nil for a machine whose kind was never measured.
  package static func factors(
    of deployment: Deployment, _ metric: CardMetric
  ) -> Uncertainty.Factors? {
    guard deployment.pools.allSatisfy({ $0.hardware.kind == .gpu }) else { return nil }
    return Uncertainty.shipped.factors(
      Uncertainty.Basis(deployment), Uncertainty.Kind(deployment), metric)
  }

  /// Of a decode step, which is what the time per output token is made of.
  package static func step(milliseconds: Double, of deployment: Deployment) -> Range? {
    guard let factors = factors(of: deployment, .timePerOutputToken) else { return nil }
    return Range(
      low: ReportNumber.rounded(milliseconds * factors.low),
      high: ReportNumber.rounded(milliseconds * factors.high))
  }

  /// Nil for a machine whose kind was never measured, as those of dataflow chips.
  package init?(_ results: RunResults, of deployment: Deployment) {
    guard deployment.pools.allSatisfy({ $0.hardware.kind == .gpu }) else { return nil }
    let uncertainty = Uncertainty.shipped
    let (basis, kind) = (Uncertainty.Basis(deployment), Uncertainty.Kind(deployment))
    func range(_ value: Double?, _ metric: CardMetric) -> Range? {
      guard let value, let factors = uncertainty.factors(basis, kind, metric) else { return nil }
      return Range(
        low: ReportNumber.rounded(value * factors.low),
        high: ReportNumber.rounded(value * factors.high))
    }
    level = Uncertainty.level
    self.basis = basis.rawValue
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
      blendedPrice = Range(
        low: ReportNumber.rounded(price / factors.high),
        high: ReportNumber.rounded(price / factors.low))
    }
  }
}
