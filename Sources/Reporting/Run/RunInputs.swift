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

  package struct Layout: Codable, Equatable, Sendable {
    package var tensorParallel: Int
    package var accelerators: Int

    private enum CodingKeys: String, CodingKey {
      case tensorParallel = "tensor_parallel"
      case accelerators
    }
  }

  package struct Formats: Codable, Equatable, Sendable {
    package var weights: String
    package var keyValueCache: String

    private enum CodingKeys: String, CodingKey {
      case weights
      case keyValueCache = "kv_cache"
    }
  }

  package struct Scheduler: Codable, Equatable, Sendable {
    package var policy: String
    package var tokenBudget: Int
    package var maximumSequences: Int
    package var reservedAnswerShare: Double
    package var maximumContext: Int?

    private enum CodingKeys: String, CodingKey {
      case policy
      case tokenBudget = "token_budget"
      case maximumSequences = "maximum_sequences"
      case reservedAnswerShare = "reserved_answer_share"
      case maximumContext = "maximum_context"
    }
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

  /// The price asked for; without a figure when the profile has none.
  package struct Price: Codable, Equatable, Sendable {
    package var basis: String
    package var dollarsPerAcceleratorHour: Double?
    package var low: Double?
    package var high: Double?
    package var date: String?
    package var status: String?
    package var source: String?

    private enum CodingKeys: String, CodingKey {
      case basis, date, status, source
      case dollarsPerAcceleratorHour = "usd_per_gpu_hour"
      case low = "low_usd_per_gpu_hour"
      case high = "high_usd_per_gpu_hour"
    }
  }

  package var scenario: Scenario
  package var hardware: Hardware
  package var model: Model
  package var engine: Engine
  package var layout: Layout
  package var formats: Formats
  package var scheduler: Scheduler
  /// Of one accelerator.
  package var memory: MemoryInputs
  package var workload: WorkloadInputs
  package var objectives: Objectives?
  package var price: Price
  /// Absent where nothing was simulated.
  package var mode: String?
}

/// How the memory of one accelerator is divided.
package struct MemoryInputs: Codable, Equatable, Sendable {
  package var capacityBytes: Double
  package var usableBytes: Double
  package var weightBytes: Double
  package var activationBytes: Double
  package var reservedBytes: Double
  package var cacheBytes: Double
  package var cacheBlocks: Int
  /// Absent when a block is a whole sequence, as in models without a growing cache.
  package var blockTokens: Int?
  package var cacheTokens: Int?

  private enum CodingKeys: String, CodingKey {
    case capacityBytes = "capacity_bytes"
    case usableBytes = "usable_bytes"
    case weightBytes = "weight_bytes"
    case activationBytes = "activation_bytes"
    case reservedBytes = "reserved_bytes"
    case cacheBytes = "cache_bytes"
    case cacheBlocks = "cache_blocks"
    case blockTokens = "block_tokens"
    case cacheTokens = "cache_tokens"
  }
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
  package var clients: Int?
  package var thinkTimeSeconds: Double?
  /// Rows of a trace that ask for no tokens and were left out.
  package var skippedRows: Int?
  /// Empty for a trace, which has its own lengths.
  package var classes: [Class]

  private enum CodingKeys: String, CodingKey {
    case process, requests, clients, classes
    case rate = "rate_req_s"
    case coefficientOfVariation = "cv"
    case thinkTimeSeconds = "think_time_s"
    case skippedRows = "skipped_rows"
  }
}
