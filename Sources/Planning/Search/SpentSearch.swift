internal import Runs
internal import Units

/// A search that had simulated as much as it may before it knew its answer.
package struct SpentSearch: Hashable, Sendable {
  package var machine: String
  /// Events that it might simulate.
  package var limit: Int
  package var simulations: Int
  /// Layouts, in words.
  package var tried: [String]
  /// The cheapest so far that holds the level.
  package var best: String?

  /// Layouts that are named.
  private static let fewest = 4

  package var notes: [String] {
    var names = tried.prefix(Self.fewest).joined(separator: "; ")
    if tried.count > Self.fewest { names += "; and \(tried.count - Self.fewest) more" }
    var notes = [
      "tried on `\(machine)`, in \(NumberText.grouped(simulations)) simulations: "
        + (names.isEmpty ? "nothing" : names)
    ]
    if let best { notes.append("what holds so far, and may not be the cheapest: \(best)") }
    return notes
  }
}

extension TrialRunner {
  /// Nil of a search within its budget.
  func spent(on machine: String, best: MachineSearch.Found?) -> SpentSearch? {
    guard budget.isExhausted else { return nil }
    return SpentSearch(
      machine: machine, limit: budget.limit, simulations: count, tried: tried,
      best: best?.candidate.words)
  }
}
