package import Hardware
internal import ModelArchitecture

/// How many chips a model needs, and what a pipeline over them does: for checks and messages.
///
///     chips = ceil( (W + A + S) / (capacity · u - reserve) )
///
/// - W, A [B]: weights, activations in flight     - S [B]: cache of one sequence of a given length
/// - u, reserve [B]: the usable share of a chip, what the engine takes of each
///
/// Check: Llama-2-70B in int8, weights alone, 230 MB a chip: 69.5 GB / 230 MB = 303 chips, and 600
/// in bf16 (`DataflowPlanTests.chipsNeededWorkedExample`).
package struct DataflowPlan: Sendable {
  private let design: ReplicaDesign
  package let weightBytes: Double

  package init(_ design: ReplicaDesign) {
    self.design = design
    weightBytes = DataflowPipeline.stages(of: design).reduce(0) {
      $0 + Double($1.layers) * $1.weightBytes
    }
  }

  /// The chips that hold the weights and, beside them, one sequence of `context` tokens.
  package func chipsNeeded(_ policy: MemoryPolicy, context: Int = 0) -> Int {
    let chip = design.hardware.accelerator.memory[0].capacity.value
    let usable = chip * policy.usableFraction - policy.reservedBytes
    let needed = weightBytes + sequenceBytes(context: context, policy)
    guard usable > 0, needed / usable < 1e12 else { return .max }
    return Int((needed / usable).rounded(.up))
  }

  /// Cache of one sequence, in whole blocks and with what does not grow.
  package func sequenceBytes(context: Int, _ policy: MemoryPolicy) -> Double {
    guard context > 0 else { return 0 }
    let footprint = CacheFootprint(design)
    let blocks = (context + policy.blockTokens - 1) / policy.blockTokens
    return footprint.windows.reduce(
      footprint.stateBytes
        + footprint.growingBytesPerToken * Double(blocks * policy.blockTokens)
    ) { $0 + Double(min($1.tokens, context)) * $1.bytesPerToken }
  }

  /// Time from a token's entry to its end when nothing else is in flight.
  package var latencySeconds: Double { DataflowPipeline(design).latencySeconds }

  /// Sequences in flight, context apart, from which on the slowest stage sets the pace.
  package var sequencesThatFillIt: Int {
    let pipeline = DataflowPipeline(design)
    return Int((pipeline.latencySeconds / pipeline.sequence.seconds).rounded(.up))
  }

  /// The key path of a figure without which a pipeline of this many chips has no time.
  package static func missingFigure(_ hardware: HardwareProfile, chips: Int) -> String? {
    if hardware.lpu?.layerLatency == nil { return "lpu.layer_latency" }
    guard chips > 1 else { return nil }
    if hardware.scaleUp.bandwidth == nil { return "scale_up.bandwidth" }
    if chips > hardware.scaleUp.domain, hardware.scaleOut == nil { return "scale_out" }
    return nil
  }
}

extension ReplicaDesign {
  /// This replica's model undivided: a dataflow machine's chips hold it together, and nothing
  /// twice.
  var onOneChip: ReplicaDesign {
    var copy = self
    copy.layout = ParallelLayout()
    return copy
  }
}
