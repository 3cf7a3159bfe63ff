internal import OperatorCosts
internal import Statistics
internal import Units
internal import Workloads

// What must hold at the end of every run, whatever the scenario. A broken law is an error of the
// simulator, never of its input; the program says so and exits with 70.
extension RunSummary {
  /// - Parameters:
  ///   - outstanding: requests that have not ended.   - heldBlocks: that nobody gave back.
  ///   - routed: requests and tokens that routers take to be with their replicas.
  mutating func checkLaws(outstanding: Int, heldBlocks: Int, routed: Int = 0) {
    check(
      "L1 (requests conserved)",
      counts.ended + counts.cancelled + Int64(outstanding) == counts.arrived,
      "completed \(counts.completed) + rejected \(counts.rejected) + lost \(counts.lost) + "
        + "abandoned \(counts.abandoned) + cancelled \(counts.cancelled) + "
        + "outstanding \(outstanding) != \(counts.arrived)")
    check(
      "L1 (requests conserved)", outstanding > 0 || routed == 0,
      "routers take \(routed) requests and tokens to be with replicas, and none is left")
    if let questions {
      check(
        "L1 (questions conserved)", outstanding > 0 || questions.open == 0,
        "answered \(questions.answered) + failed \(questions.failed) != \(questions.asked)")
    }
    check(
      "L8 (work conserving)", outstanding == 0,
      "\(outstanding) requests left and nothing more happens")
    check(
      "L4 (KV blocks conserved)", outstanding > 0 || heldBlocks == 0,
      "\(heldBlocks) blocks held with no request left")
    check(
      "L5 (tokens conserved)",
      outstanding > 0
        || latencies.interToken.count
          == counts.outputTokens - counts.answers + counts.discardedGaps,
      "\(latencies.interToken.count) gaps between \(counts.outputTokens) tokens of "
        + "\(counts.answers) requests")
    check(
      "L6 (Little's law)", outstanding > 0 || inSystem.integral == sojournNanoseconds,
      "integral of requests in system \(inSystem.integral) != sojourn \(sojournNanoseconds) ns")
    for pool in pools { checkTime(of: pool, outstanding: outstanding) }
  }

  /// What holds at any time, so of runs too that nobody goes on with.
  ///
  /// - Parameters:
  ///   - reversals: events before one that had been handled.
  ///   - disordered: requests of whose life something ended before it began.
  mutating func checkOrder(reversals: Int, disordered: Int) {
    check(
      "L2 (clock monotone)", reversals == 0,
      "\(reversals) events were handled after later ones")
    check(
      "L3 (lifecycle)", disordered == 0,
      "\(disordered) requests were scheduled, answered or finished before they could be")
  }

  private mutating func checkTime(of pool: PoolSummary, outstanding: Int) {
    let busy = pool.busyFemtoseconds / 1_000_000
    let most = Int128(makespan.nanoseconds) * Int128(pool.replicas)
    check(
      "L7 (time accounted)", outstanding > 0 || busy <= most,
      "busy \(busy) ns of \(most) ns in pool \(pool.name)")
    let parts = pool.work.compute + pool.work.memory + pool.work.interconnect + pool.work.host
    check(
      "L7 (time accounted)",
      abs(parts - pool.busySeconds) <= 1e-6 * max(pool.busySeconds, 1e-9),
      "parts \(parts) s != busy \(pool.busySeconds) s in pool \(pool.name)")
  }

  private mutating func check(_ law: String, _ holds: Bool, _ figures: String) {
    if !holds { brokenLaws.append("law \(law) broken: \(figures)") }
  }
}
