extension StepModel {
  /// The price of a step of a pipeline and those after it (formula: `DataflowPipeline`).
  ///
  /// The latency of the pipeline is a floor, as an overlapping host is: steps take it until the
  /// growing context makes the slowest stage's own work longer.
  func price(
    _ pipeline: DataflowPipeline, promptTokens: Int, drawnPrompts: Int, sequences: Int,
    views: ContextViews, prompts: PartCost, promptCount: Int
  ) -> StepPrice {
    var price = StepPrice()
    if promptTokens > 0 {
      price.fixed = PartCost([pipeline.prompt(tokens: promptTokens, drawn: drawnPrompts)])
      price.fixed += prompts
    }
    let streamed = price.fixed.femtoseconds
    var growth: Int64 = 0
    var work = streamed
    if sequences > 0 {
      price.fixed += decodePerSequence.scaled(by: sequences)
      work = price.fixed.femtoseconds
      for view in 0..<viewCount {
        let each = decodePerContextToken[view].femtoseconds
        work += each * views.tokens[view]
        growth += each * views.growth[view]
      }
    }
    let host = host.femtoseconds(sequences: sequences + promptCount, prompts: promptCount)
    var pace = streamed + pipeline.latencyFemtoseconds
    let accelerator = max(pace, work)
    if self.host.overlapsAccelerator {
      price.exposedHost = max(0, host - accelerator)
      pace = max(pace, host)
    }
    if pace > work {
      if growth > 0 { price.steadySteps = (pace - work + growth - 1) / growth }
      price.first = pace
    } else {
      price.first = work
      price.growth = growth
    }
    if !self.host.overlapsAccelerator {
      price.first += host
      price.exposedHost = host
    }
    return price
  }

  /// Splits the time of a run that is no operator's: what the host exposed is the host's, the rest
  /// tokens spend on their way between stages.
  func addWaiting(
    _ waiting: Int64, _ price: StepPrice, steps: Int64, to total: inout PartCost
  ) {
    let host = min(waiting, price.exposedHost * steps)
    total.host += Double(host) * 1e-15
    total.interconnect += Double(waiting - host) * 1e-15
  }
}
