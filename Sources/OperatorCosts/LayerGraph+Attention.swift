extension LayerGraph {
  /// `prefillCosts` without the list, for the simulation's inner loop.
  func prefillPart(new: Int, prior: Int) -> PartCost {
    var sum = PartCost()
    for item in attention {
      let rate = roofline.rate(item.element.prefillClass, item.element.kernel)
      sum.add(
        item.element.prefillWork(new: new, prior: prior, at: rate), layers: item.layers)
    }
    for item in recurrent {
      sum.add(item.element.prefillCost(new: new, on: roofline).repeated(item.layers))
    }
    return sum
  }

  /// Decode attention and state updates of a batch whose sequences have equal contexts.
  func decodeCosts(sequences: Int, context: Int) -> [OperatorCost] {
    let count = Double(sequences)
    return attention.map { item in
      let visible = Double(item.element.visibility.visible(at: context))
      return item.element.decodeCost(
        sequences: count, context: count * visible, on: roofline
      ).repeated(item.layers)
    }
      + recurrent.map {
        $0.element.decodeCost(sequences: count, on: roofline).repeated($0.layers)
      }
  }
}
