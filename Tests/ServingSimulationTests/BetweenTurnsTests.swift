import OperatorCosts
import ServingSimulation
import Testing
import Units
import Workloads

/// What becomes of a conversation's cache while its tools run, against closed forms.
struct BetweenTurnsTests {
  /// Conversations of four turns that read 96 tokens each and are answered with 33, of which the
  /// last is never cached: 128 more a turn. Tools take 10 s, all else milliseconds.
  private struct Case {
    var choice = BetweenTurns.kept
    var conversations = 1
    var blocks = 10_000
    var hostBlocks = 0
    var shared: Int?
    var turns = 4
    var thinking: LengthDistribution?
    var compaction: Compaction?
    var sharesPrefixes = true
    var mode = SimulationConfiguration.Mode.fastForward
  }

  private static let tool = 10.0

  private func run(_ item: Case) -> RunSummary {
    var pool = PoolConfiguration(
      model: StepModel(secondsPerStep: 0.001),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 4096, maximumSequences: 256),
      capacity: CacheCapacity(totalBlocks: item.blocks, blockTokens: 16))
    if item.sharesPrefixes {
      pool.prefixCache = PrefixCacheSettings(hashTokens: 16, hostBlocks: item.hostBlocks)
    }
    var sessions = Sessions(turns: .fixed(item.turns), thinkTime: .fixed(seconds: Self.tool))
    sessions.compaction = item.compaction
    var turn = RequestClass(
      name: "agent", input: .fixed(96), thinking: item.thinking, output: .fixed(33),
      sharedPrefix: item.shared.map { SharedPrefix(tokens: .fixed($0), variants: 1) },
      sessions: sessions)
    turn.betweenTurns = item.choice
    let configuration = SimulationConfiguration(
      pools: [pool],
      workload: Workload(
        arrivals: .closedLoop(clients: item.conversations, thinkTime: .zero),
        requests: item.conversations * item.turns, classes: [turn]),
      mode: item.mode, keepsRecords: true)
    let summary = Simulation(configuration).finish()
    #expect(ClusterLaws.broken(summary, configuration) == [])
    #expect(summary.completed == Int64(item.conversations * item.turns))
    // The first turn of a conversation waits for nobody.
    let pauses = Int64(item.conversations * (item.turns - 1))
    if item.compaction == nil {
      #expect(summary.counts.followUps == pauses)
      #expect(summary.counts.pausedMicroseconds == pauses * Int64(Self.tool * 1e6))
    }
    return summary
  }

  /// Prompts of 96, 225, 354 and 483 tokens: 129, 258 and 387 of them were said before.
  private static let said: Int64 = 129 + 258 + 387
  private static let new: Int64 = 4 * 96

  /// Eight blocks for 10 s, then 16, then 24: P x tool time.
  @Test func pinnedBlocksAreHeldForTheToolsTime() {
    let summary = run(Case(choice: .pinned(SimDuration(seconds: 60))))
    let held = summary.pools[0].meanLeased(over: summary.makespan.seconds)
    let blockSeconds = held * 10_000 * summary.makespan.seconds
    #expect(abs(blockSeconds - (8 + 16 + 24) * Self.tool) < 0.1)
    #expect(summary.counts.leases == 3 && summary.counts.usedLeases == 3)
    #expect(summary.counts.saidTokens == Self.said)
    // The answers' last tokens, of blocks that are not full.
    #expect(summary.counts.repeatedTokens == 1 + 2 + 3)
    #expect(summary.prefilledTokens == Self.new + 1 + 2 + 3)
    // They are used all the while, whether anything runs or not.
    let used = summary.pools[0].meanOccupancy(over: summary.makespan.seconds)
    #expect(used >= held * 0.999)
  }

  @Test func droppedTokensAreComputedAgain() {
    let summary = run(Case(choice: .dropped))
    #expect(summary.counts.droppedTokens == 128 + 256 + 384 + 512)
    #expect(summary.counts.repeatedTokens == Self.said)
    #expect(summary.prefilledTokens == Self.new + Self.said)
    // As where nothing is kept at all.
    #expect(run(Case(sharesPrefixes: false)).prefilledTokens == summary.prefilledTokens)
  }

  /// The text that all have in common stays, as long as anybody needs it.
  @Test func whatOthersBeginWithIsNotDropped() {
    let summary = run(Case(choice: .dropped, conversations: 2, shared: 320))
    #expect(summary.counts.repeatedTokens == 2 * Self.said)
    // Once each, because both come at once; never again.
    #expect(summary.prefilledTokens == 2 * (320 + Self.new + Self.said))
  }

  @Test func offloadedTokensComeBack() {
    let summary = run(Case(choice: .offloaded, hostBlocks: 1_000))
    #expect(summary.counts.offloadedTokens == 128 + 256 + 384)
    #expect(summary.counts.loadedTokens == 128 + 256 + 384)
    #expect(summary.prefilledTokens == Self.new + 1 + 2 + 3)
    #expect(summary.counts.leases == 0)
  }

  /// Where there is room, what nobody holds is there as well.
  @Test func keptIsThereWhereThereIsRoom() {
    let summary = run(Case())
    #expect(summary.prefilledTokens == Self.new + 1 + 2 + 3)
    #expect(summary.counts.leases + summary.counts.offloadedTokens == 0)
  }

  @Test func leasesRunOut() {
    let summary = run(Case(choice: .pinned(SimDuration(seconds: 4))))
    #expect(summary.counts.expiredLeases == 3 && summary.counts.usedLeases == 0)
    let held = summary.pools[0].meanLeased(over: summary.makespan.seconds)
    #expect(abs(held * 10_000 * summary.makespan.seconds - (8 + 16 + 24) * 4) < 1e-6)
    // Idle is not gone: others would have had the room.
    #expect(summary.counts.repeatedTokens == 1 + 2 + 3)
  }

  /// Forty blocks hold one conversation to its end, of two only the beginning. In vain they would
  /// wait for each other: what is pinned gives way where nothing could run.
  @Test func leasesGiveWayWhereNothingCouldRun() {
    let summary = run(
      Case(choice: .pinned(SimDuration(seconds: 1_000)), conversations: 3, blocks: 40))
    #expect(summary.counts.givenUpLeases > 0)
    #expect(summary.makespan.seconds < 100)
  }

  /// A next turn is given none of the thoughts before it: those are not held, and what follows them
  /// must be computed again.
  @Test func thoughtsAreNotHeld() {
    let summary = run(Case(choice: .pinned(SimDuration(seconds: 60)), thinking: .fixed(64)))
    let held = summary.pools[0].meanLeased(over: summary.makespan.seconds)
    // 96, 225 and 354 tokens.
    let blockSeconds = held * 10_000 * summary.makespan.seconds
    #expect(abs(blockSeconds - (6 + 14 + 22) * Self.tool) < 0.1)
    // Answers of 33 tokens, and what does not fill a block before them: 225 - 224, 354 - 352.
    #expect(summary.counts.repeatedTokens == 33 + 34 + 35)
  }

  /// Of a context that was summed up nothing is held.
  @Test func whatIsSummedUpIsNotHeld() {
    let compaction = Compaction(at: 200, instruction: 0, summary: .fixed(17))
    var item = Case(choice: .pinned(SimDuration(seconds: 60)), turns: 3)
    item.compaction = compaction
    item.conversations = 1
    let turn = item
    let pinned = run(limited: turn)
    // After the first turn and after the second one, which is behind a summary at most.
    #expect(pinned.counts.compactions > 0)
    #expect(pinned.counts.leases == 2)
  }

  /// A conversation with all the requests that it takes.
  private func run(limited item: Case) -> RunSummary {
    var sessions = Sessions(turns: .fixed(item.turns), thinkTime: .fixed(seconds: Self.tool))
    sessions.compaction = item.compaction
    var turn = RequestClass(
      name: "agent", input: .fixed(96), output: .fixed(33), sessions: sessions)
    turn.betweenTurns = item.choice
    let pool = PoolConfiguration(
      model: StepModel(secondsPerStep: 0.001),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 4096, maximumSequences: 8),
      capacity: CacheCapacity(totalBlocks: 100, blockTokens: 16),
      prefixCache: PrefixCacheSettings(hashTokens: 16))
    return Simulation(
      SimulationConfiguration(
        pools: [pool],
        workload: Workload(
          arrivals: .closedLoop(clients: 1, thinkTime: .zero), requests: 4, classes: [turn]))
    ).finish()
  }
}
