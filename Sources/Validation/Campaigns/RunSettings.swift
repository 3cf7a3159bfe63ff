/// What a campaign set where its points do not say; nil leaves it to the engine.
struct RunSettings {
  var keyValueCache = "bf16"
  /// Whether 8-bit weights have a scale for each block instead of one for a matrix.
  var usesBlockScales = false
  var policy: String?
  var tokenBudget: Int?
  var maximumSequences: Int?
  var plansAhead: Bool?
  var usableFraction: Double?
  var requests = 0
  /// Tokens and steps of `gather_prompts`.
  var gathering: (tokens: Int, steps: Int)?
  /// Different prompts, where an engine finds them again in its prefix cache.
  var promptVariants: Int?
  /// Most sequences of the pool that decodes, for each attention rank.
  var decodeSequences: Int?
  /// How often each guessed token is right; empty without speculation.
  var acceptance: [Double] = []

  /// What a scenario has under `scheduler`; nil when all of it is the engine's.
  var scheduler: String? {
    var keys: [String] = []
    if let policy { keys.append("policy: \(policy)") }
    if let tokenBudget { keys.append("token_budget: \(tokenBudget)") }
    if let maximumSequences { keys.append("maximum_sequences: \(maximumSequences)") }
    if let plansAhead { keys.append("plan_ahead: \(plansAhead)") }
    if let gathering {
      keys.append("gather_prompts: {tokens: \(gathering.tokens), steps: \(gathering.steps)}")
    }
    return keys.isEmpty ? nil : "{\(keys.joined(separator: ", "))}"
  }
}
