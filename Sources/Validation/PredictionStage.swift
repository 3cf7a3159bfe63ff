internal import Hardware
package import Scenarios

/// How much of what was measured a prediction may use: what calibration is worth is the difference
/// between the stages. A further stage is a case here with its catalogues; the card and its
/// renderers show every case.
package enum PredictionStage: String, CaseIterable, Sendable {
  /// No measurement at all: kernels at the peaks, links at their latency and bandwidth, no software
  /// times.
  case datasheetOnly = "datasheet only"
  /// Kernels and collectives as they were timed alone; nothing that was fitted to serving points.
  case kernelCalibrated = "kernel-calibrated"
  /// The program as it is.
  case fullyCalibrated = "fully calibrated"
  /// As if nobody had measured the point's machine: its kernels are the nearest relative's, and the
  /// engine is fitted without the machine's points.
  case withoutMachine = "machine left out"
  /// As if nobody had served the point's model: the engine is fitted without its points.
  case withoutModel = "model left out"
  /// As if the point's campaign had never been: as anybody's own measurement, which nothing here
  /// was fitted to.
  case withoutCampaign = "campaign left out"

  /// The catalogues in which a point's names are looked up at this stage.
  package func catalogues(_ complete: Catalogues, for point: MeasuredPoint) -> Catalogues {
    var catalogues = complete
    switch self {
    case .fullyCalibrated: break
    case .kernelCalibrated:
      catalogues.engine = { try complete.engine($0).withoutSoftwareTimes }
    case .datasheetOnly:
      catalogues.engine = { try complete.engine($0).withoutSoftwareTimes }
      catalogues.hardware = { try complete.hardware($0).asDatasheet }
    case .withoutMachine:
      catalogues.hardware = { name in
        let own = try complete.hardware(name)
        guard name == point.hardware else { return own }
        return Self.relative(of: own).map(own.withKernels(of:)) ?? own
      }
      catalogues.engine = { name in
        let parameters = CalibrationRecord.shipped.engine(name)?.withoutHardware[point.hardware]
        return try Self.tuned(complete.engine(name), parameters)
      }
    case .withoutModel:
      catalogues.engine = { name in
        let parameters = CalibrationRecord.shipped.engine(name)?.withoutModel[point.model]
        return try Self.tuned(complete.engine(name), parameters)
      }
    case .withoutCampaign:
      catalogues.engine = { name in
        let parameters = CalibrationRecord.shipped.engine(name)?.withoutCampaign[point.family]
        return try Self.tuned(complete.engine(name), parameters)
      }
    }
    return catalogues
  }

  /// The engine with other parameters; as it is when none of its points were left out.
  private static func tuned(_ engine: EngineProfile, _ parameters: EngineParameters?)
    -> EngineProfile
  {
    parameters?.applied(to: engine) ?? engine
  }

  /// Every built-in machine that was timed, read once.
  private static let timed = HardwareCatalogue.names
    .compactMap { try? HardwareCatalogue.load(nameOrPath: $0) }.filter(\.isTimed)

  /// The machine of the nearest generation whose kernels were timed; nil for one that was not timed
  /// itself.
  private static func relative(of machine: HardwareProfile) -> HardwareProfile? {
    guard machine.isTimed else { return nil }
    return machine.architectures.lazy.compactMap { generation in
      timed.first { $0.architectures.first == generation && $0.name != machine.name }
    }.first
  }
}
