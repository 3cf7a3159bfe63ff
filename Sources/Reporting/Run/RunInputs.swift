/// The inputs of a run as resolved: every default filled in, every name looked up.
package struct RunInputs: Codable, Equatable, Sendable {
  package struct Scenario: Codable, Equatable, Sendable {
    package var name: String
    package var title: String
    package var file: String
  }

  package struct Hardware: Codable, Equatable, Sendable {
    package var name: String
    package var title: String
  }

  package struct Model: Codable, Equatable, Sendable {
    package var name: String
    package var family: String
    package var parameters: Int
    package var activeParameters: Int

    private enum CodingKeys: String, CodingKey {
      case name, family, parameters
      case activeParameters = "active_parameters"
    }
  }

  package struct Engine: Codable, Equatable, Sendable {
    package var name: String
    package var title: String
    package var release: String
  }

  /// Of everything deployed.
  package struct Layout: Codable, Equatable, Sendable {
    package var accelerators: Int
    /// Each pool in words: `prefill: 2 replicas of 4, tensor parallel 4`.
    package var pools: [String]
  }

  /// How a token chooses its experts; only of models that have some.
  package struct Experts: Codable, Equatable, Sendable {
    package var routing: String
    package var skew: Double?
  }

  package struct Objectives: Codable, Equatable, Sendable {
    package var timeToFirstToken: Double?
    package var timePerOutputToken: Double?
    package var endToEnd: Double?

    private enum CodingKeys: String, CodingKey {
      case timeToFirstToken = "ttft_ms"
      case timePerOutputToken = "tpot_ms"
      case endToEnd = "e2e_ms"
    }
  }

  package var scenario: Scenario
  /// The machines' names, each once.
  package var hardware: Hardware
  package var model: Model
  package var engine: Engine
  package var layout: Layout
  package var experts: Experts?
  package var pools: [PoolInputs]
  package var transfer: TransferInputs?
  package var workload: WorkloadInputs
  package var objectives: Objectives?
  package var price: PriceInputs
  /// Absent where nothing was simulated.
  package var mode: String?
}

/// The traffic of a run.
package struct WorkloadInputs: Codable, Equatable, Sendable {
  package struct Class: Codable, Equatable, Sendable {
    package var name: String
    package var share: Double
    package var input: String
    package var thinking: String?
    package var output: String
  }

  package var process: String
  package var requests: Int
  package var rate: Double?
  package var coefficientOfVariation: Double?
  /// Of a rate that changes over the day.
  package var peakRate: Double?
  package var swing: Double?
  package var periodSeconds: Double?
  package var peakSeconds: Double?
  package var clients: Int?
  package var thinkTimeSeconds: Double?
  /// Rows of a trace that ask for no tokens and were left out.
  package var skippedRows: Int?
  /// Empty for a trace, which has its own lengths.
  package var classes: [Class]

  private enum CodingKeys: String, CodingKey {
    case process, requests, clients, classes, swing
    case rate = "rate_req_s"
    case coefficientOfVariation = "cv"
    case peakRate = "peak_rate_req_s"
    case periodSeconds = "period_s"
    case peakSeconds = "peak_s"
    case thinkTimeSeconds = "think_time_s"
    case skippedRows = "skipped_rows"
  }
}
