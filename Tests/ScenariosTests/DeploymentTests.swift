import Diagnostics
import Hardware
import ModelArchitecture
import OperatorCosts
import Scenarios
import ServingSimulation
import Testing
import Units

/// What a scenario becomes when everything that it leaves out is filled in.
@Suite struct DeploymentTests {
  @Test func oneReplicaServesWhenNothingIsSaid() throws {
    let deployment = try SampleScenario.deployment("")
    let pool = try #require(deployment.pools.first)
    #expect(deployment.pools.count == 1)
    #expect((pool.name, pool.role, pool.replicas) == ("serving", .serving, 1))
    #expect(pool.design.layout == ParallelLayout())
    #expect(pool.availability == .always)
    #expect(pool.prefixCache == nil)
    #expect(deployment.transfer == nil)
    #expect(deployment.accelerators == 1)
  }

  @Test func poolsTakeWhatTheyDoNotSetFromTheScenario() throws {
    let deployment = try SampleScenario.deployment(
      """
      replicas: 3
      routing: round-robin
      parallelism: {tensor: 2}
      quantization: {weights: fp8, kv_cache: fp8}
      scheduler: {token_budget: 4096, maximum_sequences: 128}
      speculation: {method: lookup, acceptance: [0.5]}
      pools:
        prefill: {parallelism: {pipeline: 2}, scheduler: {token_budget: 16384}}
        decode: {replicas: 1, hardware: h100-sxm, quantization: {kv_cache: bf16}}
      """)
    let (prefill, decode) = (deployment.pools[0], deployment.pools[1])
    #expect((prefill.role, decode.role) == (.prefill, .decode))
    #expect(prefill.design.layout == ParallelLayout(tensor: 2, pipeline: 2))
    #expect(decode.design.layout == ParallelLayout(tensor: 2))
    #expect((prefill.replicas, decode.replicas) == (3, 1))
    #expect((prefill.hardware.name, decode.hardware.name) == ("h200-sxm", "h100-sxm"))
    #expect(prefill.routing == .roundRobin)
    #expect((prefill.limits.tokenBudget, decode.limits.tokenBudget) == (16_384, 4_096))
    #expect(prefill.limits.maximumSequences == 128)
    #expect(prefill.design.precision == Precision(weights: .fp8, keyValueCache: .fp8))
    #expect(decode.design.precision == Precision(weights: .fp8, keyValueCache: .bf16))
    #expect(prefill.design.speculation == nil)
    #expect(decode.design.speculation == Speculation(drafter: .lookup, acceptance: [0.5]))
    #expect(deployment.accelerators == 3 * 4 + 2)
  }

  @Test func hardwareOptionReplacesWhatPoolsDoNotName() throws {
    let text = SampleScenario.text(
      "pools:\n  prefill: {}\n  decode: {hardware: h100-sxm}")
    let scenario = try ScenarioCatalogue.read(
      text: text, file: "x.yaml",
      overrides: [.init(path: ["hardware"], value: "'b200-sxm'", place: "--hardware b200-sxm")]
    ) { _ in preconditionFailure("there is no trace") }
    #expect(try Deployment(scenario).pools.map(\.hardware.name) == ["b200-sxm", "h100-sxm"])
  }

  // MARK: Transfers

  /// 900 GB/s for each of the four accelerators on the narrower side.
  @Test func transferWithinADomain() throws {
    let deployment = try SampleScenario.deployment(
      """
      pools:
        prefill: {parallelism: {tensor: 4}}
        decode: {parallelism: {tensor: 8}}
      """, hardware: "gb200-nvl72")
    let transfer = try #require(deployment.transfer)
    #expect(transfer.link == .scaleUp)
    #expect(transfer.transfer.bytesPerSecond == 4 * 900e9)
    #expect(transfer.transfer.bytesPerToken == 131_072)
    #expect(transfer.transfer.bytesPerSequence == 0)
  }

  /// Two servers of eight have 50 GB/s a GPU between them.
  @Test func transferBetweenDomains() throws {
    let deployment = try SampleScenario.deployment(
      """
      pools:
        prefill: {parallelism: {tensor: 2}, replicas: 4}
        decode: {quantization: {kv_cache: fp8}}
      """)
    let transfer = try #require(deployment.transfer)
    #expect(transfer.link == .scaleOut)
    #expect(transfer.transfer.bytesPerSecond == 50e9)
    // In the format of the pool that decodes.
    #expect(transfer.transfer.bytesPerToken == 65_536)
  }

  @Test func statedTransferReplacesTheLink() throws {
    let deployment = try SampleScenario.deployment(
      """
      transfer: {bandwidth: 10 GB/s, latency: 1 ms}
      pools: {prefill: {hardware: l40s}, decode: {}}
      """)
    let transfer = try #require(deployment.transfer)
    #expect(transfer.link == .scenario)
    #expect(transfer.transfer.bytesPerSecond == 10e9)
    #expect(transfer.transfer.latencySeconds == 1e-3)
  }

