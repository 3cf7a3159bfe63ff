internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import Outcomes
package import Projections
package import Scenarios
package import ServingSimulation
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
    let report = RunReport(summary, of: deployment)
    let results = report.results
    guard let cost = results.cost else { return nil }
    let computed = Double(results.tokens.input - results.tokens.cached)
    let phases = PhaseHours(cost)
    let inputDollars = (cost.perMillionTokens.input ?? 0) * computed / 1e6
    let work = TokenWork(deployment.architecture, activeParameters: activeParameters)
    let contexts = Contexts(summary.records, work)
    self.share = share
    seed = deployment.scenario.seed
    fingerprint = summary.fingerprint.text
    let decoding = deployment.decoding
    peakFLOPsPerSecond =
      decoding.hardware.accelerator.peak[decoding.design.weightArithmetic]?.value
    figures = ServingFigures(
      name: name, scenario: deployment.scenario.name, model: deployment.architecture.name,
      machine: report.inputs.hardware.name, accelerators: deployment.accelerators,
      tokens: TokenMix(
        input: computed, cached: Double(results.tokens.cached),
        output: Double(results.tokens.output)),
      inputHours: phases.input, outputHours: phases.output, inputDollars: inputDollars,
      outputDollars: max(0, cost.total - inputDollars),
      joules: results.energy?.facilityKilowattHours.map { $0 * 3.6e6 }, work: work,
      inputAttentionPerToken: contexts.input, outputAttentionPerToken: contexts.output,
      timeSpread: Self.timeSpread(report), priceSpread: Self.priceSpread(deployment),
      modelFLOPsUtilization: results.modelFLOPsUtilization,
      secondsPerOutputToken: results.timePerOutputToken.map { $0.mean / 1e3 },
      secondsToFirstToken: results.timeToFirstToken.map { $0.mean / 1e3 },
      cacheBytesPerToken: decoding.design.cacheBytesPerToken,
      weakest: report.provenance.weakest)
  }

  /// More tokens in the same hour are fewer hours for a token: what the blended price varies by.
  private static func timeSpread(_ report: RunReport) -> Spread {
    guard let range = report.intervals?.blendedPrice,
      let price = report.results.cost?.perMillionTokens.blended, price > 0, range.low > 0
    else { return .none }
    return Spread(low: range.low / price, high: range.high / price)
  }

  /// Of the hour, weighted by the pools' accelerators.
  private static func priceSpread(_ deployment: Deployment) -> Spread {
    var (value, low, high) = (0.0, 0.0, 0.0)
    for pool in deployment.pools {
      guard let price = pool.hardware.price(deployment.scenario.price)?.figure else { return .none }
      let count = Double(pool.accelerators)
      value += count * price.value
      low += count * (price.low ?? price.value)
      high += count * (price.high ?? price.value)
    }
    return value > 0 && low > 0 ? Spread(low: low / value, high: high / value) : .none
  }
}

/// Accelerator-hours of a run by what they are for, idle time spread as `CostSummary` does.
private struct PhaseHours {
  var input = 0.0
  var output = 0.0

  init(_ cost: CostResults) {
    let pools = cost.lines.map(\.pool).uniqued
    var worked = 0.0
    for pool in pools {
      let own = cost.lines.filter { $0.pool == pool }
      let all = own.reduce(0) { $0 + $1.quantity }
      let busy = own.filter { $0.item != "idle" }
      let sum = busy.reduce(0) { $0 + $1.quantity }
      guard sum > 0 else { continue }
      worked += all
      let prefill = busy.filter { $0.item == "prefill" }.reduce(0) { $0 + $1.quantity }
      input += all * prefill / sum
      output += all * (1 - prefill / sum)
    }
    guard worked > 0 else { return }
    let all = cost.lines.reduce(0) { $0 + $1.quantity }
    input *= all / worked
    output *= all / worked
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
        new: Int(request.outputTokens) - 1, prior: Int(request.inputTokens))
      prompts += Double(computed)
      answers += Double(request.outputTokens)
    }
    input /= max(1, prompts)
    output /= max(1, answers)
  }
}
