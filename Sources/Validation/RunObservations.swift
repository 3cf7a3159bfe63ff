internal import Hardware
internal import OperatorCosts
internal import Scenarios
internal import ServingSimulation
internal import Statistics
internal import Units

/// What a simulated run was like, as far as it says where to look when it is far off.
///
/// Shares are of 1. Those of time are of the pool that writes the answers.
package struct RunObservations: Equatable, Sendable {
  package enum Limit: String, CaseIterable, Sendable {
    case compute, memory, interconnect, host, idle
  }

  /// What the time went to, in the order of `Limit`; empty without a run.
  package var shares: [Double] = []
  /// Share of the requests that lost their cache blocks at least once.
  package var preempted = 0.0
  /// Share of the time that requests were there in which they waited to be admitted.
  package var waiting = 0.0
  /// Share of the busy time in which attention ranks waited for each other.
  package var rankImbalance = 0.0
  /// Share of the busy time in which ranks waited for the fullest expert rank.
  package var expertImbalance = 0.0
  /// Work of the busy time over what the peaks would do in it.
  package var ofPeakCompute = 0.0
  package var ofPeakBandwidth = 0.0

  package init() {}

  init(_ summary: RunSummary, of deployment: Deployment) {
    let pool = summary.pools[summary.pools.count - 1]
    let replicaSeconds = summary.makespan.seconds * Double(pool.replicas)
    guard replicaSeconds > 0, pool.busySeconds > 0 else { return }
    let work = pool.work
    let parts = [work.compute, work.memory, work.interconnect, work.host]
    shares = (parts + [max(0, replicaSeconds - pool.busySeconds)]).map { $0 / replicaSeconds }
    preempted = Double(summary.preemptedRequests) / Double(max(1, summary.completed))
    if summary.inSystem.integral > 0 {
      waiting = Double(summary.queue.integral) / Double(summary.inSystem.integral)
    }
    rankImbalance = pool.imbalanceSeconds / pool.busySeconds
    expertImbalance = work.imbalance / pool.busySeconds
    let accelerator = deployment.decoding.hardware.accelerator
    ofPeakBandwidth = work.bytes / (accelerator.memory[0].bandwidth.value * pool.busySeconds)
    if let peak = accelerator.peak[deployment.decoding.design.weightArithmetic] {
      ofPeakCompute = work.flops / (peak.value * pool.busySeconds)
    }
  }
}
