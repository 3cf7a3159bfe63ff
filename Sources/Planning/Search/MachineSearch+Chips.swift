internal import Scenarios

extension MachineSearch {
  /// Share of the chips that a search may leave too many.
  private static let chipSlack = 0.01

  /// Gives the best deployment of a dataflow machine as few chips as hold the level, to within a
  /// hundredth: its layouts were looked at with half as many again, but a pipeline has any number.
  mutating func shrink() {
    guard let best, case .together(let part) = best.candidate.shape,
      let most = part.layout.chips,
      let fewest = machine.layouts.compactMap(\.chips).min(), fewest < most
    else { return }
    let search = SmallestCount(
      from: (fewest + most) / 2, above: fewest - 1, upTo: most, slack: Self.chipSlack)
    _ = search.find { chips, _ in
      var layout = part.layout
      layout.chips = chips
      return holds(machine.together(layout, replicas: part.replicas))
    }
  }
}
