/// Fitted efficiencies and links of machines, as their profiles have them.
package struct CalibrationReport: ReportDocument, Equatable {
  /// Which rows a fit rests on.
  package struct Data: Codable, Equatable, Sendable {
    package var rows: Int
    package var files: [String]
    /// With their versions.
    package var frameworks: [String]
  }

  package struct Efficiency: Codable, Equatable, Sendable {
    package var operation: String
    package var arithmetic: String
    package var compute: Double?
    package var memory: Double?
    package var floorMicroseconds: Double
    /// Absent where it is nil.
    package var depthLatencyNanoseconds: Double?
    package var serialTraffic: Double?
    /// Median of the absolute relative errors.
    package var residual: Double
    package var data: Data
    package var notes: [String]

    private enum CodingKeys: String, CodingKey {
      case operation, arithmetic, compute, memory, residual, data, notes
      case floorMicroseconds = "floor_us"
      case depthLatencyNanoseconds = "depth_latency_ns"
      case serialTraffic = "serial_traffic"
    }
  }

  package struct Line: Codable, Equatable, Sendable {
    package var latencyMicroseconds: Double
    package var gigabytesPerSecond: Double

    private enum CodingKeys: String, CodingKey {
      case latencyMicroseconds = "latency_us"
      case gigabytesPerSecond = "bandwidth_gb_s"
    }
  }

  package struct Point: Codable, Equatable, Sendable {
    package var bytes: Double
    package var microseconds: Double

    private enum CodingKeys: String, CodingKey {
      case bytes
      case microseconds = "time_us"
    }
  }

  package struct Collective: Codable, Equatable, Sendable {
    package var kind: String
    package var ranks: Int
    package var lines: [Line]
    package var measured: [Point]
    package var residual: Double
    package var data: Data
  }

  package struct Exchange: Codable, Equatable, Sendable {
    package var latencyMicroseconds: Double
    package var gigabytesPerSecond: Double
    /// Lowest and highest of the kernel families; absent where there is one.
    package var gigabytesPerSecondRange: [Double]?
    package var residual: Double
    package var data: Data

    private enum CodingKeys: String, CodingKey {
      case residual, data
      case latencyMicroseconds = "latency_us"
      case gigabytesPerSecond = "bandwidth_gb_s"
      case gigabytesPerSecondRange = "bandwidth_range_gb_s"
    }
  }

  package struct Unused: Codable, Equatable, Sendable {
    package var reason: String
    package var rows: Int
  }

  package struct Machine: Codable, Equatable, Sendable {
    package var hardware: String
    package var efficiencies: [Efficiency]
    package var collectives: [Collective]
    package var scaleUpExchange: Exchange?
    package var scaleOutExchange: Exchange?
    package var unused: [Unused]

    private enum CodingKeys: String, CodingKey {
      case hardware, efficiencies, collectives, unused
      case scaleUpExchange = "scale_up_expert_exchange"
      case scaleOutExchange = "scale_out_expert_exchange"
    }
  }

  package var schema = ReportSchema(name: "windtunnel/calibrate", version: 1)
  package var command = "calibrate"
  /// What the figures cite.
  package var source: String
  package var machines: [Machine]
}
