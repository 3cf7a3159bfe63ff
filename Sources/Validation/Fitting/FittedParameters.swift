internal import Scenarios

/// How much of the built-in engines is fitted to serving points.
package enum FittedParameters {
  /// Front ends, shares of one-shot all-reduces and gaps as in a calibration; gaps that a release
  /// has for itself; and what handing a prompt over takes.
  ///
  /// Check: more than the record has, since one release has gaps from an earlier fit and two
  /// engines hand over (`CalibrationRecordTests.whatIsFittedIsCounted`).
  package static var count: Int {
    let engines = EngineCatalogue.names.compactMap { try? EngineCatalogue.load(nameOrPath: $0) }
    return engines.reduce(0) { sum, engine in
      let family = EngineProfile.family(of: engine.name)
      guard CalibrationRecord.shipped.engine(family) != nil else { return sum }
      var own = EngineParameters(engine)
      if engine.name == family { return sum + own.count + (engine.handoverSeconds > 0 ? 1 : 0) }
      let newest = engines.first { $0.name == family }
      own.gaps = own.gaps.filter { newest?.platforms[$0.key] != $0.value }
      return sum + own.gapCount
    }
  }
}
