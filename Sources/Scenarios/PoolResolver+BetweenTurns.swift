internal import Diagnostics
internal import ModelArchitecture
internal import ServingSimulation
internal import Workloads

extension PoolResolver {
  /// What is to become of caches between turns needs caches, and somewhere for them to be.
  ///
  /// - Parameter cache: of the pool; nil where prompts find nothing.
  func checkBetweenTurns(_ cache: PrefixCacheSettings?) {
    guard pool.role != .decode else { return }
    for item in scenario.workload.classes where item.betweenTurns != .kept {
      if let fault = fault(of: item.betweenTurns, cache) {
        checks.refuse(
          "between-turns", fault.message, at: scenario.workloadPlace, hint: fault.hint)
        return
      }
    }
  }

  private func fault(
    of choice: BetweenTurns, _ cache: PrefixCacheSettings?
  ) -> (message: String, hint: String)? {
    if pool.role == .prefill {
      return (
        "what becomes of caches between turns is simulated where one replica does prompts and "
          + "answers, and `\(pool.name)` hands its requests over",
        "leave `between_turns` out, or `pools`"
      )
    }
    switch choice {
    case .kept, .dropped: return nil
    case .pinned, .offloaded:
      guard let cache else {
        return (
          "caches of conversations cannot be held between their turns: prompts find nothing in a "
            + "cache of `\(architecture.name)`",
          "set `\(checks.path(of: "prefix_cache"))` to `true` where the model can share prompts, "
            + "or `between_turns` to `dropped`"
        )
      }
      guard choice == .offloaded, cache.hostBlocks == 0 else { return nil }
      return (
        "caches of conversations are to be `offloaded`, and the host has no room for them",
        "add `--set \(checks.path(of: "prefix_cache"))='{host_memory: 500 GB}'`"
      )
    }
  }
}
