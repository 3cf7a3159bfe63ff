internal import Units

/// The inputs of a run as resolved: every default filled in, every name looked up.
package struct RunInputs: Encodable, Sendable {
  package struct Scenario: Encodable, Sendable {
    package var name: String
    package var title: String
    package var file: String
  }

  package struct Hardware: Encodable, Equatable, Sendable {
    package var name: String
    package var title: String
  }

  package struct Model: Encodable, Sendable {
    package var name: String
    package var family: String
    package var parameters: Int
    package var activeParameters: Int
  }

  package struct Engine: Encodable, Sendable {
    package var name: String
    package var title: String
    package var release: String
  }

  /// How everything deployed is divided.
  package struct Layout: Encodable, Sendable {
    package var accelerators: Int
    /// Each pool in words: `prefill: 2 replicas of 4, tensor parallel 4`.
    package var pools: [String]
  }

  /// How a token chooses its experts; only of models that have some.
  package struct Experts: Encodable, Sendable {
    package var routing: String
    package var skew: Double?
  }

  package struct Objectives: Encodable, Sendable {
    package var timeToFirstToken: Double?
    package var timePerOutputToken: Double?
    package var endToEnd: Double?
  }

  /// What a server's command line gave.
  package struct CommandLine: Encodable, Sendable {
    /// Options that became keys: `parallelism.tensor 2 (-tp 2)`.
    package var taken: [String]
    /// Options that are not simulated, with the reason.
    package var notSimulated: [String]
  }

  package var scenario: Scenario
  package var commandLine: CommandLine?
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
  /// How steps were simulated; absent where nothing was.
  package var mode: String?

  /// What an accelerator is called.
  package var acceleratorWord: String {
    if pools.allSatisfy({ $0.layout.chips != nil }) { return "chip" }
    let isMixed = pools.contains { $0.layout.chips != nil || $0.feedForward != nil }
    return isMixed ? "accelerator" : "GPU"
  }
}

/// The traffic of a run.
package struct WorkloadInputs: Encodable, Sendable {
  package struct Class: Encodable, Sendable {
    package var name: String
    package var share: Double
    package var input: String
    package var thinking: String?
    package var output: String
    /// Images, sound or video in a prompt: `2 of 1,024 tokens`.
    package var media: String?
    /// Priority of the class, the lower first; absent where all are alike.
    package var priority: Int?
    /// How long its clients wait for the first token, and for the whole answer.
    package var patience: String?
    package var deadline: String?
  }

  /// The process of a load that is all there at once.
  package static let batch = "offline"

  package var process: String
  package var requests: Int
  package var rate: Double?
  package var coefficientOfVariation: Double?
  /// Highest rate of one that changes over the day [req/s].
  package var peakRate: Double?
  package var swing: Double?
  package var periodSeconds: Double?
  package var peakSeconds: Double?
  package var clients: Int?
  package var thinkTimeSeconds: Double?
  /// The recording that is replayed, when its requests came or when others ask for them.
  package var trace: Recorded?
  /// Rows of a trace that are no requests, for they have no prompt, and were left out.
  package var skippedRows: Int?
  /// Classes of requests; empty for a trace, which has its own lengths.
  package var classes: [Class]
  /// Work that nobody waits for; its requests are the last of the classes.
  package var batch: Batch?

  package struct Recorded: Encodable, Sendable {
    /// Its file's or folder's name.
    package var file: String
    package var format: String
  }

  package struct Batch: Encodable, Sendable {
    package var requests: Int
    package var inFlight: Int
    package var opensSeconds: Double
    package var lengthSeconds: Double
    package var periodSeconds: Double
  }
}

// MARK: Keys

extension RunInputs.Objectives: DocumentKeys {
  package static let keys = DocumentNames([
    "timeToFirstToken": "ttft_ms", "timePerOutputToken": "tpot_ms", "endToEnd": "e2e_ms",
  ])
}

extension WorkloadInputs.Batch: DocumentKeys {
  package static let keys = DocumentNames([
    "opensSeconds": "opens_s", "lengthSeconds": "length_s", "periodSeconds": "period_s",
  ])
}

extension WorkloadInputs: DocumentKeys {
  package static let keys = DocumentNames([
    "rate": "rate_req_s", "coefficientOfVariation": "cv", "peakRate": "peak_rate_req_s",
    "periodSeconds": "period_s", "peakSeconds": "peak_s", "thinkTimeSeconds": "think_time_s",
  ])
}

extension RunInputs {
  /// Each machine once, with how many accelerators of it there are: `6 x l4`.
  package var machines: [(count: String, title: String)] {
    var seen: [Hardware] = []
    for pool in pools where !seen.contains(pool.hardware) { seen.append(pool.hardware) }
    return seen.map { machine in
      let count = pools.filter { $0.hardware == machine }
        .reduce(0) { $0 + $1.replicas * $1.layout.accelerators }
      return ("\(NumberText.grouped(count)) x \(machine.name)", machine.title)
    }
  }

  /// `1 x h100-sxm + 6 x l4`
  package var machineWords: String { machines.map(\.count).joined(separator: " + ") }
}
