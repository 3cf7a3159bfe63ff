/// The kinds of kernel that reach different shares of a machine's peaks.
package enum OperatorClass: String, CaseIterable, Sendable {
  case gemm
  case attentionPrefill = "attention_prefill"
  case attentionDecode = "attention_decode"
  case mlaPrefill = "mla_prefill"
  case mlaDecode = "mla_decode"
  case moe
  /// Experts in one kernel, for tokens that are all on the rank.
  case moeFused = "moe_fused"
  /// The scan of recurrent layers over a prompt; absent, it is `elementwise`.
  case recurrence
  case elementwise

  /// The arithmetics that kernels of this class exist in.
  package var arithmetics: [KernelArithmetic] {
    switch self {
    case .gemm: [.bf16, .fp8, .fp8Block, .int8, .fp4, .w4a16]
    case .attentionPrefill, .attentionDecode, .mlaPrefill, .mlaDecode: [.bf16, .fp8]
    case .moe, .moeFused: KernelArithmetic.allCases
    case .recurrence, .elementwise: [.bf16]
    }
  }
}

/// How a kernel holds and multiplies its numbers.
package enum KernelArithmetic: String, CaseIterable, Sendable {
  case bf16
  case fp8
  /// FP8 with a scale for each block of 128 by 128 weights, as DeepSeek-V3 ships.
  case fp8Block = "fp8_block"
  case int8
  case fp4
  /// Four-bit weights, widened to 16 bits before they are multiplied.
  case w4a16
  /// MXFP4 weights, a power of two for each 32 of them, widened to 16 bits: cheaper to widen than
  /// integers with scales of their own.
  case w4a16MX = "w4a16_mx"
  /// Four-bit weights under 8-bit activations, as MXFP4 under MXFP8.
  case w4a8

  /// What the matrix units multiply in, hence the peak that bounds the kernel.
  package var peak: Arithmetic {
    switch self {
    case .bf16, .w4a16, .w4a16MX: .bf16
    case .fp8, .fp8Block, .w4a8: .fp8
    case .int8: .int8
    case .fp4: .fp4
    }
  }
}

/// The share of a machine's peaks that kernels of one class and arithmetic reach.
///
///     t = floor + k * depth_latency + serial_traffic * elements / bandwidth
///       + max( flops / (peak * compute), bytes / (bandwidth * memory) )
///
/// is computed in `OperatorCosts`; here are its coefficients.
package struct Efficiency: Hashable, Sendable {
  /// Ratio in (0, 1]; nil when the kernel is never bound by arithmetic.
  package var compute: Double?
  /// Ratio in (0, 1]; nil when the kernel is never bound by memory.
  package var memory: Double?
  /// The time of a kernel that has nothing to do.
  package var floorSeconds: Double
  /// Time for each unit of a matrix's inner width, which a tile walks through in order; zero if
  /// none.
  package var depthLatencySeconds: Double
  /// Bytes for each element of the activations that are moved before or after the multiplication
  /// and not during it; zero if none.
  package var serialTraffic: Double
  /// Median relative error of the fit, when it is one.
  package var residual: Double?
  package var provenance: Provenance

  package init(
    compute: Double? = nil, memory: Double? = nil, floorSeconds: Double = 0,
    depthLatencySeconds: Double = 0, serialTraffic: Double = 0, residual: Double? = nil,
    provenance: Provenance
  ) {
    self.compute = compute
    self.memory = memory
    self.floorSeconds = floorSeconds
    self.depthLatencySeconds = depthLatencySeconds
    self.serialTraffic = serialTraffic
    self.residual = residual
    self.provenance = provenance
  }

  package var status: Status { provenance.status }
  package var source: String { provenance.source }
}

/// The efficiencies of one machine, by kernel class and arithmetic; empty for an LPU.
package struct Efficiencies: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    var operation: OperatorClass
    var arithmetic: KernelArithmetic
    var efficiency: Efficiency
  }

  var entries: [Entry] = []

  package func efficiency(
    of operation: OperatorClass, _ arithmetic: KernelArithmetic
  ) -> Efficiency? {
    entries.first { $0.operation == operation && $0.arithmetic == arithmetic }?.efficiency
  }

  package func visit(_ body: (OperatorClass, KernelArithmetic, Efficiency) -> Void) {
    for index in entries.indices {
      body(entries[index].operation, entries[index].arithmetic, entries[index].efficiency)
    }
  }

  /// The arithmetics that a class has efficiencies for.
  package func arithmetics(of operation: OperatorClass) -> [KernelArithmetic] {
    entries.filter { $0.operation == operation }.map(\.arithmetic)
  }
}
