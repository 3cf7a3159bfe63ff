import OperatorCosts
import ServingSimulation
import Testing
import Units
import Workloads

/// Prompts that begin alike and come at once.
struct SiblingTests {
  private func run(
    sharesPlanned: Bool, siblings: Int, prompts: Int = 1, input: Int, budget: Int = 8192,
    hashTokens: Int = 16, blocks: Int = 10_000, outputs: [Int32] = [8],
    policy: SchedulingPolicy = .chunkedPrefill
  ) -> RunSummary {
    let length = (input + hashTokens - 1) / hashTokens
    var prefixes = TracePrefixes(blockTokens: hashTokens)
    var entries: [Trace.Entry] = []
    for prompt in 0..<prompts {
      for sibling in 0..<siblings {
        let output = outputs[sibling % outputs.count]
        prefixes.starts.append(prefixes.ids.count)
        for block in 0..<length {
          // What is begun and not full is each one's own.
          let own = block == length - 1 && input % hashTokens != 0
          let number = (prompt * length + block) * (siblings + 1) + (own ? sibling + 1 : 0)
          prefixes.ids.append(UInt64(number))
        }
        entries.append(
          Trace.Entry(arrival: .zero, inputTokens: Int32(input), outputTokens: output))
      }
    }
    let configuration = SimulationConfiguration(
      pools: [
        PoolConfiguration(
          model: StepModel(secondsPerStep: 0.001),
          limits: SchedulerLimits(
            policy: policy, tokenBudget: budget, maximumSequences: 64),
          capacity: CacheCapacity(totalBlocks: blocks, blockTokens: 16),
          prefixCache: PrefixCacheSettings(
            hashTokens: hashTokens, sharesPlanned: sharesPlanned))
      ],
      workload: Workload(
        arrivals: .trace(Trace(entries: entries, prefixes: prefixes)), requests: entries.count,
        classes: [RequestClass(name: "trace", input: .fixed(1), output: .fixed(1))]),
      keepsRecords: true)
    let summary = Simulation(configuration).finish()
    #expect(ClusterLaws.broken(summary, configuration) == [])
    return summary
  }

  /// The prompt once, and of each sibling what follows the blocks that are full: 200 tokens are 12
  /// blocks of 16 and 8 of its own.
  @Test(arguments: [64, 200, 256, 8192])
  func siblingsPrefillTheLeastPossible(budget: Int) {
    let least: Int64 = 200 + 31 * (200 - 192)
    let summary = run(sharesPlanned: true, siblings: 32, input: 200, budget: budget)
    #expect(summary.prefilledTokens == least)
  }

  /// A prompt that is there in full is computed from its last block on: its last token must be, and
  /// engines reuse whole blocks.
  @Test func wholeBlocksLeaveTheLastOne() {
    let summary = run(sharesPlanned: true, siblings: 32, input: 192)
    #expect(summary.prefilledTokens == 192 + 31 * 16)
  }

  /// 64 prompts of 2,148 tokens with eight answers each in blocks of 512, as vLLM 0.33's scheduler
  /// computes them: 64 x (2,148 + 7 x 100) = 182,272 tokens.
  @Test func promptsOfManyAnswersAreComputedOnce() {
    let summary = run(
      sharesPlanned: true, siblings: 8, prompts: 64, input: 2148, hashTokens: 512, blocks: 100_000)
    #expect(summary.prefilledTokens == 182_272)
  }

  @Test func enginesThatShareAfterwardsComputeTheSiblingsOfAStep() {
    let summary = run(sharesPlanned: false, siblings: 32, input: 200)
    #expect(summary.prefilledTokens == 32 * 200)
  }

  /// Nine full blocks once, of each a last block of its own and one for the answer.
  @Test func sharedBlocksAreTakenOnce() {
    let summary = run(sharesPlanned: true, siblings: 20, input: 160, blocks: 10 + 19 + 20)
    #expect(summary.prefilledTokens == 160 + 19 * 16)
    #expect(summary.counts.preemptions == 0)
  }

  /// Ten blocks of a prompt each, the second one's as copies of the first one's, which it holds as
  /// well: when the first has ended and the second outgrows 22 blocks, nobody is there whom to take
  /// them from but itself. It is admitted again at once, and shares what it held twice.
  @Test(arguments: SchedulingPolicy.allCases)
  func theLastOneGivesUpItsCopies(policy: SchedulingPolicy) {
    let summary = run(
      sharesPlanned: false, siblings: 2, input: 160, blocks: 22, outputs: [2, 100], policy: policy)
    #expect(summary.completed == 2)
    #expect(summary.counts.preemptions == 1)
    // Emitted by then: the first token and those of two blocks; the blocks before them are shared.
    #expect(summary.prefilledTokens == 2 * 160 + 33)
  }
}
