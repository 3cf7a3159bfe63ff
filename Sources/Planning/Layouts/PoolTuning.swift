package import OperatorCosts
internal import Scenarios

/// Settings of an engine that a search may change; what is nil is left to the scenario.
package struct PoolTuning: Hashable, Sendable {
  package var weights: WeightFormat?
  package var keyValueCache: KeyValueFormat?
  package var tokenBudget: Int?
  package var maximumSequences: Int?
  package var usableMemoryFraction: Double?

  package init(weights: WeightFormat? = nil) { self.weights = weights }

  /// `nvfp4`, `fp8 cache`, `budget 1024`, each where it is set.
  package var words: [String] {
    [
      weights?.rawValue, keyValueCache.map { "\($0.rawValue) cache" },
      tokenBudget.map { "budget \($0)" }, maximumSequences.map { "batch \($0)" },
      usableMemoryFraction.map { "memory \($0)" },
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
    ].compactMap { $0 }
  }

  /// Puts the settings in the place of a pool's own.
  func apply(to pool: inout ScenarioPool) {
    pool.weights = weights ?? pool.weights
    pool.keyValueCache = keyValueCache ?? pool.keyValueCache
    pool.tokenBudget = tokenBudget ?? pool.tokenBudget
    pool.maximumSequences = maximumSequences ?? pool.maximumSequences
    pool.usableMemoryFraction = usableMemoryFraction ?? pool.usableMemoryFraction
  }
}

/// What of a scenario a search may change beside the layout.
package enum TunedSetting: String, CaseIterable, Sendable {
  case weights
  case keyValueCache = "kv_cache"
  case tokenBudget = "token_budget"
  case maximumSequences = "maximum_sequences"
  case memory
  case pools
}
