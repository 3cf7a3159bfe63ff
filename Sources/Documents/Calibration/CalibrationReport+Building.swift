package import Calibration
internal import Hardware
internal import Outcomes

extension CalibrationReport {
  /// - Parameter source: the key under `sources` that the figures are to cite.
  package init(_ machines: [MachineFit], source: String) {
    self.source = source
    self.machines = machines.map(Machine.init)
  }
}

extension CalibrationReport.Machine {
  fileprivate init(_ fit: MachineFit) {
    hardware = fit.profile.name
    efficiencies = fit.efficiencies.map(CalibrationReport.Efficiency.init)
    collectives = fit.collectives.map(CalibrationReport.Collective.init)
    scaleUpExchange = fit.scaleUpExchange.map(CalibrationReport.Exchange.init)
    scaleOutExchange = fit.scaleOutExchange.map(CalibrationReport.Exchange.init)
    unused = fit.unused.map { .init(reason: $0.reason, rows: $0.rows) }
  }
}

extension CalibrationReport.Data {
  fileprivate init(_ data: FitData) {
    (rows, files, frameworks) = (data.rows, data.files, data.frameworks)
  }
}

extension CalibrationReport.Efficiency {
  fileprivate init(_ fit: FittedEfficiency) {
    let fitted = fit.efficiency
    operation = fit.operation.rawValue
    arithmetic = fit.arithmetic.rawValue
    (compute, memory) = (fitted.compute, fitted.memory)
    floorMicroseconds = fitted.floorSeconds * 1e6
    let depth = fitted.depthLatencySeconds * 1e9
    depthLatencyNanoseconds = depth > 0 ? depth : nil
    serialTraffic = fitted.serialTraffic > 0 ? fitted.serialTraffic : nil
    residual = fitted.residual ?? 0
    data = CalibrationReport.Data(fit.data)
    notes = fit.notes
  }
}

extension CalibrationReport.Collective {
  fileprivate init(_ fit: FittedCurve) {
    kind = fit.kind.rawValue
    ranks = fit.ranks
    lines = fit.lines.map {
      .init(
        latencyMicroseconds: $0.latencySeconds * 1e6,
        gigabytesPerSecond: $0.bytesPerSecond / 1e9)
    }
    measured = fit.measured.map {
      .init(bytes: $0.bytes, microseconds: $0.seconds * 1e6)
    }
    residual = fit.residual
    data = CalibrationReport.Data(fit.data)
  }
}

extension CalibrationReport.Exchange {
  fileprivate init(_ fit: FittedExchange) {
    latencyMicroseconds = fit.latencySeconds * 1e6
    gigabytesPerSecond = fit.bytesPerSecond / 1e9
    gigabytesPerSecondRange = fit.bytesPerSecondRange.map { range in
      [range.lowerBound, range.upperBound].map { $0 / 1e9 }
    }
    residual = fit.residual
    data = CalibrationReport.Data(fit.data)
  }
}
