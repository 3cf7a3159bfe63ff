package import Hardware
internal import OperatorCosts

/// Defaults that an engine has on machines of a kind only.
package struct MachineDefaults: Equatable, Sendable {
  /// The machine's own generation; nil is any.
  package var generation: String?
  /// Memory as the driver reports it [B].
  package var leastBytes: Double?
  package var belowBytes: Double?

  /// Ranks of tensor parallelism that it is below.
  package var belowTensor: Int?

  package var tokenBudget: Int?
  package var maximumSequences: Int?
  /// The largest batch that is captured.
  package var capturedTo: Int?

  /// With every count one more.
  var another: MachineDefaults {
    var row = self
    row.tokenBudget = tokenBudget.map { $0 + 1 }
    row.maximumSequences = maximumSequences.map { $0 + 1 }
    row.capturedTo = capturedTo.map { $0 / 2 }
    return row
  }

  func fits(_ hardware: HardwareProfile, tensor: Int) -> Bool {
    let bytes = hardware.accelerator.memory[0].foundBytes
    return hardware.kind == .gpu
      && (generation == nil || generation == hardware.architectures.first)
      && bytes >= leastBytes ?? 0 && bytes < belowBytes ?? .infinity
      && tensor < belowTensor ?? .max
  }
}

/// What an engine leaves to activations, graphs and collectives: its share follows.
///
///     u = 1 - (a + b · n + c · g + d · r) / capacity
///
/// - n, g, r: tokens of a step, sequences of the largest captured batch, ranks of a replica
/// - a, b, c, d [B]: of the engine
///
/// Check: SGLang on one H100 of 79.19 GiB, chunks of 8,192 tokens, batches to 256:
/// 0.5 + 12 + 0.5 + 0.125 GiB held back, u = 0.834 (`EngineReleaseTests.heldBackWorkedExample`).
package struct HeldBackMemory: Equatable, Sendable {
  package var bytes: Double
  package var perBudgetToken: Double
  package var perCapturedSequence: Double
  package var perRank: Double

  func scaled(by factor: Double) -> HeldBackMemory {
    HeldBackMemory(
      bytes: bytes * factor, perBudgetToken: perBudgetToken * factor,
      perCapturedSequence: perCapturedSequence * factor, perRank: perRank * factor)
  }

  func usableFraction(tokenBudget: Int, captured: Int, ranks: Int, of capacity: Double) -> Double {
    let held =
      bytes + perBudgetToken * Double(tokenBudget) + perCapturedSequence * Double(captured)
      + perRank * Double(ranks)
    return min(1, max(0.01, 1 - held / capacity))
  }
}

extension EngineProfile {
  /// This engine as it starts on a machine: with the defaults of the first row that fits.
  package func started(on hardware: HardwareProfile, tensor: Int = 1) -> EngineProfile {
    guard let row = machines.first(where: { $0.fits(hardware, tensor: tensor) }) else {
      return self
    }
    var engine = self
    engine.tokenBudget = row.tokenBudget ?? tokenBudget
    engine.maximumSequences = row.maximumSequences ?? maximumSequences
    if let most = row.capturedTo {
      engine.host.capturedBatches.removeAll { $0 > most }
      engine.speculativeBatches.removeAll { $0 > most }
    }
    return engine
  }

  /// Batches that are captured where each sequence has so many tokens in a step.
  ///
  /// An engine that captures numbers of tokens has those of so many times fewer sequences.
  func capturedBatches(tokensPerSequence tokens: Int) -> [Int] {
    guard tokens > 1 else { return host.capturedBatches }
    if !speculativeBatches.isEmpty { return speculativeBatches }
    guard capturesTokens else { return host.capturedBatches }
    return Set(host.capturedBatches.map { $0 / tokens }.filter { $0 > 0 }).sorted()
  }
}
