import Diagnostics
import Hardware
import OperatorCosts
import ServingSimulation
import Testing

@testable import Scenarios

/// Releases of engines by name, and what they do by default on which machine.
@Suite struct EngineReleaseTests {
  @Test(arguments: [
    ("vllm@0.8.5", "vllm@0.8"), ("vllm@0.11", "vllm@0.9"), ("vllm@0.13.2", "vllm@0.9"),
    ("vllm@0.16", "vllm@0.14"), ("vllm@0.19.0", "vllm@0.17"), ("vllm@0.33", "vllm"),
    ("sglang@0.4.9", "sglang@0.4"), ("sglang@0.5.7", "sglang@0.5"), ("sglang@0.5.8", "sglang"),
    ("tensorrt-llm@0.20", "tensorrt-llm@0.14"), ("tensorrt-llm@1.2.0", "tensorrt-llm"),
  ])
  func aReleaseHasTheProfileOfItsGeneration(_ name: String, _ profile: String) throws {
    #expect(try EngineCatalogue.load(nameOrPath: name).name == profile)
  }

  @Test(arguments: [
    (
      "vllm@0.5",
      "nothing is known of releases of `vllm` before 0.8: 0.5; the oldest is `vllm@0.8`"
    ),
    ("vllm@new", "no release of `vllm`: new; write its numbers, as in `vllm@0.8`"),
    ("vlm@0.9", "unknown engine profile `vlm@0.9`; did you mean `vllm@0.9`?"),
  ])
  func aReleaseNobodyKnowsIsRefused(_ name: String, _ words: String) {
    let error = #expect(throws: InvalidInput.self) {
      try EngineCatalogue.load(nameOrPath: name)
    }
    let said = error?.diagnostics.map { $0.message + "; " + ($0.hint ?? "") }
    #expect(said == [words])
  }

  @Test func aProfileSaysOnlyWhatIsDifferent() throws {
    let (new, old) = (
      try EngineCatalogue.load(nameOrPath: "vllm"), try EngineCatalogue.load(nameOrPath: "vllm@0.9")
    )
    #expect(old.policy == new.policy && old.platforms == new.platforms)
    #expect(new.host.overlapsAccelerator && !old.host.overlapsAccelerator)
    #expect(old.memory.usableFraction == 0.9 && new.memory.usableFraction == 0.92)
    func paths(_ engine: EngineProfile) -> Set<String> {
      Set(engine.settings.map(\.path).filter { !$0.hasPrefix("machines") })
    }
    #expect(paths(old) == paths(new))
  }

  @Test func aReleaseHasGapsOfItsOwnOnSomeMachinesAlone() throws {
    let (new, old) = (
      try EngineCatalogue.load(nameOrPath: "sglang"),
      try EngineCatalogue.load(nameOrPath: "sglang@0.5")
    )
    #expect(old.platforms.keys.sorted() == new.platforms.keys.sorted())
    let changed = old.platforms.filter { $0.value != new.platforms[$0.key] }
    #expect(changed.keys.sorted() == ["cdna3", "cdna4"])
  }

  @Test(arguments: [
    ("a100-sxm", 2048, 256), ("l40s", 2048, 256), ("h100-sxm", 8192, 1024),
    ("b200-sxm", 16_384, 1024), ("mi300x", 16_384, 1024),
  ])
  func defaultsAreThoseOfTheMachine(_ machine: String, _ budget: Int, _ sequences: Int) throws {
    let pool = try SampleScenario.deployment("", hardware: machine).pools[0]
    #expect(pool.limits.tokenBudget == budget && pool.limits.maximumSequences == sequences)
  }

  @Test func capturesCountTokensOrAreOthersWhereTokensAreGuessed() throws {
    let vllm = try EngineCatalogue.load(nameOrPath: "vllm")
      .started(on: try HardwareCatalogue.load(nameOrPath: "h200-sxm"))
    #expect(vllm.host.capturedBatches.last == 512)
    #expect(vllm.capturedBatches(tokensPerSequence: 4).last == 128)
    let sglang = try EngineCatalogue.load(nameOrPath: "sglang")
      .started(on: try HardwareCatalogue.load(nameOrPath: "h200-sxm"), tensor: 2)
    #expect(sglang.host.padded(9) == 12 && sglang.host.padded(41) == 48)
    #expect(sglang.host.capturedBatches.last == 256)
    #expect(sglang.capturedBatches(tokensPerSequence: 3).contains(9) == false)
    #expect(sglang.capturedBatches(tokensPerSequence: 3).contains(10))
  }

  @Test func heldBackWorkedExample() throws {
    func share(_ machine: String, tensor: Int = 1) throws -> Double {
      let hardware = try HardwareCatalogue.load(nameOrPath: machine)
      let engine = try EngineCatalogue.load(nameOrPath: "sglang")
        .started(on: hardware, tensor: tensor)
      return try #require(engine.heldBack).usableFraction(
        tokenBudget: engine.tokenBudget, captured: engine.host.capturedBatches.last ?? 0,
        ranks: tensor, of: hardware.accelerator.memory[0].foundBytes)
    }
    #expect(abs(try share("h100-sxm") - 0.834) < 0.001)
    #expect(abs(try share("h200-sxm") - 0.906) < 0.001)
  }

  @Test func aPoolMayBeStatedInBlocksOrTokens() throws {
    func blocks(_ keys: String) throws -> Int {
      try SampleScenario.deployment(keys).pools[0].memory.blocks
    }
    #expect(try blocks("memory: {blocks: 1234}") == 1234)
    #expect(try blocks("memory: {tokens: 32000}") == 2000)
    let error = #expect(throws: InvalidInput.self) {
      try blocks("memory: {blocks: 10, tokens: 160}")
    }
    #expect(
      error?.diagnostics.map(\.message)
        == ["`memory.tokens` and `memory.blocks` both say how large the cache is"])
  }

  @Test func seventyBillionWeightsFitOnTwoCardsOfEightyGigabytes() throws {
    let deployment = try SampleScenario.deployment(
      "parallelism: {tensor: 2}", model: "meta-llama/Llama-3.1-70B", hardware: "h100-sxm")
    #expect(deployment.pools[0].memory.poolBytes > 1.4e9)
  }
}
