import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Units
import Workloads

/// What holds at the end of a run of any cluster, counted from its records.
enum ClusterLaws {
  static func broken(_ summary: RunSummary, _ configuration: SimulationConfiguration) -> [String] {
    var broken = summary.brokenLaws
    func check(_ name: String, _ holds: Bool, _ figures: @autoclosure () -> String) {
      if !holds { broken.append("\(name): \(figures())") }
    }
    let records = summary.records
    let ended = summary.counts.ended + summary.cancelled
    check(
      "requests", summary.arrived == ended && summary.completed == records.count,
      "\(summary.arrived) arrived, \(ended) ended, \(records.count) records")
    check(
      "all requests arrive", arrives(summary, configuration),
      "\(summary.arrived) of \(configuration.workload.requests)")
    check("all questions end", summary.questions?.open ?? 0 == 0, "some are open")
    check(
      "each once", Set(records.map(\.request.index)).count == records.count, "finished twice")
    if let record = records.first(where: { !LawChecker.isInOrder($0) }) {
      broken.append("lifecycle: \(record)")
    }
    check(
      "nothing is left", summary.queue.value == 0 && summary.inSystem.value == 0,
      "\(summary.queue.value) wait, \(summary.inSystem.value) in all")
    check(
      "hits are of prompts", summary.cachedTokens <= summary.inputTokens,
      "\(summary.cachedTokens) of \(summary.inputTokens)")
    let isUndisturbed =
      summary.retried == 0 && summary.lost == 0 && summary.cancelled == 0 && summary.abandoned == 0
    let contexts = records.reduce(Int64(0)) {
      $0 + Int64($1.request.inputTokens) + Int64(max(1, $1.request.outputTokens)) - 1
    }
    let computed = summary.prefilledTokens + summary.decodedTokens + summary.reusedTokens
    let isPlain = configuration.pools.allSatisfy { $0.model.verifiedTokens == 1 }
    check(
      "tokens",
      isUndisturbed && summary.preemptions == 0 && isPlain
        ? computed == contexts : computed >= contexts,
      "\(computed) computed or reused for \(contexts)")
    // Waits are counted once a request, unless it waited more than once.
    if isUndisturbed, summary.preemptions == 0,
      LawChecker.isOrderKnown(of: records, sources: configuration.workload.batch == nil ? 1 : 2),
      configuration.pools.allSatisfy({ $0.availability == .always })
    {
      let ready = LawChecker.readyTimes(
        of: records, behind: configuration.pools[0].frontEnd,
        servers: configuration.pools.filter { $0.role != .decode }.reduce(0) { $0 + $1.replicas })
      let waits = zip(records, ready).reduce(Int128(0)) {
        $0 + Int128(($1.0.scheduled - $1.1).nanoseconds)
      }
      check("queue", summary.queue.integral == waits, "\(summary.queue.integral) of \(waits)")
    }
    if configuration.transfer != nil {
      let crossed = Int64(records.count { $0.request.outputTokens > 1 })
      check(
        "transfers",
        isUndisturbed
          ? summary.transfers.count == crossed : summary.transfers.count >= crossed,
        "\(summary.transfers.count) for \(crossed)")
    }
    return broken
  }

  /// Calls of a question are counted once, and requests of a batch not at all.
  private static func arrives(
    _ summary: RunSummary, _ configuration: SimulationConfiguration
  ) -> Bool {
    if let questions = summary.questions {
      return questions.asked == configuration.workload.requests
    }
    let sent = Int64(summary.batch?.windows.reduce(0) { $0 + $1.sent } ?? 0)
    return summary.arrived - sent == configuration.workload.requests
  }
}
