extension StepModel {
  /// The price of a step of a pipeline and those after it, without the host (formula:
  /// `DataflowPipeline`).
  ///
  /// The latency of the pipeline is a floor, as an overlapping host is: steps take it until the
  /// growing context makes the slowest stage's own work longer.
  func acceleratorPrice(
    _ pipeline: DataflowPipeline, promptTokens: Int, drawnPrompts: Int, sequences: Int,
    views: ContextViews, prompts: PartCost
  ) -> StepPrice {
    var price = StepPrice()
    if promptTokens > 0 {
      price.fixed.add(pipeline.prompt(tokens: promptTokens, drawn: drawnPrompts))
      price.fixed += prompts
    }
    let latency = price.fixed.femtoseconds + pipeline.latencyFemtoseconds
    if sequences > 0 {
      price.fixed += decodePerSequence.scaled(by: sequences)
      for view in 0..<viewCount {
        let each = decodePerContextToken[view].femtoseconds
        price.first += each * views.tokens[view]
        price.growth += each * views.growth[view]
      }
    }
    price.first += price.fixed.femtoseconds
    if price.keepPace(latency) { price.latency = latency }
    return price
  }
}
