package import Requirements

/// Choices among which no one is better without wanting something else less.
///
///     Pareto.frontier(of: [[50, 900], [20, 2000], [40, 800]], wanting: [.more, .more])  // [0, 1]
package enum Pareto {
  /// Whether the first is at least as good in everything, and better in something.
  package static func dominates(
    _ one: [Double], _ other: [Double], wanting wants: [Figure.Preference]
  ) -> Bool {
    var isBetter = false
    for (want, pair) in zip(wants, zip(one, other)) {
      let (mine, theirs) = want == .more ? pair : (-pair.0, -pair.1)
      if mine < theirs { return false }
      if mine > theirs { isBetter = true }
    }
    return isBetter
  }

  /// Indices of the points that no other dominates, the best in the first criterion first. Equal
  /// ones are all there, in their order.
  ///
  /// - Parameter points: numbers only, one for each criterion.
  package static func frontier(
    of points: [[Double]], wanting wants: [Figure.Preference]
  ) -> [Int] {
    let order = points.indices.sorted { left, right in
      for (want, pair) in zip(wants, zip(points[left], points[right])) where pair.0 != pair.1 {
        return want == .more ? pair.0 > pair.1 : pair.0 < pair.1
      }
      return left < right
    }
    var frontier: [Int] = []
    // Who dominates a point stands before it in this order, or somebody who dominates both does.
    for index in order
    where !frontier.contains(where: { dominates(points[$0], points[index], wanting: wants) }) {
      frontier.append(index)
    }
    return frontier
  }
}
