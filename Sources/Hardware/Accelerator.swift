/// A number format that a chip's matrix units multiply in. Peaks are dense: no sparsity.
package enum Arithmetic: String, CaseIterable, Sendable { case bf16, fp8, int8, fp4 }

/// One accelerator as its vendor describes it: a package, however many dies are inside.
package struct Accelerator: Hashable, Sendable {
  package struct Power: Hashable, Sendable {
    package var thermalDesignPower: Figure?
    package var idle: Figure?
    /// Above idle with clocks up, whatever is done [W].
    package var active: Figure?
    /// On top with matrix units at their peak [W].
    package var compute: Figure?
    /// On top with memory at its full bandwidth [W].
    package var memory: Figure?
  }

  /// FLOP/s; an absent format is one that the chip does not have.
  package var peak: [Arithmetic: Figure]
  /// At least one; the first holds weights and KV cache.
  package var memory: [MemoryTier]
  package var power: Power?
  /// Streaming multiprocessors, compute units, cores.
  package var processors: Int?
}

/// One memory that an accelerator reads at its own speed.
package struct MemoryTier: Hashable, Sendable {
  package var name: String
  package var technology: String
  /// Bytes that it holds, by the datasheet.
  package var capacity: Figure
  package var bandwidth: Figure
  /// What the driver says there is in all, which engines take their share of.
  package var reported: Figure?

  /// What an engine finds [B]: as reported, or as the datasheet says where nobody wrote it down.
  package var foundBytes: Double { (reported ?? capacity).value }
}
