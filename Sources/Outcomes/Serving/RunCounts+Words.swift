internal import Hardware
internal import OperatorCosts
package import Scenarios
package import ServingSimulation
internal import Units
internal import Workloads

extension RunCounts {
  /// What takes away most of the requests.
  private enum Obstacle {
    case context, cache, failures, clients
  }

  private var obstacle: Obstacle {
    let tooLarge = rejected - tooLong
    if abandoned > max(tooLong, tooLarge, lost) { return .clients }
    if lost > max(tooLong, tooLarge) { return .failures }
    return tooLarge > tooLong ? .cache : .context
  }

  /// Where to look when every request is refused or lost: a key path of the scenario.
  package var refusalPath: String { obstacle == .failures ? "availability" : "workload" }

  /// What to change where every request is refused or lost.
  ///
  /// - Parameter isSearched: whether the layout is chosen by a search, and no remedy.
  package func refusalRemedy(of deployment: Deployment, isSearched: Bool = false) -> String {
    let shorter = "shorten `workload.input` and `workload.output`"
    switch obstacle {
    case .context: return shorter + ", or raise `maximum_context`"
    case .cache where deployment.pools.contains { $0.scenario.cacheTokens != nil }:
      return shorter + ", or raise `memory.tokens`"
    case .cache where deployment.pools.contains { $0.scenario.cacheBlocks != nil }:
      return shorter + ", or raise `memory.blocks`"
    case .cache where isSearched: return shorter
    case .cache:
      let isDataflow = deployment.pools.contains { $0.hardware.kind == .lpu }
      return shorter + ", or raise `parallelism.\(isDataflow ? "chips" : "tensor")`"
    case .clients: return "raise `workload.patience` or `workload.deadline`, or `replicas`"
    case .failures:
      if 2 * givenUp < lost { return "set `availability.on_failure` to `retry`" }
      return "raise `availability.mean_time_between_failures`, or shorten `workload.output`"
    }
  }

  /// Why requests were refused, with the numbers: `500 of 500 prompts longer than the context of
  /// 131,072`.
  package func refusalWords(of deployment: Deployment) -> String {
    // Of a load without end, all are all that will ever come.
    let isEndless = deployment.scenario.workload.isJudgedSteady
    // What ended in a part of a run has partly come before it.
    let all = max(arrived, ended)
    func number(_ count: Int64) -> String {
      isEndless && count == all
        ? "every request is"
        : "\(NumberText.grouped(count)) of \(NumberText.grouped(all)) requests are"
    }
    var parts: [String] = []
    if tooLong > 0 {
      let limits = deployment.pools.compactMap(\.limits.maximumContext)
      let context = limits.min().map { " of \(NumberText.grouped($0)) tokens" } ?? ""
      parts.append(
        "\(number(tooLong)) longer than the context\(context)")
    }
    let tooLarge = rejected - tooLong
    if tooLarge > 0 {
      let tokens = deployment.pools.map { $0.memory.blocks * $0.memory.blockTokens }.min()
      let cache = tokens.map { " of \(NumberText.grouped($0)) tokens" } ?? ""
      parts.append(
        "\(number(tooLarge)) larger than the cache of a replica\(cache)")
    }
    if givenUp > 0 {
      let tries = deployment.pools.map(\.availability.retries).max() ?? 0
      parts.append(
        "\(number(givenUp)) given up: a replica fails before the answer is there, at each of "
          + "\(tries + 1) attempts")
    }
    let gone = lost - givenUp
    if gone > 0 { parts.append("\(number(gone)) lost with a failing replica") }
    if abandoned > 0 { parts.append("\(number(abandoned)) given up by their clients") }
    return parts.isEmpty ? "no request is served" : parts.joined(separator: "; ")
  }
}
