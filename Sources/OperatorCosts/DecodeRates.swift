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
  init(_ graph: LayerGraph, views: [ContextVisibility], batches: Int) {
    perContextToken = [PartCost](repeating: PartCost(), count: views.count)
    let stages = graph.layout.pipeline
    func share(_ cost: OperatorCost, _ layers: Int) -> OperatorCost {
      Self.share(cost.repeated(layers), batches: batches, stages: stages)
    }
    for item in graph.attention {
      let kernel = item.element
      let none = kernel.decodeBase(sequences: 0, on: graph.roofline)
      fixed.add(none.repeated(item.layers * stages))
      var first = kernel.decodeBase(sequences: 1, on: graph.roofline)
      first.seconds -= none.seconds
      perSequence.add(share(first, item.layers))
      let view = views.firstIndex(of: kernel.visibility)!
      perContextToken[view].add(share(kernel.perContextToken(on: graph.roofline), item.layers))
    }
    for item in graph.recurrent {
      let none = item.element.decodeCost(sequences: 0, on: graph.roofline)
      fixed.add(none.repeated(item.layers * stages))
      var first = item.element.decodeCost(sequences: 1, on: graph.roofline)
      first.seconds -= none.seconds
      perSequence.add(share(first, item.layers))
    }
  }

  /// A stage's cost for something that one of m micro-batches has: p / m of its time.
  private static func share(_ cost: OperatorCost, batches: Int, stages: Int) -> OperatorCost {
    guard stages > 1 else { return cost }
    var result = cost
    let turns = Double(stages) / Double(batches)
    result.seconds *= turns
    result.speedOfLightSeconds *= turns
    return result
  }
}
