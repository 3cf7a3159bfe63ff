import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct MemoryPlanTests {
  private let policy = MemoryPolicy(usableFraction: 0.9, reservedBytes: 1e9, blockTokens: 16)

  private func design(_ model: Architecture, ranks: Int) -> ReplicaDesign {
    ReplicaDesign(
      architecture: model, hardware: SampleMachine.profile,
      precision: Precision(weights: .bf16, keyValueCache: .bf16),
      layout: ParallelLayout(tensor: ranks), host: .none)
  }

  private func plan(_ model: Architecture, ranks: Int = 1) -> MemoryPlan {
    MemoryPlan(
      design(model, ranks: ranks), policy: policy, tokenBudget: 8192, maximumSequences: 256)
  }

  @Test func memoryPlanWorkedExample() throws {
    let plan = plan(try ModelCatalogue.load(nameOrPath: "Llama-3.1-8B"))
    #expect(abs(plan.weightBytes - 16.09e9) < 0.005e9)
    #expect(plan.usableBytes == 141e9 * 0.9)
    #expect(plan.bytesPerBlock == 16 * 131_072)
    let parts = plan.weightBytes + plan.activationBytes + plan.reservedBytes + plan.poolBytes
    #expect(abs(parts - plan.usableBytes) < 1)
    #expect(plan.blocks == Int(plan.poolBytes / plan.bytesPerBlock))
  }

  @Test func theCacheIsAShareOfWhatTheEngineTakesItOf() throws {
    let design = design(try ModelCatalogue.load(nameOrPath: "Llama-3.1-8B"), ranks: 1)
    func plan(_ basis: MemoryPolicy.Basis, _ share: Double, reserved: Double = 1e9) -> MemoryPlan {
      MemoryPlan(
        design,
        policy: MemoryPolicy(
          usableFraction: share, basis: basis, reservedBytes: reserved, blockTokens: 16),
        tokenBudget: 8192, maximumSequences: 256)
    }
    let all = plan(.all, 0.9)
    let (weights, activations) = (all.weightBytes, all.activationBytes)
    #expect(abs(all.poolBytes - (141e9 * 0.9 - weights - activations - 1e9)) < 1)
    #expect(abs(plan(.free, 0.9).poolBytes - (141e9 - weights - activations - 1e9) * 0.9) < 1)
    // Activations and the engine's own are in the rest, while that is large enough.
    #expect(abs(plan(.weightsAndCache, 0.8).poolBytes - (140e9 * 0.8 - weights)) < 1)
    let full = plan(.weightsAndCache, 0.999, reserved: 5e9)
    #expect(abs(full.poolBytes - (141e9 - activations - 5e9 - weights)) < 1)
    for basis in MemoryPolicy.Basis.allCases {
      let plan = plan(basis, 0.9)
      let parts = plan.weightBytes + plan.activationBytes + plan.reservedBytes + plan.poolBytes
      #expect(abs(parts - plan.usableBytes) < 1 && plan.usableBytes <= plan.capacityBytes)
    }
    // Nothing is left to take a share of.
    let large = MemoryPlan(
      self.design(try ModelCatalogue.load(nameOrPath: "Llama-3.1-405B"), ranks: 1),
      policy: MemoryPolicy(
        usableFraction: 0.9, basis: .free, reservedBytes: 1e9, blockTokens: 16),
      tokenBudget: 8192, maximumSequences: 256)
    #expect(large.poolBytes < 0 && large.blocks == 0)
  }

  @Test func everyPartFitsOrNoBlockIsThere() throws {
    let plan = plan(try ModelCatalogue.load(nameOrPath: "Llama-3.1-405B"))
    #expect(plan.poolBytes < 0)
    #expect(plan.blocks == 0)
  }

  @Test(arguments: [1, 2, 4, 8])
  func ranksHoldTheWholeModelAndNoMoreThanIsCopied(_ ranks: Int) {
    for model in SampleModels.all where model.name != "hybrid" || ranks <= 4 {
      let whole = LayerGraph(design(model, ranks: 1)).weightBytes
      let together = LayerGraph(design(model, ranks: ranks)).weightBytes * Double(ranks)
      let allowed = whole + Double(copiedWeights(of: model, ranks: ranks)) * 2
      #expect(together >= whole * (1 - 1e-12), "\(model.name)")
      #expect(together <= allowed * (1 + 1e-12), "\(model.name)")
    }
  }

  /// Key-value heads beyond one a rank, MLA's down projections and the routers are on every rank.
  private func copiedWeights(of model: Architecture, ranks: Int) -> Int {
    model.groups.reduce(0) { sum, group in
      var copied = 0
      switch group.mixer {
      case .attention(let layer):
        copied =
          2 * max(0, ranks - layer.keyValueHeads) * layer.headDimension * model.hiddenSize
      case .latentAttention(let layer):
        let width = (layer.queryRank ?? 0) + layer.keyValueRank + layer.ropeDimension
        copied = (ranks - 1) * width * model.hiddenSize
      case .compressedAttention(let layer):
        copied = layer.projections(hiddenSize: model.hiddenSize).reduce(0) {
          $0 + ($1.cut == .whole ? (ranks - 1) * $1.parameters : 0)
        }
      case .recurrent, .none: break
      }
      if case .experts(let mixture) = group.feedForward {
        copied += (ranks - 1) * mixture.experts * model.hiddenSize
      }
      return sum + group.count * copied
    }
  }

  @Test func keyValueHeadsAreDividedUntilEachRankHasOne() {
    let model = SampleModels.dense(layers: 2, hidden: 512, heads: 8, keyValueHeads: 2)
    let bytes = [1, 2, 4, 8].map { CacheFootprint(design(model, ranks: $0)).growingBytesPerToken }
    #expect(bytes == [1024, 512, 512, 512])
    let latent = SampleModels.latent()
    #expect(
      CacheFootprint(design(latent, ranks: 4)) == CacheFootprint(design(latent, ranks: 1)))
  }

  @Test func samplingHoldsMoreThanTheLayers() throws {
    let model = try ModelCatalogue.load(nameOrPath: "Qwen2.5-7B")
    func activations(_ bytesPerLogit: Double) -> Double {
      let policy = MemoryPolicy(
        usableFraction: 0.9, reservedBytes: 0, bytesPerLogit: bytesPerLogit, blockTokens: 16)
      return MemoryPlan(
        design(model, ranks: 1), policy: policy, tokenBudget: 8192, maximumSequences: 1024
      ).activationBytes
    }
    #expect(abs(activations(14.4) - (8192 * 4 * 3584 + 1024 * 152_064 * 14.4)) < 1)
    #expect(abs(activations(14.4) - 2.36e9) < 0.005e9)
    // Where sampling holds little, the layers decide.
    #expect(activations(0) == 8192 * Double(3 * 18_944 + 4 * 3584) * 2)
  }

  @Test func expertsKeepWhatTheyComputeIn() throws {
    let design = ReplicaDesign(
      architecture: try ModelCatalogue.load(nameOrPath: "Qwen3-30B-A3B"),
      hardware: try HardwareCatalogue.load(nameOrPath: "h100-sxm"),
      precision: Precision(weights: .bf16, keyValueCache: .bf16), layout: ParallelLayout(),
      host: .none)
    func activations(_ generations: [String]) -> Double {
      var policy = MemoryPolicy(
        usableFraction: 0.95, reservedBytes: 0, bytesPerLogit: 14.4, blockTokens: 16)
      policy.workspaceGenerations = generations
      return MemoryPlan(design, policy: policy, tokenBudget: 8192, maximumSequences: 1024)
        .activationBytes
    }
    let kept = activations(["ampere", "hopper"]) - activations([])
    #expect(kept == 8192 * 8 * (2048 + 2048) * 2)
    #expect(activations(["blackwell"]) == activations([]))
  }

  @Test func expertsArePadded() {
    let padding = ExpertPadding(hidden: 256, inner: 256, innerWidened: 128)
    let widened = padding.factor(hidden: 2880, inner: 1440, isWidened: true)
    #expect(abs(widened - 3072.0 / 2880 * 1536 / 1440) < 1e-12)
    let narrow = padding.factor(hidden: 2880, inner: 2880, isWidened: false)
    #expect(narrow == (3072.0 / 2880) * (3072.0 / 2880))
    #expect(ExpertPadding.none.factor(hidden: 2880, inner: 360, isWidened: true) == 1)
  }

  @Test func aStatedPoolIsTakenAsItIs() throws {
    func blocks(_ stated: Int) throws -> Int {
      let policy = MemoryPolicy(
        usableFraction: 0.9, reservedBytes: 1e9, blockTokens: 16, statedBlocks: stated)
      return MemoryPlan(
        design(try ModelCatalogue.load(nameOrPath: "Llama-3.1-8B"), ranks: 1), policy: policy,
        tokenBudget: 8192, maximumSequences: 256
      ).blocks
    }
    #expect(try blocks(1000) == 1000)
    // Beside 16.1 GB of weights, 141 GB have room for 59,500 blocks of 2.1 MB.
    #expect(try blocks(59_000) == 59_000)
    #expect(try blocks(60_000) == 0)
  }

  @Test func windowsAndStatesAreCountedOnceASequence() {
    let windowed = plan(SampleModels.windowed(sliding: 24, chunk: 32))
    // Two layers of 4 heads of 64 in bf16: 1,024 B a token in each, blocks of 16 tokens of one.
    #expect(windowed.fixedBlocks(finalContext: 1000) == 4)
    #expect(windowed.fixedBlocks(finalContext: 8) == 1)
    let hybrid = plan(SampleModels.hybrid())
    #expect(hybrid.stateBytesPerSequence > 0)
    #expect(hybrid.fixedBlocks(finalContext: 1) == hybrid.fixedBlocks(finalContext: 100_000))
  }

  @Test func theCacheOfATokenIsWhatTheArchitectureSays() throws {
    for name in ModelCatalogue.names {
      let model = try ModelCatalogue.load(nameOrPath: name)
      let footprint = CacheFootprint(design(model, ranks: 1))
      let expected =
        model.growingKeyValueBytesPerToken(bytesPerElement: 2) + Double(model.indexBytesPerToken)
      #expect(footprint.growingBytesPerToken == expected, "\(name)")
      #expect(footprint.stateBytes == Double(model.stateBytesPerSequence), "\(name)")
    }
  }
}

