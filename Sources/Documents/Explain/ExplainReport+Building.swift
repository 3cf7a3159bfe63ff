package import OperatorCosts
internal import Outcomes
internal import Results
package import Scenarios

extension ExplainReport {
  package init(_ deployment: Deployment, pool: DeployedPool, shape: StepShape) {
    seed = deployment.scenario.seed
    inputs = RunInputs(deployment, mode: nil)
    self.pool = pool.name
    step = Step(
      decodingSequences: shape.decodingSequences, contextPerSequence: shape.contextPerSequence,
      promptTokens: shape.promptTokens, promptContext: shape.promptContext,
      prompts: shape.prompts)
    let index = deployment.pools.firstIndex { $0.name == pool.name } ?? 0
    provenance = ReportProvenance(
      deployment, [StepSample(pool: index, shape: shape, weight: 1)], hasEnergy: false, price: nil)
    results = Results(StepBreakdown(pool.design, shape: shape))
    if shape.decodingSequences > 0, shape.promptTokens == 0 {
      results.stepInterval = PredictionIntervals.step(
        milliseconds: results.stepMilliseconds, of: deployment)
    }
  }
}

extension ExplainReport.Results {
  fileprivate init(_ breakdown: StepBreakdown) {
    let total = breakdown.seconds
    func ratio(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }
    stepMilliseconds = total * 1e3
    acceleratorMilliseconds = breakdown.acceleratorSeconds * 1e3
    hostMilliseconds = breakdown.exposedHostSeconds * 1e3
    if breakdown.overlappedSeconds > 0 {
      overlappedMilliseconds = breakdown.overlappedSeconds * 1e3
    }
    flops = breakdown.operators.reduce(0) { $0 + $1.flops }
    bytes = breakdown.operators.reduce(0) { $0 + $1.bytes }
    ofPeak = ratio(breakdown.speedOfLightSeconds, total)
    operators = breakdown.operators.map { cost in
      ExplainReport.Operator(
        name: cost.name, layers: cost.layers, milliseconds: cost.seconds * 1e3,
        share: ratio(cost.seconds, total) ?? 0, flops: cost.flops,
        bytes: cost.bytes,
        ofPeak: ratio(cost.speedOfLightSeconds, cost.seconds), boundBy: cost.bottleneck.rawValue)
    }
  }
}
