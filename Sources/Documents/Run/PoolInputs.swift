internal import OperatorCosts

/// The replicas of one pool as resolved.
package struct PoolInputs: Encodable, Sendable {
  /// How one replica is divided.
  package struct Layout: Sendable {
    var sizes: ParallelLayout
    /// Chips of a replica of a dataflow machine, where nothing else is divided; absent for others.
    package var chips: Int?
  }

  package struct Formats: Encodable, Sendable {
    package var weights: String
    package var keyValueCache: String
  }

  package struct Scheduler: Encodable, Sendable {
    package var policy: String
    package var tokenBudget: Int
    package var maximumSequences: Int
    package var reservedAnswerShare: Double
    package var overlapsBatches: Bool
    package var maximumContext: Int?
    /// Order in which requests are taken; absent where they are taken as they come.
    package var order: String?
    /// How much more urgent a waiting request must be for a running one to give way; absent where
    /// none does.
    package var preemptionMargin: Int?
  }

  package struct Speculation: Encodable, Sendable {
    package var method: String
    /// What guesses with weights of its own; absent where the model's layers or its text do.
    package var model: String?
    package var acceptance: [Double]
    /// Guesses that each pass goes on from, and tokens of a sequence that a step verifies; absent
    /// of a chain.
    package var branches: Int?
    package var verifiedTokens: Int?
    /// Tokens that a decoding sequence gains in one step, on average.
    package var tokensPerStep: Double
  }

  package struct Diffusion: Encodable, Sendable {
    /// Tokens of a block, its passes, and what each unmasks in the mean.
    package var block: Int
    package var passes: Double
    package var tokensPerPass: Double
  }

  package struct Adapters: Encodable, Sendable {
    package var rank: Int
    package var count: Int
  }

  package struct FeedForward: Encodable, Sendable {
    package var hardware: RunInputs.Hardware
    package var chips: Int
    package var bytesPerSecond: Double
    package var latencySeconds: Double
  }

  package struct PrefixCache: Encodable, Sendable {
    package var blockTokens: Int
    /// Blocks in the host's memory, of each attention rank.
    package var hostBlocks: Int
    package var loadSecondsPerBlock: Double
  }

  package var name: String
  package var role: String
  package var replicas: Int
  /// Accelerators of all replicas, chips that do their feed-forwards included.
  package var accelerators: Int
  /// The rule that chooses a replica; absent with one replica.
  package var routing: String?
  package var hardware: RunInputs.Hardware
  /// Model of a part of a fleet; absent where all is one model's.
  package var model: String?
  /// Requests that a part of a fleet takes, in words; absent where it takes everything.
  package var takes: String?
  package var layout: Layout
  package var formats: Formats
  package var adapters: Adapters?
  package var scheduler: Scheduler
  package var speculation: Speculation?
  /// Blocks that are refined together; absent where one token is written after the other.
  package var diffusion: Diffusion?
  /// Dataflow chips that do the feed-forwards of a replica.
  package var feedForward: FeedForward?
  /// Memory of one accelerator; of all chips of a dataflow machine together.
  package var memory: MemoryInputs
  /// How prompts share what is cached; absent where none have anything in common.
  package var prefixCache: PrefixCache?
  package var price: PriceInputs
}

/// How the memory of one accelerator is divided.
package struct MemoryInputs: Encodable, Sendable {
  package var capacityBytes: Int64
  package var usableBytes: Int64
  package var weightBytes: Int64
  package var activationBytes: Int64
  package var reservedBytes: Int64
  package var cacheBytes: Int64
  package var cacheBlocks: Int
  /// Tokens of a block; absent when a block is a whole sequence, as in models without a growing
  /// cache.
  package var blockTokens: Int?
  package var cacheTokens: Int?
}

/// The price asked for; without a figure when the profile has none, or where machines differ.
package struct PriceInputs: Encodable, Equatable, Sendable {
  package var basis: String
  package var dollarsPerAcceleratorHour: Double?
  package var low: Double?
  package var high: Double?
  package var date: String?
  package var status: String?
  package var source: String?
}

/// The link between two pools.
package struct TransferInputs: Encodable, Sendable {
  /// `scale_up`, `scale_out`, or `scenario`.
  package var link: String
  package var bytesPerSecond: Double
  package var latencySeconds: Double
  package var bytesPerToken: Double
  package var bytesPerSequence: Double
}

// MARK: Keys

extension PoolInputs.Layout: Encodable {
  private enum Keys: String, CodingKey { case accelerators, chips }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(accelerators, forKey: .accelerators)
    var dimensions = encoder.container(keyedBy: LayoutDimension.self)
    for dimension in LayoutDimension.allCases {
      try dimensions.encode(sizes[dimension], forKey: dimension)
    }
    try container.encodeIfPresent(chips, forKey: .chips)
  }
}

extension PoolInputs.Formats: DocumentKeys {
  package static let keys = DocumentNames(["keyValueCache": "kv_cache"])
}

extension PoolInputs.Scheduler: DocumentKeys {
  package static let keys = DocumentNames(["overlapsBatches": "overlap_batches"])
}

extension PoolInputs.FeedForward: DocumentKeys {
  package static let keys = DocumentNames(TransferInputs.keys.names)
}

extension PoolInputs.PrefixCache: DocumentKeys {
  package static let keys = DocumentNames(["loadSecondsPerBlock": "load_s_per_block"])
}

extension PriceInputs: DocumentKeys {
  package static let keys = DocumentNames([
    "dollarsPerAcceleratorHour": "usd_per_gpu_hour", "low": "low_usd_per_gpu_hour",
    "high": "high_usd_per_gpu_hour",
  ])
}

extension TransferInputs: DocumentKeys {
  package static let keys = DocumentNames([
    "bytesPerSecond": "bytes_per_s", "latencySeconds": "latency_s",
  ])
}
