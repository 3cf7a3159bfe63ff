/// Fitted efficiencies and links of machines, as their profiles have them.
package struct CalibrationReport: ReportDocument {
  /// Which rows a fit rests on.
  package struct Data: Encodable, Sendable {
    package var rows: Int
    package var files: [String]
    /// Frameworks with their versions.
    package var frameworks: [String]
  }

  package struct Efficiency: Encodable, Sendable {
    package var operation: String
    package var arithmetic: String
    package var compute: Double?
    package var memory: Double?
    package var floorMicroseconds: Double
    /// Time for each unit of a matrix's inner width; absent where there is none.
    package var depthLatencyNanoseconds: Double?
    package var serialTraffic: Double?
    /// Median of the absolute relative errors.
    package var residual: Double
    package var data: Data
    package var notes: [String]
  }

  package struct Line: Encodable, Sendable {
    package var latencyMicroseconds: Double
    package var gigabytesPerSecond: Double
  }

  package struct Point: Encodable, Sendable {
    package var bytes: Double
    package var microseconds: Double
  }

  package struct Collective: Encodable, Sendable {
    package var kind: String
    package var ranks: Int
    package var lines: [Line]
    package var measured: [Point]
    package var residual: Double
    package var data: Data
  }

  package struct Exchange: Encodable, Sendable {
    package var latencyMicroseconds: Double
    package var gigabytesPerSecond: Double
    /// Lowest and highest of the kernel families; absent where there is one.
    package var gigabytesPerSecondRange: [Double]?
    package var residual: Double
    package var data: Data
  }

  package struct Unused: Encodable, Sendable {
    package var reason: String
    package var rows: Int
  }

  package struct Machine: Encodable, Sendable {
    package var hardware: String
    package var efficiencies: [Efficiency]
    package var collectives: [Collective]
    package var scaleUpExchange: Exchange?
    package var scaleOutExchange: Exchange?
    package var unused: [Unused]
  }

  package var schema = ReportSchema(name: "windtunnel/calibrate", version: 1)
  package var command = "calibrate"
  /// What the figures cite.
  package var source: String
  package var machines: [Machine]
}

// MARK: Keys

extension CalibrationReport.Efficiency: DocumentKeys {
  package static let keys = DocumentNames([
    "floorMicroseconds": "floor_us", "depthLatencyNanoseconds": "depth_latency_ns",
  ])
}

extension CalibrationReport.Line: DocumentKeys {
  package static let keys = CalibrationReport.Exchange.keys
}

extension CalibrationReport.Point: DocumentKeys {
  package static let keys = DocumentNames(["microseconds": "time_us"])
}

extension CalibrationReport.Exchange: DocumentKeys {
  package static let keys = DocumentNames([
    "latencyMicroseconds": "latency_us", "gigabytesPerSecond": "bandwidth_gb_s",
    "gigabytesPerSecondRange": "bandwidth_range_gb_s",
  ])
}

extension CalibrationReport.Machine: DocumentKeys {
  package static let keys = DocumentNames([
    "scaleUpExchange": "scale_up_expert_exchange", "scaleOutExchange": "scale_out_expert_exchange",
  ])
}
