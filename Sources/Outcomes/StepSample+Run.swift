internal import OperatorCosts
package import Scenarios
package import ServingSimulation

extension RunSummary {
  /// Context of a request in the middle of its answer.
  package var meanDecodeContext: Int {
    Int((counts.inputTokens + counts.outputTokens / 2) / max(1, counts.completed)) + 1
  }

  /// The steps that a run was made of, pool by pool: its mean decode step and its mean prompt, each
  /// with the time that went into such steps; and the least and the most, which only say what can
  /// matter.
  package func samples(of deployment: Deployment) -> [StepSample] {
    pools.indices.flatMap { index -> [StepSample] in
      let (pool, deployed) = (pools[index], deployment.pools[index])
      func sample(_ shape: StepShape, _ seconds: Double) -> StepSample {
        StepSample(pool: index, shape: shape, weight: seconds)
      }
      var list: [StepSample] = []
      if pool.decodedTokens > 0 {
        let most = deployed.limits.maximumContext ?? .max
        func decoding(_ sequences: Double) -> StepShape {
          StepShape(
            decodingSequences: max(1, Int(sequences / Double(pool.ranks) + 0.5)),
            contextPerSequence: min(meanDecodeContext, most))
        }
        list.append(sample(decoding(pool.meanBatch), pool.busySeconds - pool.prefillSeconds))
        list += [1, Double(pool.largestBatch)].map { sample(decoding($0), 0) }
      }
      if pool.prefilledTokens > 0 {
        let mean = Int((counts.inputTokens - counts.cachedTokens) / max(1, counts.completed))
        let chunk = max(1, min(mean, deployed.limits.tokenBudget))
        let answers = counts.answers > 0
        // Steps that only read hold as many prompts as come together.
        let prompts = answers ? 1 : Int(counts.completed / max(1, pool.steps))
        func prompt(after prior: Int) -> StepShape {
          var shape = StepShape(
            decodingSequences: 0, contextPerSequence: 0, promptTokens: chunk, promptContext: prior,
            prompts: max(1, min(prompts, deployed.limits.tokenBudget / chunk)))
          shape.answersPrompts = answers
          return shape
        }
        list.append(sample(prompt(after: 0), pool.prefillSeconds))
        if mean > chunk { list.append(sample(prompt(after: chunk), 0)) }
      }
      return list
    }
  }
}
