internal import Diagnostics
internal import OperatorCosts
internal import Units

extension PoolReader {
  private static let blocks = 2...4_096

  /// `diffusion`: tokens of a block, and its passes or what each of them unmasks in the mean.
  mutating func readDiffusion(_ node: ConfigNode?) {
    guard let node else { return }
    let map = node.mapping()
    let block = map.required("block")?.integer(in: Self.blocks) ?? 2
    let passes = map.optional("passes")
    let tokens = map.optional("tokens_per_pass")
    map.finish()
    if let passes, let tokens {
      tokens.report(
        "two-speeds", "`\(tokens.path)` and `\(passes.path)` both say how fast a block is refined",
        hint: "leave one of them out")
    }
    // At the slowest a token a pass, and one more for the cache.
    let most = Double(block) + 1
    if let tokens {
      let value = tokens.number(.within(Double(block) / most...Double(block)))
      pool.diffusion = BlockDiffusion(block: block, tokensPerPass: value)
    } else if let passes {
      pool.diffusion = BlockDiffusion(block: block, passes: passes.number(.within(1...most)))
    } else {
      node.report(
        "missing-key", "`\(node.path)` does not say in how many passes a block is refined",
        hint: "add `passes`, or `tokens_per_pass` as model cards state it: 2.6 of LLaDA2.0-mini")
      pool.diffusion = BlockDiffusion(block: block, passes: most)
    }
  }
}
