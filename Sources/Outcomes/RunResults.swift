/// What a run measured. The keys are pinned: others read them by name.
package struct RunResults: Codable, Equatable, Sendable {
  package struct Requests: Codable, Equatable, Sendable {
    package var completed: Int64
    package var rejected: Int64
    /// Of those, longer than the engine's longest context; the others are larger than a cache.
    package var tooLong: Int64
    /// Completed requests that lost their cache blocks at least once.
    package var preempted: Int64
    /// How often that happened.
    package var preemptions: Int64
    /// That a failing replica had: begun anew, and gone for good.
    package var retried: Int64
    package var lost: Int64

    private enum CodingKeys: String, CodingKey {
      case completed, rejected, preempted, preemptions, retried, lost
      case tooLong = "rejected_too_long"
    }
  }

  /// Of completed requests; `output` is `thinking` and `answer` together.
  package struct Tokens: Codable, Equatable, Sendable {
    package var input: Int64
    package var output: Int64
    package var thinking: Int64
    package var answer: Int64
    /// Of `input`, found in a prefix cache and not computed.
    package var cached: Int64
    /// Computed in prefill, recomputation after preemptions included.
    package var prefilled: Int64
  }

  package struct Spread: Codable, Equatable, Sendable {
    package var mean: Double
    package var p50: Double
    package var p90: Double
    package var p95: Double
    package var p99: Double
    package var max: Double
  }

  package struct MeanAndMaximum: Codable, Equatable, Sendable {
    package var mean: Double
    package var max: Double
  }

  /// Shares of the makespan, which they add up to; over several replicas, by their accelerators.
  package struct BoundBy: Codable, Equatable, Sendable {
    package var compute: Double
    package var memory: Double
    package var interconnect: Double
    package var host: Double
    package var idle: Double
  }

  /// What is judged at the highest rate too.
  package struct PeakResults: Codable, Equatable, Sendable {
    package var load: LoadResults
    package var timeToFirstToken: Spread?
    package var timePerOutputToken: Spread?
    package var endToEnd: Spread?
    package var attainment: Double?

    private enum CodingKeys: String, CodingKey {
      case load
      case timeToFirstToken = "ttft_ms"
      case timePerOutputToken = "tpot_ms"
      case endToEnd = "e2e_ms"
      case attainment = "slo_attainment"
    }
  }

  /// A value that is absent, with the reason.
  package struct Unknown: Codable, Equatable, Sendable {
    package var key: String
    package var reason: String
  }

  /// Absent where only what was served is known.
  package var load: LoadResults?
  package var sample: SampleResults?
  /// The load at its highest rate all along, where it rises and falls.
  package var peak: PeakResults?
  package var requests: Requests
  /// Where several requests answer a question.
  package var questions: QuestionResults?
  package var tokens: Tokens
  package var makespanSeconds: Double
  package var steps: Int64

  package var requestsPerSecond: Double?
  package var outputRate: Double?
  package var outputRatePerAccelerator: Double?
  package var outputRatePerReplica: Double?
  package var totalRate: Double?
  package var totalRatePerAccelerator: Double?

  package var timeToFirstToken: Spread?
  /// Only where requests think first.
  package var timeToFirstAnswerToken: Spread?
  package var timePerOutputToken: Spread?
  package var interTokenLatency: Spread?
  package var endToEnd: Spread?

  /// Requests a second that meet every objective, and their share; absent without objectives.
  package var goodput: Double?
  package var attainment: Double?

  /// Of the pool's cache blocks; over several pools the mean by their accelerators.
  package var keyValueOccupancy: MeanAndMaximum
  /// Sequences that decode in a replica.
  package var batch: MeanAndMaximum
  package var queue: MeanAndMaximum
  package var modelFLOPsUtilization: Double?
  package var modelBandwidthUtilization: Double?
  package var boundBy: BoundBy?
  package var energy: EnergyResults?
  package var cost: CostResults?
  /// Absent where nobody asks for a comparison.
  package var api: APIResults?
  /// In the order of the inputs.
  package var pools: [PoolResults]
  package var transfers: TransferResults?
  package var unknown: [Unknown]

  private enum CodingKeys: String, CodingKey {
    case load, sample, peak, requests, questions, tokens, steps, batch, queue, energy, cost, api,
      pools
    case transfers, unknown
    case makespanSeconds = "makespan_s"
    case requestsPerSecond = "req_s"
    case outputRate = "output_tok_s"
    case outputRatePerAccelerator = "output_tok_s_per_gpu"
    case outputRatePerReplica = "replica_output_tok_s"
    case totalRate = "total_tok_s"
    case totalRatePerAccelerator = "total_tok_s_per_gpu"
    case timeToFirstToken = "ttft_ms"
    case timeToFirstAnswerToken = "ttfat_ms"
    case timePerOutputToken = "tpot_ms"
    case interTokenLatency = "itl_ms"
    case endToEnd = "e2e_ms"
    case goodput = "goodput_req_s"
    case attainment = "slo_attainment"
    case keyValueOccupancy = "kv_occupancy"
    case modelFLOPsUtilization = "mfu"
    case modelBandwidthUtilization = "mbu"
    case boundBy = "bound_by"
  }
}

/// Energy of all accelerators over the makespan.
///
/// The three headline figures are those of the facility; they are absent when the profile does not
/// know the power of the system around its accelerator, and the accelerators' own power still
/// stands.
package struct EnergyResults: Codable, Equatable, Sendable {
  package var joulesPerOutputToken: Double?
  package var meanPowerWatts: Double?
  package var tokensPerSecondPerMegawatt: Double?
  package var facilityKilowattHours: Double?
  package var informationTechnologyPowerWatts: Double?
  package var acceleratorPowerWatts: Double
  package var powerUsageEffectiveness: Double

  private enum CodingKeys: String, CodingKey {
    case joulesPerOutputToken = "joules_per_output_token"
    case meanPowerWatts = "mean_power_w"
    case tokensPerSecondPerMegawatt = "tok_s_per_mw"
    case facilityKilowattHours = "facility_kwh"
    case informationTechnologyPowerWatts = "it_mean_power_w"
    case acceleratorPowerWatts = "accelerator_mean_power_w"
    case powerUsageEffectiveness = "pue"
  }
}
