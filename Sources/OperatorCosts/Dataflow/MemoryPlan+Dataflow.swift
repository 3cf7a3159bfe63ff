internal import Hardware
internal import ModelArchitecture

extension MemoryPlan {
  /// The SRAM of all chips as one pool: weights and caches are spread over them, nothing twice.
  ///
  ///     pool = C · (capacity · u - reserve) - weights - 2 · n · d · 2 B - s · V · 4 B
  ///
  /// - C: chips     - u, reserve [B]: usable share of a chip, what the engine takes of each
  /// - n, d: tokens in a step, hidden width: each in flight has a vector before and after a layer
  /// - s, V: sequences, vocabulary: fp32 logits
  ///
  /// Assumes that the compiler places a layer's cache where there is room; figures are of the whole
  /// machine, not of one chip.
  /// Check: Llama-2-70B in int8 on 576 chips of 230 MB, all usable: 132.5 - 69.5 - 0.3 = 62.7 GB,
  /// 191,000 tokens of 327,680 B (`DataflowPlanTests.poolWorkedExample`).
  init(
    dataflow design: ReplicaDesign, policy: MemoryPolicy, tokenBudget: Int, maximumSequences: Int
  ) {
    let chips = Double(design.layout.accelerators)
    let architecture = design.architecture
    let footprint = CacheFootprint(design)
    capacityBytes = chips * design.hardware.accelerator.memory[0].capacity.value
    usableBytes = capacityBytes * policy.usableFraction
    weightBytes = DataflowPlan(design).weightBytes
    activationBytes =
      Double(tokenBudget) * 4 * Double(architecture.hiddenSize)
      + Double(maximumSequences) * Double(architecture.vocabularySize) * 4
    reservedBytes = chips * policy.reservedBytes
    poolBytes = usableBytes - weightBytes - activationBytes - reservedBytes
    windows = footprint.windows
    let grows = footprint.growingBytesPerToken > 0
    blockTokens = grows ? policy.blockTokens : Int(Int32.max)
    // Where no layer grows, a block is the state of one sequence, however long it is.
    bytesPerBlock =
      grows
      ? footprint.growingBytesPerToken * Double(policy.blockTokens)
      : max(1, footprint.stateBytes)
    stateBytesPerSequence = grows ? footprint.stateBytes : 0
    blocks = poolBytes > 0 ? Int(min(poolBytes / bytesPerBlock, 1e12)) : 0
  }
}
