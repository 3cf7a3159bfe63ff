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

  /// What was found, as predicted: a cautious search ran it slower.
  func asPredicted(
    _ found: MachineSearch.Found, in search: MachineSearch,
    isCancelled: @escaping @Sendable () -> Bool
  ) -> MachineSearch.Found {
    guard isCautious else { return found }
    var predicted = TrialRunner(
      search.scenario, holding: level, from: catalogues, isCancelled: isCancelled)
    guard case .finished(let trial) = predicted.run(found.candidate, for: .answer) else {
      return found
    }
    return MachineSearch.Found(candidate: found.candidate, trial: trial)
  }

  /// How sure it is that a candidate holds the level, or misses it.
  ///
  /// - Parameter trial: of it, as predicted.
  func assurance(
    of candidate: Candidate, _ trial: Trial, in search: MachineSearch,
    isCancelled: @escaping @Sendable () -> Bool
  ) -> Assurance {
    guard Strain.isKnown(for: trial.deployment) else { return .unknown }
    func end(_ strain: Strain) -> Assurance.End? {
      var runner = runner(search.scenario, strain: strain, isCancelled: isCancelled)
      guard case .finished(let strained) = runner.run(candidate, for: .search) else { return nil }
      return Assurance.End(strain: strain, trial: strained, level: level)
    }
    return Assurance(predicted: trial, slow: end(.slowest), fast: end(.fastest), holding: level)
  }
}
