internal import Economics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import Outcomes
package import Projections
internal import Results
package import Scenarios
package import ServingSimulation
internal import Validation
internal import Workloads

/// A simulated run, as a projection uses it.
package struct SimulatedWorkload: Sendable {
  package var share: Double
  package var figures: ServingFigures
  package var seed: UInt64
  package var fingerprint: String
  package var peakFLOPsPerSecond: Double?

  /// - Parameters:
  ///   - summary: of what the deployment does all the time, with the records of its requests.
  ///   - parameters: active ones, if the projection states them.
  ///
  /// Nil when the machine has no price: hours are divided by phase along with what they cost.
  package init?(
    name: String, share: Double, summary: RunSummary, deployment: Deployment,
    activeParameters: Double?
  ) {
    guard let cost = CostSummary(summary, of: deployment) else { return nil }
    let results = RunResults(summary, of: deployment)
    let computed = Double(summary.inputTokens - summary.cachedTokens)
    let inputDollars = cost.dollars(of: [.prefill]) ?? 0
    let work = TokenWork(deployment.architecture, activeParameters: activeParameters)
    let contexts = Contexts(summary.records, work)
    self.share = share
    seed = deployment.scenario.seed
    fingerprint = summary.fingerprint.text
    let decoding = deployment.decoding
    let hour = deployment.hourlyPriceFactors
    peakFLOPsPerSecond =
      decoding.hardware.accelerator.peak[decoding.design.weightArithmetic]?.value
    figures = ServingFigures(
      name: name, scenario: deployment.scenario.name, model: deployment.architecture.name,
      machine: deployment.machines.map(\.name).joined(separator: " + "),
      accelerators: deployment.accelerators,
      tokens: TokenMix(
        input: computed, cached: Double(summary.cachedTokens),
        output: Double(summary.outputTokens)),
      inputHours: cost.hours(of: [.prefill]) ?? 0,
      outputHours: cost.hours(of: [.thinking, .answer]) ?? 0, inputDollars: inputDollars,
      outputDollars: max(0, cost.dollars - inputDollars),
      joules: results.energy?.facilityKilowattHours.map { $0 * 3.6e6 }, work: work,
      inputAttentionPerToken: contexts.input, outputAttentionPerToken: contexts.output,
      timeSpread: Self.timeSpread(deployment), priceSpread: Spread(low: hour.low, high: hour.high),
      modelFLOPsUtilization: results.modelFLOPsUtilization,
      secondsPerOutputToken: results.timePerOutputToken.map { $0.mean / 1e3 },
      secondsToFirstToken: results.timeToFirstToken.map { $0.mean / 1e3 },
      cacheBytesPerToken: decoding.design.cacheBytesPerToken,
      weakest: ReportProvenance(
        deployment, summary.samples(of: deployment), hasEnergy: results.energy != nil,
        price: deployment.scenario.price
      ).weakest)
  }

  /// More tokens in the same hour are fewer hours for a token.
  private static func timeSpread(_ deployment: Deployment) -> Spread {
    guard let factors = PredictionIntervals.factors(of: deployment, .throughput), factors.low > 0
    else { return .none }
    return Spread(low: 1 / factors.high, high: 1 / factors.low)
  }
}

/// FLOPs of attention at the contexts of a run's requests, for a token of each kind.
private struct Contexts {
  var input = 0.0
  var output = 0.0

  init(_ records: [RequestRecord], _ work: TokenWork) {
    var (prompts, answers) = (0.0, 0.0)
    for record in records {
      let request = record.request
      let cached = Int(request.cachedTokens)
      let computed = Int(request.inputTokens) - cached
      input += work.prefillAttention(new: computed, prior: cached)
      // The first token comes out of the prefill.
      output += work.decodeAttention(
        new: max(0, Int(request.outputTokens) - 1), prior: Int(request.inputTokens))
      prompts += Double(computed)
      answers += Double(request.outputTokens)
    }
    input /= max(1, prompts)
    output /= max(1, answers)
  }
}
