/// The replicas of one pool as resolved.
package struct PoolInputs: Codable, Equatable, Sendable {
  package struct Layout: Codable, Equatable, Sendable {
    /// Of one replica.
    package var accelerators: Int
    package var tensor: Int
    package var attentionData: Int
    package var pipeline: Int
    package var expert: Int
    package var context: Int
    package var redundantExperts: Int
    /// Of a dataflow machine, where nothing else is divided.
    package var chips: Int?

    private enum CodingKeys: String, CodingKey {
      case accelerators, tensor, pipeline, expert, context, chips
      case attentionData = "attention_data"
      case redundantExperts = "redundant_experts"
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
    package var overlapsBatches: Bool
    package var maximumContext: Int?

    private enum CodingKeys: String, CodingKey {
      case policy
      case tokenBudget = "token_budget"
      case maximumSequences = "maximum_sequences"
      case reservedAnswerShare = "reserved_answer_share"
      case overlapsBatches = "overlap_batches"
      case maximumContext = "maximum_context"
    }
  }

  package struct Speculation: Codable, Equatable, Sendable {
    package var method: String
    package var acceptance: [Double]
    /// That a decoding sequence gains in one step, on average.
    package var tokensPerStep: Double

    private enum CodingKeys: String, CodingKey {
      case method, acceptance
      case tokensPerStep = "tokens_per_step"
    }
  }

  package struct FeedForward: Codable, Equatable, Sendable {
    package var hardware: RunInputs.Hardware
    package var chips: Int
    package var bytesPerSecond: Double
    package var latencySeconds: Double

    private enum CodingKeys: String, CodingKey {
      case hardware, chips
      case bytesPerSecond = "bytes_per_s"
      case latencySeconds = "latency_s"
    }
  }

  package struct PrefixCache: Codable, Equatable, Sendable {
    package var blockTokens: Int
    /// In the host's memory, of each attention rank.
    package var hostBlocks: Int
    package var loadSecondsPerBlock: Double

    private enum CodingKeys: String, CodingKey {
      case blockTokens = "block_tokens"
      case hostBlocks = "host_blocks"
      case loadSecondsPerBlock = "load_s_per_block"
    }
  }

  package var name: String
  package var role: String
  package var replicas: Int
  /// Of all replicas, chips that do their feed-forwards included.
  package var accelerators: Int
  /// Absent with one replica.
  package var routing: String?
  package var hardware: RunInputs.Hardware
  package var layout: Layout
  package var formats: Formats
  package var scheduler: Scheduler
  package var speculation: Speculation?
  /// Dataflow chips that do the feed-forwards of a replica.
  package var feedForward: FeedForward?
  /// Of one accelerator; of all chips of a dataflow machine together.
  package var memory: MemoryInputs
  /// Absent where no prompts have anything in common.
  package var prefixCache: PrefixCache?
  package var price: PriceInputs

  private enum CodingKeys: String, CodingKey {
    case name, role, replicas, accelerators, routing, hardware, layout, formats, scheduler
    case speculation, memory, price
    case feedForward = "feed_forward"
    case prefixCache = "prefix_cache"
  }
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

/// The price asked for; without a figure when the profile has none, or where machines differ.
package struct PriceInputs: Codable, Equatable, Sendable {
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

/// The link between two pools.
package struct TransferInputs: Codable, Equatable, Sendable {
  /// `scale_up`, `scale_out`, or `scenario`.
  package var link: String
  package var bytesPerSecond: Double
  package var latencySeconds: Double
  package var bytesPerToken: Double
  package var bytesPerSequence: Double

  private enum CodingKeys: String, CodingKey {
    case link
    case bytesPerSecond = "bytes_per_s"
    case latencySeconds = "latency_s"
    case bytesPerToken = "bytes_per_token"
    case bytesPerSequence = "bytes_per_sequence"
  }
}
