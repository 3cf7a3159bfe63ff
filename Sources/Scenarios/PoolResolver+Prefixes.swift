internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import ServingSimulation
internal import Workloads

extension PoolResolver {
  /// What a rank keeps of prompts that others may begin with; nil where nothing can be shared.
  ///
  ///     blocks = M / a / (b · k)          t = b · r / β
  ///
  /// - M [B]: the host's memory for a replica      - a: attention ranks, each with its part
  /// - b: tokens of a block      - k, r [B]: cache of a token, one copy, and on one accelerator
  /// - β [B/s]: between an accelerator and its host; all load their parts at once
  func prefixCache(_ design: ReplicaDesign, blockTokens: Int) -> PrefixCacheSettings? {
    let keys = pool.prefixCache
    guard pool.role != .decode, keys?.isOn ?? engine.cachesPrefixes, sharesPrompts,
      !architecture.isEncoder
    else {
      return nil
    }
    // What a recurrent layer knows of a text is there at its end alone, and only once.
    guard CacheFootprint(design).stateBytes == 0 else {
      if keys?.isOn == true {
        checks.refuse(
          "prefix-cache",
          "the model's recurrent layers keep nothing that prompts could share: "
            + "`\(architecture.name)`",
          at: pool.place(of: "prefix_cache"),
          hint: "leave `\(checks.path(of: "prefix_cache"))` out")
      }
      return nil
    }
    let compared = scenario.workload.recorded?.blockTokens ?? keys?.blockTokens ?? blockTokens
    // Otherwise two prompts would share a part of a cache block.
    guard compared % blockTokens == 0 else {
      checks.refuse(
        "prefix-blocks",
        "prompts are compared in blocks of \(compared) tokens, which cache blocks of "
          + "\(blockTokens) do not divide",
        at: pool.place(of: keys?.blockTokens == nil ? "memory" : "prefix_cache.block_tokens"),
        hint: "set `\(checks.path(of: "memory.block_tokens"))` to a divisor of \(compared), or "
          + "`\(checks.path(of: "prefix_cache"))` to `false`")
      return nil
    }
    guard let hostBytes = keys?.hostBytes, hostBytes > 0 else {
      return PrefixCacheSettings(
        hashTokens: compared, sharesPlanned: engine.sharesPlannedPrefixes)
    }
    guard let link = hardware.hostLinkBandwidth?.value else {
      checks.refuse(
        "missing-figure", "`\(hardware.name)` has no `host_link.bandwidth` to load a cache over",
        at: pool.place(of: "prefix_cache.host_memory"),
        hint: "leave `\(checks.path(of: "prefix_cache.host_memory"))` out, or give the figure in "
          + "a copy of the profile")
      return nil
    }
    let tokens = Double(compared)
    let perRank = hostBytes / Double(design.layout.attentionData)
    let block = tokens * design.cacheBytesPerToken
    let footprint = CacheFootprint(design)
    return PrefixCacheSettings(
      hashTokens: compared, hostBlocks: block > 0 ? Int(min(perRank / block, 1e9)) : 0,
      loadSecondsPerBlock: tokens * footprint.growingBytesPerToken / link,
      sharesPlanned: engine.sharesPlannedPrefixes)
  }

  /// Whether prompts can have anything in common that a cache could find.
  private var sharesPrompts: Bool {
    if let trace = scenario.workload.recorded { return trace.blockTokens != nil }
    return scenario.workload.classes.contains {
      $0.sharedPrefix != nil || $0.sessions != nil || $0.strategy != nil
    }
  }
}
