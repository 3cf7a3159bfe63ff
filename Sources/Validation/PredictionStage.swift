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

  /// Where a point's names are looked up at this stage.
  package func catalogues(_ complete: Catalogues, for point: MeasuredPoint) -> Catalogues {
    var catalogues = complete
    switch self {
    case .fullyCalibrated: break
    case .kernelCalibrated:
      catalogues.engine = { try complete.engine($0).withoutSoftwareTimes }
    case .datasheetOnly:
      catalogues.engine = { try complete.engine($0).withoutSoftwareTimes }
      catalogues.hardware = { try complete.hardware($0).asDatasheet }
    }
    return catalogues
  }
}
