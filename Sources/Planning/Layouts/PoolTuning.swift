package import OperatorCosts
internal import Scenarios

/// Settings of an engine that a search may change; what is nil is left to the scenario.
package struct PoolTuning: Hashable, Sendable {
  package var weights: WeightFormat?
  package var keyValueCache: KeyValueFormat?
  package var tokenBudget: Int?
  package var maximumSequences: Int?
  package var usableMemoryFraction: Double?
  package var guessing: Guessing?

  package init(weights: WeightFormat? = nil) { self.weights = weights }

  /// `nvfp4`, `fp8 cache`, `budget 1024`, each where it is set.
  package var words: [String] {
    [
      weights?.rawValue, keyValueCache.map { "\($0.rawValue) cache" },
      tokenBudget.map { "budget \($0)" }, maximumSequences.map { "batch \($0)" },
      usableMemoryFraction.map { "memory \($0)" }, guessing?.words,
    ].compactMap { $0 }
  }

  /// What `--set` would be given, apart from the path of the pool.
  package var settings: [(path: String, value: String)] {
    [
      weights.map { ("quantization.weights", $0.rawValue) },
      keyValueCache.map { ("quantization.kv_cache", $0.rawValue) },
      tokenBudget.map { ("scheduler.token_budget", "\($0)") },
      maximumSequences.map { ("scheduler.maximum_sequences", "\($0)") },
      usableMemoryFraction.map { ("memory.usable_fraction", "\($0)") },
      guessing.map { ("speculation", $0.setting) },
    ].compactMap { $0 }
  }

  /// Puts the settings in the place of a pool's own.
  func apply(to pool: inout ScenarioPool) {
    pool.weights = weights ?? pool.weights
    pool.keyValueCache = keyValueCache ?? pool.keyValueCache
    pool.engine.state("scheduler.token_budget", \.tokenBudget, tokenBudget)
    pool.engine.state("scheduler.maximum_sequences", \.maximumSequences, maximumSequences)
    pool.engine.state("memory.usable_fraction", \.memory.usableFraction, usableMemoryFraction)
    switch guessing {
    case nil: break
    case .off: pool.speculation = nil
    case .ownLayers:
      pool.speculation = SpeculationKeys(
        method: .mtp, acceptance: [Guessing.assumedAcceptance])
    }
  }
}

/// Whether tokens are guessed ahead.
package enum Guessing: Hashable, Sendable {
  case off
  /// One token, by the model's own next-token-prediction layer.
  case ownLayers

  /// Chance that the guess is right, where nobody says: the low end of what DeepSeek-AI states for
  /// its second token, 85 to 90 % over many topics ("DeepSeek-V3 Technical Report",
  /// arXiv:2412.19437, 5.4.3). Status: assumed for any other model, and for other texts.
  static let assumedAcceptance = 0.85

  var words: String {
    switch self {
    case .off: "no guesses"
    case .ownLayers: "MTP 1 right at \(Self.assumedAcceptance), assumed"
    }
  }

  /// What `--set` would be given.
  var setting: String {
    switch self {
    case .off: "null"
    case .ownLayers: "{method: mtp, acceptance: [\(Self.assumedAcceptance)]}"
    }
  }
}

/// What of a scenario a search may change beside the layout.
package enum TunedSetting: String, CaseIterable, Sendable {
  case weights
  case keyValueCache = "kv_cache"
  case tokenBudget = "token_budget"
  case maximumSequences = "maximum_sequences"
  case memory
  case speculation
  case pools
}
