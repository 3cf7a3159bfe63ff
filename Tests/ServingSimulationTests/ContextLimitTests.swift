import OperatorCosts
import TestSupport
import Testing
import Units
import Workloads

@testable import ServingSimulation

/// What ten blocks of 16 tokens can hold.
struct ContextLimitTests {
  private func pool(_ change: (inout PoolConfiguration) -> Void = { _ in }) -> PoolConfiguration {
    var pool = PoolConfiguration(
      model: StepModel(secondsPerStep: 0.001),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 1000, maximumSequences: 8),
      capacity: CacheCapacity(totalBlocks: 10, blockTokens: 16))
    change(&pool)
    return pool
  }

  private func fixedBlocks(_ pool: PoolConfiguration, input: Int32, output: Int32) -> Int? {
    ContextLimit(pool).fixedBlocks(
      for: Request(index: 0, arrival: .zero, inputTokens: input, outputTokens: output))
  }

  @Test func theLastTokenIsNotCached() {
    #expect(fixedBlocks(pool(), input: 100, output: 61) == 0)
    #expect(fixedBlocks(pool(), input: 100, output: 62) == nil)
  }

  @Test func aPoolThatPrefillsHoldsPromptsOnly() {
    let prefill = pool { $0.role = .prefill }
    #expect(fixedBlocks(prefill, input: 160, output: 1000) == 0)
    #expect(fixedBlocks(prefill, input: 161, output: 1) == nil)
  }

  @Test func theLongestContextCountsPromptAndAnswer() {
    for role in ReplicaRole.allCases {
      let limited = pool {
        $0.role = role
        $0.limits.maximumContext = 120
      }
      #expect(fixedBlocks(limited, input: 100, output: 20) == 0)
      #expect(fixedBlocks(limited, input: 100, output: 21) == nil)
    }
  }

  @Test func theLastStepMayCacheGuessesBeyondTheAnswer() {
    let guessing = pool {
      $0.model = StepModel(
        ReplicaDesign(
          architecture: SampleModels.dense(), hardware: SampleMachine.profile,
          precision: Precision(weights: .bf16, keyValueCache: .bf16), layout: ParallelLayout(),
          host: .none, speculation: Speculation(drafter: .lookup, acceptance: [1, 1, 1])))
    }
    // Four tokens a step; what they begin in sixteenths is counted in full.
    #expect(fixedBlocks(guessing, input: 100, output: 57) == 0)
    #expect(fixedBlocks(guessing, input: 100, output: 58) == nil)
    // Nothing is decoded for the only token.
    #expect(fixedBlocks(guessing, input: 160, output: 1) == 0)
  }

  @Test func whatDoesNotGrowNeedsRoomAsWell() {
    var plan = MemoryPlan(
      ReplicaDesign(
        architecture: SampleModels.hybrid(), hardware: SampleMachine.profile,
        precision: Precision(weights: .bf16, keyValueCache: .bf16), layout: ParallelLayout(),
        host: .none),
      policy: MemoryPolicy(usableFraction: 0.9, reservedBytes: 0, blockTokens: 16),
      tokenBudget: 64, maximumSequences: 8)
    plan.bytesPerBlock = 100
    plan.stateBytesPerSequence = 150
    plan.blocks = 10
    let hybrid = pool { $0.capacity = CacheCapacity(plan) }
    #expect(fixedBlocks(hybrid, input: 100, output: 29) == 2)
    #expect(fixedBlocks(hybrid, input: 100, output: 30) == nil)
  }
}
