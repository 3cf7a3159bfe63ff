extension LayerGraph {
  /// `prefillCosts` without the list, for the simulation's inner loop.
  func prefillPart(new: Int, prior: Int) -> PartCost {
    var sum = PartCost()
    for item in attention {
      let cost = item.element.prefillCost(new: new, prior: prior, on: roofline)
      sum.add(cost.repeated(item.layers))
    }
    for item in recurrent {
      sum.add(item.element.prefillCost(new: new, on: roofline).repeated(item.layers))
    }
    return sum
  }
}
