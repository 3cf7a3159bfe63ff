import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// Clusters small enough to follow by hand. Steps take a millisecond unless said otherwise.
struct ClusterCaseTests {
  private typealias Entry = (at: Double, input: Int, output: Int)

  private func pool(_ change: (inout PoolConfiguration) -> Void = { _ in }) -> PoolConfiguration {
    var pool = PoolConfiguration(
      model: StepModel(secondsPerStep: 0.001),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 1000, maximumSequences: 8),
      capacity: CacheCapacity(totalBlocks: 1000, blockTokens: 16), routing: .roundRobin)
    change(&pool)
    return pool
  }

  /// Arrivals in milliseconds.
  private func run(
    _ pools: [PoolConfiguration], _ entries: [Entry], transfer: CacheTransfer? = nil,
    prefixes: TracePrefixes? = nil
  ) -> RunSummary {
    let recorded = entries.map {
      Trace.Entry(
        arrival: SimTime(nanoseconds: Int64($0.at * 1e6)), inputTokens: Int32($0.input),
        outputTokens: Int32($0.output))
    }
    let configuration = SimulationConfiguration(
      pools: pools, transfer: transfer,
      workload: Workload(
        arrivals: .trace(Trace(entries: recorded, prefixes: prefixes)), requests: entries.count,
        classes: [RequestClass(name: "trace", input: .fixed(1), output: .fixed(1))]),
      keepsRecords: true)
    let summary = Simulation(configuration).finish()
    #expect(ClusterLaws.broken(summary, configuration) == [])
    return summary
  }

  /// (scheduled, first token, finish) in microseconds, by order of arrival.
  private func times(_ summary: RunSummary) -> [[Int64]] {
    summary.records.sorted { $0.request.index < $1.request.index }.map {
      [$0.scheduled, $0.firstToken, $0.finish].map { $0.nanoseconds / 1000 }
    }
  }

  @Test func theSlowestRankSetsThePace() {
    let ranks = pool {
      $0.model = StepModel(
        secondsPerStep: 0.001, secondsPerToken: 1e-4, attentionRanks: 2,
        secondsPerJointToken: 1e-5)
    }
    let summary = run([ranks], [(0, 10, 2), (0, 30, 2)])
    // 1 + 3 ms for 30 tokens and 0.4 for all 40 together; then 1.1 for one each, and 0.02.
    #expect(times(summary) == [[0, 4400, 5520], [0, 4400, 5520]])
    // The other rank waits for 2 of the 4 ms: 1 ms beyond the mean of both.
    #expect(abs(summary.pools[0].imbalanceSeconds - 0.001) < 1e-12)
  }

  @Test func ranksWaitForEachOthersPrompts() {
    let ranks = pool {
      $0.model = StepModel(secondsPerStep: 0.001, attentionRanks: 2)
      $0.limits.gathering = PromptGathering(tokens: 1, steps: 5)
    }
    // Both decode from 1 ms on: a prompt alone waits for five steps, from 3 ms on.
    let alone = run([ranks], [(0, 10, 30), (0, 10, 30), (2.5, 10, 2)])
    #expect(times(alone)[2] == [8000, 9000, 10_000])
    #expect(alone.runs < 10)
    // Until the other rank has one too.
    let together = run([ranks], [(0, 10, 30), (0, 10, 30), (2.5, 10, 2), (4.5, 10, 2)])
    #expect(times(together).map { $0[0] } == [0, 0, 5000, 5000])
    // A rank with nothing to decode takes its prompt at once.
    #expect(times(run([ranks], [(0, 10, 30), (2.5, 10, 2)]))[1][0] == 3000)
  }

  @Test func aRankWithoutASeatHoldsTheOthersUp() {
    let ranks = pool {
      $0.model = StepModel(secondsPerStep: 0.001, attentionRanks: 2)
      $0.limits.maximumSequences = 2
      $0.limits.gathering = PromptGathering(tokens: 1, steps: 5)
    }
    // The first rank is full and has one waiting until its second sequence ends at 6 ms.
    let summary = run(
      [ranks], [(0, 10, 30), (0, 10, 30), (0, 10, 6), (0, 10, 2), (0.5, 10, 2), (2.5, 10, 2)])
    #expect(times(summary)[4][0] == 6000 && times(summary)[5][0] == 6000)
  }

  @Test func aHandoverComesOnTopOfTheLink() {
    var prefill = pool()
    prefill.role = .prefill
    var decode = pool()
    decode.role = .decode
    // The link is free again after 3 ms, and the sequence there after 4.
    let link = CacheTransfer(
      latencySeconds: 0.001, bytesPerSecond: 50_000, bytesPerToken: 1, handoverSeconds: 0.001)
    let summary = run([prefill, decode], [(0, 100, 3), (0, 100, 3)], transfer: link)
    #expect(times(summary) == [[0, 5000, 7000], [0, 8000, 10_000]])
    #expect(summary.transfers.waiting.maximum == 3_000_000)
  }

  @Test func promptsThatEndTogetherWaitForOneLink() {
    var prefill = pool()
    prefill.role = .prefill
    var decode = pool()
    decode.role = .decode
    // 1 ms, and 2 for 100 tokens.
    let link = CacheTransfer(latencySeconds: 0.001, bytesPerSecond: 50_000, bytesPerToken: 1)
    let summary = run([prefill, decode], [(0, 100, 3), (0, 100, 3)], transfer: link)
    #expect(times(summary) == [[0, 4000, 6000], [0, 7000, 9000]])
    #expect(summary.transfers.count == 2)
    #expect(summary.transfers.waiting.maximum == 3_000_000)
    #expect(summary.transfers.bytes == 200)
  }

  private func failing(_ loss: Availability.Loss) -> PoolConfiguration {
    pool {
      $0.replicas = 2
      $0.availability = Availability(
        planned: [
          Availability.Outage(
            kind: .failure, replica: 0, start: SimTime(nanoseconds: 3_500_000),
            duration: SimDuration(seconds: 1))
        ], loss: loss)
    }
  }

  @Test func aFailedRequestBeginsAnewAndCountsFromItsArrival() {
    let summary = run([failing(.retry)], [(0, 10, 10)])
    // Four tokens by the end of the step under way; then all ten on the other replica.
    #expect(times(summary) == [[4000, 5000, 14_000]])
    #expect(summary.records[0].timeToFirstToken.nanoseconds == 5_000_000)
    #expect(summary.retried == 1 && summary.lost == 0)
    #expect(summary.interToken.count == 9 + 3)
    #expect(summary.prefilledTokens == 20)
  }

  @Test func aLostRequestEndsWithItsReplica() {
    let summary = run([failing(.lose)], [(0, 10, 10)])
    #expect(summary.lost == 1 && summary.completed == 0 && summary.retried == 0)
    #expect(summary.makespan.nanoseconds == 4_000_000)
    #expect(summary.pools[0].busyFemtoseconds == 4_000_000_000_000)
  }

  @Test func maintenanceFinishesWhatThereIs() {
    var resting = failing(.lose)
    resting.availability.planned[0].kind = .maintenance
    // The second one would be the resting replica's turn.
    let summary = run([resting], [(0, 10, 10), (1, 10, 10), (5, 10, 2)])
    #expect(times(summary) == [[0, 1000, 10_000], [1000, 2000, 11_000], [5000, 6000, 7000]])
    #expect(summary.pools[0].largestBatch == 2)
  }

  @Test func aPrefixHitSavesTheSharedTokensAndBlocks() {
    let chains = TracePrefixes(blockTokens: 16, ids: [1, 2, 3, 1, 2, 4], starts: [0, 3])
    let entries: [Entry] = [(0, 40, 8), (5, 40, 3)]
    let without = run([pool()], entries)
    let with = run([pool { $0.prefixCache = PrefixCacheSettings() }], entries, prefixes: chains)
    #expect(without.prefilledTokens == 80 && with.prefilledTokens == 80 - 32)
    #expect(with.cachedTokens == 32)
    // Two of the second one's three blocks are the first one's.
    #expect(without.pools[0].largestUsedBlocks == 6 && with.pools[0].largestUsedBlocks == 4)
    #expect(times(without) == times(with))
  }
}
