import Hardware
import ModelArchitecture
import Statistics
import TestSupport
import Testing

@testable import OperatorCosts

/// Laws of a pipeline's steps, over random models, machines and batches.
struct DataflowStepTests {
  private func cases() -> ClosedRange<UInt64> { LongTests.seeds(short: 200, long: 5_000) }

  /// Law L9: FLOPs and SRAM bytes of all stages, shared by all chips at their peaks, for a whole
  /// step; and for one token every layer's own after the other.
  @Test func noStepIsFasterThanLight() throws {
    for seed in cases() {
      var (design, random) = try DataflowDesigns.random(seed: seed)
      design.host = .none
      let sequences = random.integer(in: 1...400)
      let context = random.integer(in: 1...20_000)
      let prompt = random.integer(in: 0...3000)
      let prior = prompt > 0 ? random.integer(in: 0...3000) : 0
      var model = StepModel(design)
      let price = model.price(
        sequences: sequences, context: context, prompt: prompt, prior: prior)
      var total = PartCost()
      model.account(
        price, steps: 1, elapsed: price.first, decodes: true,
        views: DataflowDesigns.views(model, sequences: sequences, context: context), to: &total)
      let accelerator = design.hardware.accelerator
      let peak = accelerator.peak.values.reduce(0) { max($0, $1.value) }
      let seconds = Double(price.first) * 1e-15
      #expect(seconds >= total.flops / peak * (1 - 1e-12), "seed \(seed)")
      let bandwidth = accelerator.memory[0].bandwidth.value
      #expect(seconds >= total.bytes / bandwidth * (1 - 1e-12), "seed \(seed)")
      let parts = total.compute + total.memory + total.interconnect + total.host
      #expect(abs(parts / seconds - 1) < 1e-9, "seed \(seed)")
      let pipeline = DataflowPipeline(design)
      let alone = pipeline.stages.filter { !$0.isHead }.reduce(0) {
        let chips = Double(design.layout.accelerators) * $1.weightBytes / pipeline.weightBytes
        return $0 + Double($1.layers) * $1.work(tokens: 1).speedOfLightSeconds / max(1, chips)
      }
      #expect(seconds >= alone * (1 - 1e-12), "seed \(seed)")
    }
  }

  @Test func moreIsNeverFaster() throws {
    for seed in cases() {
      var (design, random) = try DataflowDesigns.random(seed: seed)
      var model = StepModel(design)
      let sequences = random.integer(in: 1...400)
      let context = random.integer(in: 1...20_000)
      let prompt = random.integer(in: 1...3000)
      let base = model.price(sequences: sequences, context: context, prompt: prompt).first
      func first(_ sequences: Int, _ context: Int, _ prompt: Int) -> Int64 {
        model.price(sequences: sequences, context: context, prompt: prompt).first
      }
      #expect(first(sequences + 7, context, prompt) >= base, "seed \(seed)")
      #expect(first(sequences, context, prompt + 50) >= base, "seed \(seed)")
      #expect(first(sequences, context, 0) <= base, "seed \(seed)")
      // A chunked window empties as the context grows.
      if design.architecture.name != "windowed" {
        #expect(first(sequences, context + 300, prompt) >= base, "seed \(seed)")
      }
      // Whole chips that are added hold a part of the weights each.
      design.layout.pipeline *= 2
      guard design.layout.pipeline <= design.hardware.scaleUp.domain else { continue }
      var wider = StepModel(design)
      let price = wider.price(sequences: sequences, context: context, prompt: prompt)
      #expect(price.first <= base, "seed \(seed)")
    }
  }

  /// Any number of steps at once is as long as the single ones, to the femtosecond.
  @Test func stepsAtOnceAreSingleSteps() throws {
    var plateaus = 0
    for seed in cases() {
      var (design, random) = try DataflowDesigns.random(seed: seed)
      if random.integer(in: 0...1) == 0 { design.host.overlapsAccelerator = true }
      var model = StepModel(design)
      let sequences = random.integer(in: 1...4000)
      var views = DataflowDesigns.views(
        model, sequences: sequences, context: random.integer(in: 1...3000))
      func price() -> StepPrice {
        model.price(
          tokens: sequences, sampled: sequences, sequences: sequences, views: views,
          prompts: PartCost(), promptCount: 0)
      }
      let run = price()
      let steps = min(run.steadySteps, 50)
      if run.steadySteps < .max { plateaus += 1 }
      for step in 0..<steps {
        #expect(price().first == run.first + step * run.growth, "seed \(seed), step \(step)")
        views.tokens &+= views.growth
      }
      #expect(model.decodeFemtoseconds(sequences: sequences, views: views) == price().first)
    }
    #expect(plateaus > 10)
  }

  @Test func theFloorEndsWhereTheContextOvertakesIt() throws {
    var model = StepModel(try DataflowDesigns.llama2())
    var views = DataflowDesigns.views(model, sequences: 1500, context: 1)
    func price() -> StepPrice {
      model.price(
        tokens: 1500, sampled: 1500, sequences: 1500, views: views, prompts: PartCost(),
        promptCount: 0)
    }
    let run = price()
    #expect(run.growth == 0)
    #expect(run.steadySteps > 100)
    views.tokens &+= views.growth &* (run.steadySteps - 1)
    #expect(price().first == run.first)
    // The next step is longer by what its context takes beyond the latency.
    views.tokens &+= views.growth
    #expect(price().growth > 0)
    #expect(price().first >= run.first)
  }

  @Test func theBreakdownSumsToTheStep() throws {
    for seed in cases() {
      var (design, random) = try DataflowDesigns.random(seed: seed)
      let shape = StepShape(
        decodingSequences: random.integer(in: 1...3000),
        contextPerSequence: random.integer(in: 1...5000),
        promptTokens: random.integer(in: 0...2000), promptContext: 0)
      var model = StepModel(design)
      let price = model.price(
        sequences: shape.decodingSequences, context: shape.contextPerSequence,
        prompt: shape.promptTokens)
      let breakdown = StepBreakdown(design, shape: shape)
      // A femtosecond for each sequence and context token in each view.
      let rounded = Double(shape.decodingSequences * (shape.contextPerSequence * 4 + 1) + 10)
      let seconds = Double(price.first) * 1e-15
      #expect(seconds >= breakdown.seconds * (1 - 1e-12), "seed \(seed)")
      #expect(seconds <= breakdown.seconds + rounded * 1e-15, "seed \(seed)")
      for cost in breakdown.operators {
        #expect(cost.seconds >= cost.speedOfLightSeconds * (1 - 1e-12), "\(cost.name)")
      }
    }
  }

  @Test func waitingIsNotTheHosts() throws {
    var model = StepModel(
      try DataflowDesigns.llama2(host: .serial(step: 1e-3)))
    let views = DataflowDesigns.views(model, sequences: 1, context: 100)
    let price = model.price(sequences: 1, context: 100)
    var total = PartCost()
    model.account(
      price, steps: 1, elapsed: price.first, decodes: true, views: views, to: &total)
    #expect(abs(total.host - 1e-3) < 1e-12)
    // 3.28 ms, of which one stage works 2.2 us at a time.
    #expect(abs(total.interconnect - 3.28e-3) < 0.01e-3)
    #expect(total.memory > 2e-6 && total.memory < 3e-6)
  }
}
