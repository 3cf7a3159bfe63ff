internal import OperatorCosts
package import Results
package import Scenarios
package import ServingSimulation
internal import Units
internal import Workloads

extension ConversationResults {
  /// Nil where no conversation had a second turn, and nothing was done about caches.
  package init?(_ summary: RunSummary, of deployment: Deployment) {
    let counts = summary.counts
    let choices = Set(deployment.scenario.workload.classes.map(\.betweenTurns))
    guard counts.saidTokens > 0 || counts.followUps > 0 || choices != [.kept] else { return nil }
    self.init()
    if counts.followUps > 0 {
      pauseSeconds = Double(counts.pausedMicroseconds) * 1e-6 / Double(counts.followUps)
    }
    said = counts.saidTokens
    repeated = counts.repeatedTokens
    repeatedShare = Double(repeated) / Double(max(1, said))
    repeatedShareOfComputed =
      Double(repeated) / Double(max(1, counts.inputTokens - counts.cachedTokens))
    if choices.contains(where: { if case .pinned = $0 { true } else { false } }) {
      let blocks = summary.pools.reduce(0) { $0 + Double($1.totalBlocks) }
      let held = summary.pools.reduce(0) {
        $0 + $1.meanLeased(over: summary.makespan.seconds) * Double($1.totalBlocks)
      }
      leases = Leases(
        count: counts.leases, used: counts.usedLeases, expired: counts.expiredLeases,
        givenUp: counts.givenUpLeases, cacheShare: blocks > 0 ? held / blocks : 0)
    }
    // Caches of unlike models are of unlike sizes.
    let sizes = Set(deployment.pools.map { $0.design.cacheBytesPerToken })
    let bytes = sizes.count == 1 ? sizes.first : nil
    if choices.contains(.offloaded) {
      offloaded = counts.offloadedTokens
      offloadedBytes = bytes.map { $0 * Double(counts.offloadedTokens) }
    }
    if counts.loadedTokens > 0 {
      loaded = counts.loadedTokens
      loadedBytes = bytes.map { $0 * Double(counts.loadedTokens) }
    }
    if choices.contains(.dropped) { dropped = counts.droppedTokens }
  }
}