  /// Every second layer of gpt-oss keeps the last 128 tokens alone: they are sent once a sequence.
  @Test func windowsAreSentOnceASequence() throws {
    let deployment = try SampleScenario.deployment(
      "pools: {prefill: {}, decode: {}}", model: "openai/gpt-oss-20b")
    let transfer = try #require(deployment.transfer?.transfer)
    #expect(transfer.bytesPerToken == 12 * 2 * 8 * 64 * 2)
    #expect(transfer.bytesPerSequence == 128 * 12 * 2 * 8 * 64 * 2)
  }

  // MARK: Dataflow machines

  @Test func chipsAreThePipelineOfADataflowMachine() throws {
    let deployment = try SampleScenario.deployment(
      "parallelism: {chips: 576}\nquantization: {weights: int8}",
      model: "meta-llama/Llama-2-70b-hf", hardware: "groq-lpu", engine: "groq")
    #expect(deployment.pools[0].design.layout == ParallelLayout(pipeline: 576))
    #expect(deployment.accelerators == 576)
  }

  /// Eight GPUs have 50 GB/s each, 256 chips as much: the GPUs are the narrower side.
  @Test func feedForwardsOnChipsShareTheNetwork() throws {
    let deployment = try SampleScenario.deployment(
      "parallelism: {tensor: 8}\nfeed_forward: {hardware: groq-3-lpx, chips: 256}")
    let remote = try #require(deployment.pools[0].design.remoteFeedForward)
    #expect(remote.linkBytesPerSecond == 8 * 50e9)
    #expect(abs(remote.linkLatencySeconds - 5e-6) < 1e-12)
    #expect(deployment.accelerators == 264)
  }

  // MARK: Failures and prefixes

  @Test func outagesAreRead() throws {
    let deployment = try SampleScenario.deployment(
      """
      replicas: 2
      availability:
        mean_time_between_failures: 400 h
        restart: 10 min
        on_failure: lose
        outages: [{replica: 1, at: 60 s, for: 5 min, kind: maintenance}]
      """)
    let availability = deployment.pools[0].availability
    #expect(availability.meanTimeBetweenFailures == SimDuration(seconds: 1_440_000))
    #expect(availability.restart == SimDuration(seconds: 600))
    #expect(availability.loss == .lose)
    #expect(
      availability.planned == [
        Availability.Outage(
          kind: .maintenance, replica: 1, start: .zero + SimDuration(seconds: 60),
          duration: SimDuration(seconds: 300))
      ])
  }

  /// A hash block of 16 tokens of 131,072 B over 55 GB/s, and 16 GB of the host's memory.
  @Test func prefixCacheNeedsPromptsThatShare() throws {
    #expect(try SampleScenario.deployment("prefix_cache: true").pools[0].prefixCache == nil)
    let text = SampleScenario.text("prefix_cache: {host_memory: 16 GB}")
      .replacing("  output: 50", with: "  output: 50\n  shared_prefix: {tokens: 400}")
    let pool = try Deployment(SampleScenario.scenario(text)).pools[0]
    let cache = try #require(pool.prefixCache)
    let link = try #require(pool.hardware.hostLinkBandwidth).value
    #expect(cache.hashTokens == 16)
    #expect(cache.hostBlocks == 7_629)
    #expect(abs(cache.loadSecondsPerBlock - 16 * 131_072 / link) < 1e-12)
    let off = text.replacing("{host_memory: 16 GB}", with: "false")
    #expect(try Deployment(SampleScenario.scenario(off)).pools[0].prefixCache == nil)
  }
}

/// What guesses is found by its config, or made like the model.
struct DraftDeploymentTests {
  @Test func headsAndModelsAreFound() throws {
    let head = try SampleScenario.deployment(
      "speculation: {method: eagle3, acceptance: [0.8, 0.6]}")
    let own = try #require(head.pools[0].design.speculation?.model)
    #expect(own.architecture.draftHead == .eagle3)
    #expect(own.weights == .bf16)
    let draft = try SampleScenario.deployment(
      "speculation: {method: draft, model: Qwen/Qwen3-8B, guesses: 2, acceptance: 0.7}",
      model: "Qwen/Qwen3-32B")
    let speculation = try #require(draft.pools[0].design.speculation)
    #expect(speculation.model?.architecture.name == "Qwen/Qwen3-8B")
    #expect(speculation.acceptance == [0.7, 0.7])
    let plain = try SampleScenario.deployment("", model: "Qwen/Qwen3-32B")
    // 8.19 billion weights and a cache of 36 layers beside 64 of the same heads.
    let more = draft.pools[0].memory.weightBytes - plain.pools[0].memory.weightBytes
    #expect(abs(more / 16.38e9 - 1) < 1e-3)
    #expect(
      draft.pools[0].memory.bytesPerBlock == plain.pools[0].memory.bytesPerBlock * 100 / 64)
    #expect(
      head.changed(engine: head.engine)?.pools[0].design.speculation
        == head.pools[0].design.speculation)
  }
}
