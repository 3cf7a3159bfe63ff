import ModelArchitecture
import Testing

struct ParameterCountTests {
  @Test("matrices are those of an independent count", arguments: PublishedCounts.all)
  func matricesEqualAnIndependentCount(published: PublishedCounts) throws {
    let model = try ModelCatalogue.load(nameOrPath: published.model)
    let count = model.parameterCount
    let indexers = count.groups.reduce(0) { $0 + $1.count * $1.layer.indexer.matrices }
    #expect(count.totalMatrices - indexers == published.matrices)
    #expect(count.activeMatrices - indexers == published.activeMatrices)
  }

  /// Published totals that mean something else than the language model's parameters.
  static let otherTotals = [
    "moonshotai/Kimi-K2-Instruct": "rounded to 1T; 1,026B by its config",
    "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16": "rounded in the name; 31.6B by its config",
    "google/gemma-3-12b-it": "includes a vision tower of 0.4B",
  ]

  @Test(
    "totals are the published ones within 1.5 %",
    arguments: PublishedCounts.all.filter { $0.total != nil })
  func totalsAreThePublishedOnes(published: PublishedCounts) throws {
    let total = Double(
      try ModelCatalogue.load(nameOrPath: published.model).parameterCount.total)
    let error = total / (try #require(published.total) * 1e9) - 1
    #expect((error.magnitude <= 0.015) == (Self.otherTotals[published.model] == nil), "\(error)")
  }

  /// Vendors leave out both tables, the input table, or none. The rest state it as a round number,
  /// so a count within half a billion or 5 % by one of the conventions is the same number.
  @Test(
    "active parameters are the published ones by one of three conventions",
    arguments: PublishedCounts.all.filter { $0.active != nil })
  func activeParametersArePublishedOnes(published: PublishedCounts) throws {
    let count = try ModelCatalogue.load(nameOrPath: published.model).parameterCount
    let expected = try #require(published.active) * 1e9
    let conventions = [count.active, count.activeWithoutInputTable, count.activeWithoutTables]
    #expect(
      conventions.contains {
        (Double($0) - expected).magnitude <= max(0.5e9, 0.05 * expected)
      }, "\(conventions)")
  }

  /// Sums over the tensors of the published checkpoints, as the Hugging Face and GGUF headers state
  /// them (DeepSeek-V3: without its multi-token-prediction layer, and without the 58 x 256 biases
  /// that rank experts, which are buffers of the module and no parameters); from DeepSeek-V4 on,
  /// over the parameters of the modules of transformers 5.24.
  @Test(
    "totals are exact to the last parameter",
    arguments: [
      ("Llama-3.1-8B", 8_030_261_248), ("Llama-3.1-70B", 70_553_706_496),
      ("Mixtral-8x7B-v0.1", 46_702_792_704),
      ("Qwen3-30B-A3B", 30_532_122_624), ("DeepSeek-V3", 671_026_404_352),
      ("gpt-oss-20b", 20_914_757_184), ("bge-m3", 567_754_752), ("gpt-oss-120b", 116_829_156_672),
      ("DeepSeek-V4-Flash", 284_332_230_231), ("DeepSeek-V4-Pro", 1_572_997_179_491),
      ("GLM-5", 743_911_199_232), ("GLM-5.2", 743_377_000_704),
      ("gemma-4-26B-A4B", 25_233_141_760), ("MiMo-V2-Flash", 308_778_768_832),
    ])
  func totalsAreExact(model: String, total: Int) throws {
    #expect(try ModelCatalogue.load(nameOrPath: model).parameterCount.total == total)
  }

  @Test("gpt-oss leaves the input table out of its active parameters")
  func activeParametersOfGptOss() throws {
    // Biases, sinks and norms of 24 layers, and the last norm: 24 * 48,416 + 2,880.
    let small = try ModelCatalogue.load(nameOrPath: "gpt-oss-20b").parameterCount
    #expect(small.activeWithoutInputTable == 3_607_142_400 + 1_164_864)
    let large = try ModelCatalogue.load(nameOrPath: "gpt-oss-120b").parameterCount
    #expect((Double(large.activeWithoutInputTable) / 1e9 - 5.13).magnitude < 0.01)
  }

  @Test("latent attention of DeepSeek-V3 counts its low-rank matrices")
  func latentAttentionOfDeepSeekV3() throws {
    let model = try ModelCatalogue.load(nameOrPath: "DeepSeek-V3")
    let layer = model.parameterCount.groups[1].layer
    #expect(layer.mixer == ParameterTally(matrices: 187_105_280, vectors: 2048))
    #expect(layer.expert.total == 3 * 7168 * 2048)
    #expect(layer.shared.total == layer.expert.total)
    #expect(layer.router == ParameterTally(matrices: 7168 * 256))
    #expect(layer.norms.total == 2 * 7168)
    #expect(layer.dense.total == 0)
  }

  @Test("a sparse indexer adds its own matrices")
  func indexerOfDeepSeekV32() throws {
    let sparse = try ModelCatalogue.load(nameOrPath: "DeepSeek-V3.2").parameterCount
    let full = try ModelCatalogue.load(nameOrPath: "DeepSeek-V3").parameterCount
    let indexer = 1536 * 64 * 128 + 7168 * 128 + 7168 * 64 + 2 * 128
    #expect(sparse.groups.allSatisfy { $0.layer.indexer.total == indexer })
    #expect(sparse.total - full.total == 61 * indexer)
  }

  @Test("a tied head is stored once and still multiplied")
  func tiedHead() throws {
    let count = try ModelCatalogue.load(nameOrPath: "gemma-3-27b-it").parameterCount
    #expect(count.head == 0)
    #expect(count.embedding == 262_208 * 5376)
    #expect(count.activeWithoutInputTable == count.active)
    #expect(count.groups[0].layer.norms.total == 4 * 5376)
  }

  @Test("the parts of a layer sum to the whole model", arguments: ModelCatalogue.names)
  func partsSumToTheWhole(name: String) throws {
    let model = try ModelCatalogue.load(nameOrPath: name)
    let count = model.parameterCount
    let layers = count.groups.reduce(0) { $0 + $1.count * $1.layer.total.total }
    #expect(count.embedding + count.head + count.outside.total + layers == count.total)
    #expect(count.active <= count.total)
    #expect(count.groups.map(\.count) == model.groups.map(\.count))
  }
}
