internal import Results
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

extension Workload {
  /// Whether all requests that come are those of a rate: no work that nobody waits for beside them,
  /// no further calls or turns that completions bring, no clients that leave.
  var isCounted: Bool {
    batch == nil && !losesClients && meanLengths != nil
  }
}

/// What a load brings in the mean, against what came in the sample that was judged.
///
/// A deployment that keeps up with a load serves, in the long run, as many requests and tokens a
/// second as come in the mean. That is known, while those of a sample are off by chance:
///
///     f = λ t E[n] / N
///
/// - λ: requests that come a second      - t [s]: that the sample lasted
/// - E[n]: of a request in the mean, itself or its tokens      - N: counted in the sample
///
/// Rates are f times those of the sample, and prices and energies of one of them divided by it, so
/// that an hour's price is that of the tokens of an hour.
/// Derived; the load must be sustained and nothing refused.
/// Check: 1,026 of 1,000 requests came: f = 0.975, and a request that seemed to cost 1.95 costs 2
/// (`MeanLoadTests.aPriceIsOfWhatComesInTheMean`).
package struct MeanLoad: Equatable, Sendable {
  package var requests: Double
  package var input: Double
  package var output: Double
  /// For input and output tokens together.
  package var tokens: Double
}

extension Outcome {
  /// Nil where it is not known what comes in the mean, or where not all of that is served.
  package var meanLoad: MeanLoad? {
    let workload = deployment.scenario.workload
    guard load.state == .sustained, workload.isCounted,
      let rate = load.offered, let lengths = workload.meanLengths,
      summary.completed > 0, summary.completed == summary.counts.ended
    else { return nil }
    let requests = rate * summary.makespan.seconds
    func factor(_ mean: Double, _ counted: Int64) -> Double {
      counted > 0 ? requests * mean / Double(counted) : 1
    }
    return MeanLoad(
      requests: factor(1, summary.completed), input: factor(lengths.input, summary.inputTokens),
      output: factor(lengths.output, summary.outputTokens),
      tokens: factor(
        lengths.input + lengths.output, summary.inputTokens + summary.outputTokens))
  }
}

extension RunResults {
  /// Rates, prices and energies as those of what comes in the mean.
  mutating func adopt(_ mean: MeanLoad) {
    requestsPerSecond = requestsPerSecond.map { $0 * mean.requests }
    goodput = goodput.map { $0 * mean.requests }
    outputRate = outputRate.map { $0 * mean.output }
    outputRatePerAccelerator = outputRatePerAccelerator.map { $0 * mean.output }
    outputRatePerReplica = outputRatePerReplica.map { $0 * mean.output }
    totalRate = totalRate.map { $0 * mean.tokens }
    totalRatePerAccelerator = totalRatePerAccelerator.map { $0 * mean.tokens }
    cost?.adopt(mean)
    energy?.adopt(mean)
  }
}

extension EnergyResults {
  fileprivate mutating func adopt(_ mean: MeanLoad) {
    joulesPerOutputToken = joulesPerOutputToken.map { $0 / mean.output }
    tokensPerSecondPerMegawatt = tokensPerSecondPerMegawatt.map { $0 * mean.output }
  }
}

extension CostResults {
  fileprivate mutating func adopt(_ mean: MeanLoad) {
    perRequest = perRequest.map { $0 / mean.requests }
    perMillionTokens.input = perMillionTokens.input.map { $0 / mean.input }
    perMillionTokens.thinking = perMillionTokens.thinking.map { $0 / mean.output }
    perMillionTokens.output = perMillionTokens.output.map { $0 / mean.output }
    perMillionTokens.blended = perMillionTokens.blended.map { $0 / mean.tokens }
  }
}
