package import Scenarios

/// How a search goes about it, whatever the machine.
package struct SearchOptions: Sendable {
  package var level: ServiceLevel
  /// What may be changed beside layouts.
  package var tuned: Set<TunedSetting>
  /// Whether what is found must hold even when everything is as slow as predictions are off.
  package var isCautious: Bool
  package var catalogues: Catalogues

  package init(
    holding level: ServiceLevel, tuning tuned: Set<TunedSetting> = Set(TunedSetting.allCases),
    isCautious: Bool = false, from catalogues: Catalogues = .builtIn
  ) {
    self.level = level
    self.tuned = tuned
    self.isCautious = isCautious
    self.catalogues = catalogues
  }

  func runner(
    _ scenario: Scenario, strain: Strain? = nil, isCancelled: @escaping @Sendable () -> Bool
  ) -> TrialRunner {
    TrialRunner(
      scenario, holding: level, strain: strain ?? (isCautious ? .slowest : nil), from: catalogues,
      isCancelled: isCancelled)
  }

  /// How sure it is that what was found holds the level.
  func certainty(
    of candidate: Candidate, in search: MachineSearch, isCancelled: @escaping @Sendable () -> Bool
  ) -> Certainty {
    var strained = MachineSearch(
      search.scenario, on: search.machine, tuning: [],
      runner: runner(search.scenario, strain: .slowest, isCancelled: isCancelled))
    guard let isKnown = strained.isRangeKnown(of: candidate), isKnown else { return .unknown }
    if isCautious { return .yes }
    return strained.holdsAtRate(candidate) == true ? .yes : .marginal
  }

  /// How sure it is that what came nearest does not.
  func certainty(
    ofMiss candidate: Candidate, in search: MachineSearch,
    isCancelled: @escaping @Sendable () -> Bool
  ) -> Certainty {
    var strained = MachineSearch(
      search.scenario, on: search.machine, tuning: [],
      runner: runner(search.scenario, strain: .fastest, isCancelled: isCancelled))
    guard let isKnown = strained.isRangeKnown(of: candidate), isKnown else { return .unknown }
    return strained.holdsAtRate(candidate) == true ? .marginal : .no
  }
}

/// How sure a verdict is, with predictions as far off as eight in ten are.
package enum Certainty: String, Codable, CaseIterable, Sendable {
  /// It holds at either end.
  case yes
  /// The limit lies within what the figures may be.
  case marginal
  /// It holds at neither end.
  case no
  /// Nothing alike was ever measured.
  case unknown
}
