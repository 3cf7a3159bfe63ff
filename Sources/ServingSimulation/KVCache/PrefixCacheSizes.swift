/// How hash blocks, in which prefixes are compared, stand to the blocks of the engine's pool.
///
/// A hash block takes `hash / engine` engine blocks. The engine's block divides the hash block, as
/// 16, 32, 64 and 128 divide the 512 of the Mooncake traces; other sizes are refused, because two
/// prompts would share a part of an engine block.
package struct PrefixBlockSizes: Equatable, Sendable {
  /// Tokens of a hash block.
  package let hashTokens: Int
  /// Tokens of an engine block.
  package let engineTokens: Int

  package init(hashTokens: Int, engineTokens: Int) {
    self.hashTokens = hashTokens
    self.engineTokens = engineTokens
  }

  /// Engine blocks of one hash block.
  package var engineBlocks: Int { (hashTokens + engineTokens - 1) / engineTokens }

  /// Prompt tokens that need not be computed when the first `matched` hash blocks are there.
  ///
  /// At least the last token is computed, for without it there is no first token of the answer; and
  /// an engine reuses whole blocks of its own. So a prompt of 1,024 tokens that is there in full
  /// saves 1,008 with engine blocks of 16.
  ///
  /// Source: vLLM v1, `KVCacheManager.get_computed_blocks`: `max_cache_hit_length =
  /// request.num_tokens - 1`.
  package func reusableTokens(matched: Int, promptTokens: Int) -> Int {
    let most = min(matched * hashTokens, promptTokens - 1)
    return most / engineTokens * engineTokens
  }
}
