/// What a run measured. The keys are pinned: others read them by name.
package struct RunResults: Encodable, Equatable, Sendable {
  package struct Requests: Encodable, Equatable, Sendable {
    package var completed: Int64 = 0
    package var rejected: Int64 = 0
    /// Rejected requests that are longer than the engine's longest context; the others are larger
    /// than a cache.
    package var tooLong: Int64 = 0
    /// Completed requests that lost their cache blocks at least once.
    package var preempted: Int64 = 0
    /// Times that a running request lost its cache blocks.
    package var preemptions: Int64 = 0
    /// Requests that a failing replica had and that began anew.
    package var retried: Int64 = 0
    /// Requests that a failing replica had and that are gone for good.
    package var lost: Int64 = 0
    /// Requests whose clients went away before the first token, or before the whole answer, had
    /// come.
    package var abandoned: Int64?
    /// Reason why some were rejected or lost, with the numbers; absent where all were served.
    package var refusal: String?

    /// Requests that are over.
    package var ended: Int64 { completed + rejected + lost + (abandoned ?? 0) }

    package init() {}
  }

  /// Tokens of completed requests; `output` is `thinking` and `answer` together.
  package struct Tokens: Encodable, Equatable, Sendable {
    package var input: Int64 = 0
    package var output: Int64 = 0
    package var thinking: Int64 = 0
    package var answer: Int64 = 0
    /// Input tokens that are found in a prefix cache and not computed.
    package var cached: Int64 = 0
    /// Computed in prefill, recomputation after preemptions and `unfinished` included. Where
    /// nothing is computed twice, `input + unfinished.input = cached + unfinished.cached +
    /// prefilled`.
    package var prefilled: Int64 = 0
    /// Absent where no request was taken back.
    package var unfinished: Unfinished?

    package init() {}
  }

  /// Tokens of requests that were taken back before they ended, as those of a vote that is
  /// decided: of the prompt as far as it was read, and what was written.
  package struct Unfinished: Encodable, Equatable, Sendable {
    package var input: Int64
    package var cached: Int64
    package var output: Int64

    package init(input: Int64, cached: Int64, output: Int64) {
      self.input = input
      self.cached = cached
      self.output = output
    }
  }

  /// A mean and quantiles of latencies or waits [ms].
  package struct Spread: Encodable, Equatable, Sendable {
    package var mean = 0.0
    package var p50 = 0.0
    package var p90 = 0.0
    package var p95 = 0.0
    package var p99 = 0.0
    package var max = 0.0

    package init(
      mean: Double, p50: Double, p90: Double, p95: Double, p99: Double, max: Double
    ) {
      self.mean = mean
      self.p50 = p50
      self.p90 = p90
      self.p95 = p95
      self.p99 = p99
      self.max = max
    }
  }

  /// A mean over time and the highest value.
  package struct MeanAndMaximum: Encodable, Equatable, Sendable {
    package var mean = 0.0
    package var max = 0.0

    package init(mean: Double = 0, max: Double = 0) {
      self.mean = mean
      self.max = max
    }
  }

  /// Shares of the makespan, which they add up to; over several replicas, by their accelerators.
  package struct BoundBy: Encodable, Equatable, Sendable {
    package var compute = 0.0
    package var memory = 0.0
    package var interconnect = 0.0
    package var host = 0.0
    package var idle = 0.0

    /// Shares in millionths, so that they add up to one as printed.
    ///
    /// - Parameter shares: of compute, memory, interconnect and host.
    package init(shares: [Double]) {
      var parts = shares.map { ($0 * 1e6).rounded() }
      idle = 1e6 - parts.reduce(0, +)
      // Rounded up one by one, the parts of a run without idle time can be a little too much.
      if idle < 0, let largest = parts.indices.max(by: { parts[$0] < parts[$1] }) {
        parts[largest] += idle
        idle = 0
      }
      (compute, memory) = (parts[0] / 1e6, parts[1] / 1e6)
      (interconnect, host) = (parts[2] / 1e6, parts[3] / 1e6)
      idle /= 1e6
    }

    /// The shares of time with their names, in the order of charts.
    package var parts: [(name: String, share: Double)] {
      [
        ("memory", memory), ("compute", compute), ("interconnect", interconnect), ("host", host),
        ("idle", idle),
      ]
    }
  }

  /// What is judged at the highest rate too.
  package struct PeakResults: Encodable, Equatable, Sendable {
    package var load: LoadResults
    package var timeToFirstToken: Spread?
    package var timePerOutputToken: Spread?
    package var endToEnd: Spread?
    package var attainment: Double?

    package init(load: LoadResults) { self.load = load }
  }

  /// A value that is absent, with the reason.
  package struct Unknown: Encodable, Equatable, Sendable {
    package var key = ""
    package var reason = ""

    package init(key: String, reason: String) {
      self.key = key
      self.reason = reason
    }
  }

  /// How much is asked and served; absent where only what was served is known.
  package var load: LoadResults?
  package var sample: SampleResults?
  /// The load at its highest rate all along, where it rises and falls.
  package var peak: PeakResults?
  package var requests = Requests()
  /// Results of each class, where the workload has several kinds of requests, up to sixteen.
  package var classes: [ClassResults]?
  /// What agents' conversations took beside their turns, where contexts are summed up, or tools
  /// fail.
  package var detours: DetourResults?
  /// What further turns of conversations found of what was said before.
  package var conversations: ConversationResults?
  /// What became of work that nobody waits for, where there is such.
  package var batchWork: BatchResults?
  /// What became of questions, where several requests answer one.
  package var questions: QuestionResults?
  package var tokens = Tokens()
  package var makespanSeconds = 0.0
  package var steps: Int64 = 0

  /// Completed requests a second.
  package var requestsPerSecond: Double?
  /// Output tokens a second.
  package var outputRate: Double?
  /// Output tokens a second on one accelerator.
  package var outputRatePerAccelerator: Double?
  /// Output tokens a second of one replica.
  package var outputRatePerReplica: Double?
  /// Input and output tokens a second.
  package var totalRate: Double?
  /// Input and output tokens a second on one accelerator.
  package var totalRatePerAccelerator: Double?

  /// Time from the arrival to the first output token [ms].
  package var timeToFirstToken: Spread?
  /// Time from the arrival to the first token of the answer [ms]; only where requests think first.
  package var timeToFirstAnswerToken: Spread?
  /// Time per output token of each request, after its first token [ms].
  package var timePerOutputToken: Spread?
  /// Time between any two tokens of a sequence, of all sequences together [ms].
  package var interTokenLatency: Spread?
  /// Time from the arrival to the last output token [ms].
  package var endToEnd: Spread?

  /// Requests a second that meet every objective; absent without objectives.
  package var goodput: Double?
  /// Share of the requests that meet every objective; absent without objectives.
  package var attainment: Double?

  /// Share of the pool's cache blocks that are held; over several pools the mean by their
  /// accelerators.
  package var keyValueOccupancy = MeanAndMaximum()
  /// Sequences that decode in a replica.
  package var batch = MeanAndMaximum()
  /// Requests that wait.
  package var queue = MeanAndMaximum()
  package var modelFLOPsUtilization: Double?
  package var modelBandwidthUtilization: Double?
  package var boundBy: BoundBy?
  package var energy: EnergyResults?
  package var cost: CostResults?
  /// What somebody else's price comes to; absent where nobody asks for a comparison.
  package var api: APIResults?
  /// Results of the pools, in the order of the inputs.
  package var pools: [PoolResults] = []
  package var transfers: TransferResults?
  package var unknown: [Unknown] = []

  package init() {}
}

/// Energy of all accelerators over the makespan.
///
/// The three headline figures are those of the facility; they are absent when the profile does not
/// know the power of the system around its accelerator, and the accelerators' own power still
/// stands.
package struct EnergyResults: Encodable, Equatable, Sendable {
  package var joulesPerOutputToken: Double?
  package var meanPowerWatts: Double?
  package var tokensPerSecondPerMegawatt: Double?
  package var facilityKilowattHours: Double?
  package var informationTechnologyPowerWatts: Double?
  package var acceleratorPowerWatts = 0.0
  package var powerUsageEffectiveness = 0.0

  package init() {}
}

extension RunResults {
  /// Share of what can be served that is asked for, at the highest rate where the load rises and
  /// falls; nil where that is not known.
  package var highestUtilization: Double? { peak?.load.utilization ?? load?.utilization }
}
