package import Hardware

/// The replicas of one pool, what they did and what they cost.
package struct PoolUse: Equatable, Sendable {
  package var name: String
  package var replicas: Int
  package var acceleratorsPerReplica: Int
  package var price: Price
  package var times: PhaseTimes
  /// What the pool is there for.
  package var prefills: Bool
  package var decodes: Bool

  package init(
    name: String, replicas: Int = 1, acceleratorsPerReplica: Int, price: Price, times: PhaseTimes,
    prefills: Bool = true, decodes: Bool = true
  ) {
    self.name = name
    self.replicas = replicas
    self.acceleratorsPerReplica = acceleratorsPerReplica
    self.price = price
    self.times = times
    self.prefills = prefills
    self.decodes = decodes
  }

  package var accelerators: Int { replicas * acceleratorsPerReplica }
}

/// How long the replicas of a pool worked, summed over them, and on what.
package struct PhaseTimes: Equatable, Sendable {
  /// Time from the run's beginning to its end [s]: once, and not summed over replicas.
  package var makespanSeconds: Double
  package var busySeconds: Double
  /// What steps took only because of prompts in them; the rest of the busy time is decoding.
  package var prefillSeconds: Double

  package init(makespanSeconds: Double, busySeconds: Double, prefillSeconds: Double) {
    self.makespanSeconds = makespanSeconds
    self.busySeconds = busySeconds
    self.prefillSeconds = prefillSeconds
  }
}

/// Tokens that were paid for, by kind.
package struct TokenCounts: Equatable, Sendable {
  /// Prompt tokens, those found in a cache included.
  package var input: Int64
  package var cached: Int64
  package var thinking: Int64
  package var answer: Int64

  package init(input: Int64, cached: Int64 = 0, thinking: Int64, answer: Int64) {
    self.input = input
    self.cached = cached
    self.thinking = thinking
    self.answer = answer
  }
}
