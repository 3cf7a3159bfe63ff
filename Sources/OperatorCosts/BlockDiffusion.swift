/// Tokens that are written as blocks: all of a block at once, refined in several passes, then the
/// next block.
///
/// Every pass computes all tokens of a sequence's block, which see each other and everything before
/// them; keys and values of finished blocks are kept, those of the last pass of a block with them.
///
///     time of a block = n · t(b)          tokens per pass = b / n
///
/// - b: tokens of a block      - n: passes of a block, the one that writes its cache included
/// - t(b) [s]: a pass over b tokens of every sequence
///
/// All sequences refine a block together, and the next blocks begin when all are done: SGLang's
/// loop (`DllmAlgorithm._run_sync`), where a pass more is run when nothing is masked any more. A
/// pass waits for what the one before has unmasked, so the host's work is behind it.
/// Source: Arriola et al., "Block Diffusion", ICLR 2025; Nie et al., "Large Language Diffusion
/// Models", 2025; LLaDA2.0 and SDAR reports, 2025.
/// Check: blocks of 32 at 2.6 tokens a pass: 12.3 passes (`BlockDiffusionTests.workedExample`).
package struct BlockDiffusion: Equatable, Sendable {
  package var block: Int
  package var passes: Double

  package init(block: Int, passes: Double) {
    self.block = block
    self.passes = passes
  }

  package init(block: Int, tokensPerPass: Double) {
    self.init(block: block, passes: Double(block) / tokensPerPass)
  }

  package var tokensPerPass: Double { Double(block) / passes }
}

extension PartCost {
  /// The cost of a part that comes a number of times, whole or not; its time rounded up.
  func repeated(_ times: Double) -> PartCost {
    guard times != 1 else { return self }
    var cost = PartCost()
    cost.add(self, times: times)
    cost.femtoseconds = Int64((Double(femtoseconds) * times).rounded(.up))
    return cost
  }
}