/// What a rank holds on layouts of more than tensor ranks.
struct LayoutMemoryTests {
  private func design(_ layout: ParallelLayout) throws -> ReplicaDesign {
    ReplicaDesign(
      architecture: try ModelCatalogue.load(nameOrPath: "DeepSeek-V3"),
      hardware: SampleMachine.profile,
      precision: Precision(weights: .fp8, keyValueCache: .bf16), layout: layout, host: .none)
  }

  @Test func expertsAreSpreadAndTheRestIsCopied() throws {
    func weights(_ layout: ParallelLayout) throws -> Double {
      LayerGraph(try design(layout)).weightBytes
    }
    let expert = 58 * 3 * 7168 * 2048.0
    let alone = try weights(ParallelLayout())
    let spread = try weights(ParallelLayout(attentionData: 32, expert: 32))
    #expect(abs(alone - spread - (256 - 8) * expert) < 1)
    // Cut over all ranks instead of spread: as much on each.
    let cut = try weights(ParallelLayout(attentionData: 32))
    #expect(abs(cut - spread) < 1)
    let copies = try weights(ParallelLayout(attentionData: 32, expert: 32, redundantExperts: 32))
    #expect(abs(copies - spread - expert) < 1)
    // Four ranks of an expert each.
    let quarters = try weights(ParallelLayout(attentionData: 32, expert: 8))
    #expect(abs(quarters - spread) < 1)
  }

  @Test func theTokensOfAllRanksArriveAtTheExperts() throws {
    let policy = MemoryPolicy(usableFraction: 0.9, reservedBytes: 0, blockTokens: 64)
    func bytes(_ layout: ParallelLayout) throws -> Double {
      MemoryPlan(try design(layout), policy: policy, tokenBudget: 1000, maximumSequences: 1)
        .activationBytes
    }
    // Spread as they come, a rank has as many pairs as its own tokens have.
    #expect(
      try bytes(ParallelLayout(attentionData: 8, expert: 8)) == bytes(ParallelLayout()))
    #expect(try bytes(ParallelLayout(attentionData: 8)) > 3.5 * bytes(ParallelLayout()))
  }

  @Test func aTransferCarriesOneCopyOfAllLayers() throws {
    for layout in [
      ParallelLayout(), ParallelLayout(tensor: 8, context: 8), ParallelLayout(pipeline: 4),
      ParallelLayout(attentionData: 8, expert: 8),
    ] {
      #expect(try design(layout).cacheBytesPerToken == 70_272)
      #expect(try design(layout).cacheBytes(context: 1000) == 70_272_000)
    }
  }
}
