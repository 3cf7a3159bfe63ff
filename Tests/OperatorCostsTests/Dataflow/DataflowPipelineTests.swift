import Hardware
import ModelArchitecture
import Statistics
import TestSupport
import Testing

@testable import OperatorCosts

struct DataflowStageTests {
  @Test func matricesWorkedExample() throws {
    let stage = DataflowPipeline.stages(of: try DataflowDesigns.llama2())[0]
    let work = stage.matrices.work(tokens: 1)
    #expect(work.flops == 2 * 855_638_016)
    #expect(work.bytes == 855_638_016)
    #expect(stage.weightBytes == 855_638_016)
    // Read at 80 TB/s · 0.7; the FLOPs would take 1.711e9 / (750e12 · 0.7) = 3.3 us.
    #expect(abs(work.seconds - 855_638_016 / 56e12) < 1e-12)
    // A prompt of 100 tokens reads the weights once, and its FLOPs are the limit.
    let prompt = stage.matrices.work(tokens: 100)
    #expect(prompt.bytes == work.bytes)
    #expect(prompt.bottleneck == .compute)
    #expect(abs(prompt.seconds - 100 * work.flops / 525e12) < 1e-12)
  }

  @Test func aTokenReadsTheExpertsItIsSentTo() throws {
    let stage = DataflowPipeline.stages(
      of: try DataflowDesigns.design("Mixtral-8x7B", chips: 576))[0]
    let experts = try #require(stage.matrices.experts)
    #expect(abs(experts.distinct(tokens: 1) - 2) < 1e-12)
    #expect(abs(experts.distinct(tokens: 1e6) - 8) < 1e-12)
    #expect(stage.matrices.work(tokens: 1).bytes < stage.weightBytes / 2)
  }
}

struct DataflowPipelineTests {
  @Test func llama2WorkedExample() throws {
    let design = try DataflowDesigns.llama2()
    let pipeline = DataflowPipeline(design)
    #expect(abs(pipeline.latencySeconds - 3.28e-3) < 1e-9)
    #expect(abs(pipeline.sequence.seconds - 2.15e-6) < 0.01e-6)
    #expect(pipeline.sequence.bottleneck == .memory)
    var model = StepModel(design)
    let one = model.price(sequences: 1, context: 4096)
    #expect(one.first == 3_280_000_000_000)
    // Measured: about 300 tokens/s to one user.
    #expect(abs(1e15 / Double(one.first) - 300) < 10)
  }

  @Test func publishedSpeedsToOneUser() throws {
    func tokensPerSecond(_ model: String, chips: Int) throws -> Double {
      var steps = StepModel(try DataflowDesigns.design(model, chips: chips))
      return 1e15 / Double(steps.price(sequences: 1, context: 2048).first)
    }
    // Measured 750, quoted 840; and 750 for Llama-2-7B.
    #expect((750...840).contains(try tokensPerSecond("Llama-3.1-8B", chips: 80)))
    #expect(abs(try tokensPerSecond("Llama-2-7b", chips: 64) / 750 - 1) < 0.02)
  }

  @Test func throughputRisesToTheIntervalOfTheSlowestStage() throws {
    var model = StepModel(try DataflowDesigns.llama2())
    func tokensPerSecond(_ sequences: Int) -> Double {
      Double(sequences) * 1e15 / Double(model.price(sequences: sequences, context: 1).first)
    }
    let counts = [1, 10, 100, 1000, 1500, 2000, 10_000, 100_000]
    let rates = counts.map(tokensPerSecond)
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 <= $1 * (1 + 1e-9) })
    #expect(abs(rates[2] / (100 * rates[0]) - 1) < 1e-9)
    let limit = 1e15 / Double(model.decodePerSequence.femtoseconds)
    #expect(abs(rates[7] / limit - 1) < 1e-4)
    // 3.28 ms / 2.155 us.
    #expect(DataflowPlan(try DataflowDesigns.llama2()).sequencesThatFillIt == 1523)
  }

  @Test func aPromptStreamsBehindTheLatency() throws {
    let design = try DataflowDesigns.llama2()
    var model = StepModel(design)
    let pipeline = DataflowPipeline(design)
    let price = model.price(sequences: 0, context: 0, prompt: 1000)
    let streamed =
      pipeline.prompt(tokens: 1000, drawn: 1).seconds
      + pipeline.prefill(new: 1000, prior: 0).seconds
    #expect(abs(Double(price.first) * 1e-15 - pipeline.latencySeconds - streamed) < 1e-12)
    // 1,000 tokens at 1.711 GFLOP over 7.09 chips of 525 TFLOP/s.
    #expect(abs(pipeline.prompt(tokens: 1000, drawn: 1).seconds - 0.46e-3) < 0.005e-3)
    // In a step with decoding sequences they take as long.
    let mixed = model.price(sequences: 8, context: 100, prompt: 1000)
    #expect(mixed.first == price.first)
  }

  @Test func racksAddTheirCrossings() throws {
    let hardware = try HardwareCatalogue.load(nameOrPath: "groq-3-lpx")
    #expect(DataflowCrossings(hardware, chips: 256).seconds == 0)
    #expect(abs(DataflowCrossings(hardware, chips: 512).seconds - 3.2e-6) < 1e-15)
    #expect(DataflowCrossings(hardware, chips: 512).bytesPerSecond == 50e9)
    #expect(DataflowCrossings(hardware, chips: 1).bytesPerSecond == .infinity)
  }

  @Test func aMachineWithoutSixteenBitsRunsEverythingInEight() throws {
    let design = try DataflowDesigns.design(
      "gemma-3-27b", on: "groq-3-lpx", chips: 256, weights: .fp8, cache: .fp8)
    let pipeline = DataflowPipeline(design)
    // 62 layers of 7 us: assumed, as the profile says.
    #expect(abs(pipeline.latencySeconds - 434e-6) < 1e-9)
    #expect(pipeline.visibilities.count == 2)
  }

  /// A layer whose window is shorter than the context is never what the full layers wait for.
  @Test func windowsCostNothingBesideFullLayers() throws {
    let pipeline = DataflowPipeline(
      try DataflowDesigns.design("gemma-3-27b", chips: 256, cache: .bf16))
    #expect(pipeline.visibilities[0] == .full)
    #expect(pipeline.contextTokens[0].seconds > 0)
    #expect(pipeline.contextTokens[1].seconds == 0)
  }
}
