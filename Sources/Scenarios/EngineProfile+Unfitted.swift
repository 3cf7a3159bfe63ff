internal import OperatorCosts
internal import ServingSimulation

extension EngineProfile {
  /// This engine without what its software costs: no host time, no gaps, no front end. It still
  /// schedules, pads and divides its memory as it does.
  ///
  /// Those are the settings that are fitted to measured serving points, or guessed.
  package var withoutSoftwareTimes: EngineProfile {
    var engine = self
    engine.host.secondsPerStep = 0
    engine.host.secondsPerSequence = 0
    engine.host.secondsPerPrefill = 0
    engine.host.secondsPerLaunchedLayer = 0
    engine.host.computeExcess = 0
    engine.host.gaps = .none
    engine.host.oneShotShare = 0
    engine.platforms = [:]
    engine.frontEnd = .none
    engine.handoverSeconds = 0
    return engine
  }
}
