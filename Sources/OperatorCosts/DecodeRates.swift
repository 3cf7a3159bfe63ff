/// What one more sequence and one more context token cost in a decode step, and what any cost.
///
/// With several pipeline stages it depends on how many micro-batches are under way: a rate for each
/// number of them (`PipelineRound`).
struct DecodeRates: Sendable {
  var fixed = PartCost()
  var perSequence = PartCost()
  /// By view of the context.
  var perContextToken: [PartCost]

  /// - Parameter batches: micro-batches under way, 1 ... stages.
  init(_ graph: LayerGraph, _ draft: Draft?, views: [ContextVisibility], batches: Int) {
    perContextToken = [PartCost](repeating: PartCost(), count: views.count)
    let turns = Turns(stages: graph.layout.pipeline, batches: batches)
    add(graph, turns, queries: graph.queries, views: views)
    guard let draft else { return }
    let alone = Turns(stages: 1, batches: 1)
    if let first = draft.first { add(first, alone, queries: graph.queries, views: views) }
    // A guess is one token, reading a context that is counted as finely.
    let single = DecodeQueries(contextUnitsPerToken: graph.queries.contextUnitsPerToken)
    for _ in 0..<draft.laterPasses {
      add(draft.graph, alone, queries: single, views: views, branches: draft.branches)
    }
  }

  /// - Parameter branches: of each sequence, every one with a query of its own.
  private mutating func add(
    _ graph: LayerGraph, _ turns: Turns, queries: DecodeQueries, views: [ContextVisibility],
    branches: Int = 1
  ) {
    let roofline = graph.roofline
    for item in graph.attention {
      let kernel = item.element
      let none = kernel.decodeBase(sequences: 0, on: roofline)
      fixed.add(none.repeated(item.layers * turns.stages))
      var first = kernel.decodeBase(sequences: 1, on: roofline, queries: queries)
      first.seconds -= none.seconds
      perSequence.add(turns.share(first.repeated(item.layers * branches)))
      let view = views.firstIndex(of: kernel.visibility)!
      let each = kernel.perContextToken(on: roofline, queries: queries)
      perContextToken[view].add(turns.share(each.repeated(item.layers * branches)))
    }
    for item in graph.recurrent {
      let none = item.element.decodeCost(sequences: 0, on: roofline)
      fixed.add(none.repeated(item.layers * turns.stages))
      var first = item.element.decodeCost(sequences: 1, on: roofline, queries: queries)
      first.seconds -= none.seconds
      perSequence.add(turns.share(first.repeated(item.layers * branches)))
    }
  }
}

private struct Turns {
  var stages: Int
  var batches: Int

  /// A stage's cost for something that one of the micro-batches has: p / m of its time.
  func share(_ cost: OperatorCost) -> OperatorCost {
    guard stages > 1 else { return cost }
    var result = cost
    let turns = Double(stages) / Double(batches)
    result.seconds *= turns
    result.speedOfLightSeconds *= turns
    return result
  }
}
