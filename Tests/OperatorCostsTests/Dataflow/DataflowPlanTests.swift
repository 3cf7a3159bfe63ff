import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct DataflowPlanTests {
  private let policy = DataflowDesigns.policy

  @Test func chipsNeededWorkedExample() throws {
    let plan = DataflowPlan(try DataflowDesigns.llama2())
    #expect(abs(plan.weightBytes - 69.5e9) < 0.01e9)
    #expect(plan.chipsNeeded(policy) == 303)
    let wide = DataflowPlan(try DataflowDesigns.llama2(weights: .bf16))
    #expect(wide.chipsNeeded(policy) == 600)
    // One sequence of 4,096 tokens of 327,680 B: 1.34 GB, six chips.
    #expect(plan.sequenceBytes(context: 4096, policy) == 4096 * 327_680)
    #expect(plan.chipsNeeded(policy, context: 4096) == 309)
    let reserved = MemoryPolicy(usableFraction: 1, reservedBytes: 1e9, blockTokens: 16)
    #expect(plan.chipsNeeded(reserved) == .max)
  }

  @Test func poolWorkedExample() throws {
    let plan = MemoryPlan(
      try DataflowDesigns.llama2(), policy: policy, tokenBudget: 8192, maximumSequences: 256)
    #expect(abs(plan.capacityBytes - 132.48e9) < 1)
    #expect(abs(plan.poolBytes - 62.7e9) < 0.05e9)
    #expect(plan.bytesPerBlock == 16 * 327_680)
    #expect(abs(Double(plan.blocks * 16) - 191_000) < 500)
  }

  @Test func whatFitsAndWhatDoesNot() throws {
    for weights in [WeightFormat.bf16, .int8, .int4] {
      let needed = DataflowPlan(try DataflowDesigns.llama2(weights: weights)).chipsNeeded(policy)
      func pool(_ chips: Int) throws -> Double {
        MemoryPlan(
          try DataflowDesigns.llama2(chips: chips, weights: weights), policy: policy,
          tokenBudget: 0, maximumSequences: 0
        ).poolBytes
      }
      #expect(try pool(needed) >= 0)
      #expect(try pool(needed - 1) < 0)
    }
  }

  /// KV that a GPU has computed is taken over as it is: both sides cache the same bytes.
  @Test func theCacheOfATokenIsTheSameAsOnAGPU() throws {
    for name in ModelCatalogue.names {
      let dataflow = try DataflowDesigns.design(name, on: "groq-3-lpx", chips: 256)
      var onGPU = dataflow
      onGPU.hardware = SampleMachine.profile
      onGPU.layout = ParallelLayout()
      #expect(CacheFootprint(dataflow) == CacheFootprint(onGPU), "\(name)")
      let plan = MemoryPlan(dataflow, policy: policy, tokenBudget: 1, maximumSequences: 1)
      #expect(plan.windows == CacheFootprint(onGPU).windows, "\(name)")
    }
  }

  @Test func weightsAreThoseOfTheModel() throws {
    for name in ModelCatalogue.writers {
      let design = try DataflowDesigns.design(name, chips: 100, weights: .bf16)
      let matrices = Double(design.architecture.parameterCount.totalMatrices)
      #expect(abs(DataflowPlan(design).weightBytes / (2 * matrices) - 1) < 1e-12, "\(name)")
    }
  }

  @Test func whatTheProfileMustSay() throws {
    var profile = try HardwareCatalogue.load(nameOrPath: "groq-3-lpx")
    #expect(DataflowPlan.missingFigure(profile, chips: 512) == nil)
    profile.scaleOut = nil
    #expect(DataflowPlan.missingFigure(profile, chips: 512) == "scale_out")
    #expect(DataflowPlan.missingFigure(profile, chips: 256) == nil)
    profile.lpu?.layerLatency = nil
    #expect(DataflowPlan.missingFigure(profile, chips: 256) == "lpu.layer_latency")
  }

  @Test func eightBitIntegersNeedTheirUnits() throws {
    let groq = try HardwareCatalogue.load(nameOrPath: "groq-lpu").accelerator
    #expect(ResolvedArithmetic(.int8, on: groq).kernel == .int8)
    #expect(ResolvedArithmetic(.fp8, on: groq).kernel == .w4a16)
    #expect(ResolvedArithmetic(.int8, on: SampleMachine.profile.accelerator).kernel == .w4a16)
    #expect(WeightFormat.int8.bytesPerWeight == 1)
  }
}
