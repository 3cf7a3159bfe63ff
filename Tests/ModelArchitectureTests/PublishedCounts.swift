import Testing

/// Reference numbers of the shipped models: what vendors publish, and a count made independently.
///
/// The published ones are in billions, from the source named. The others were counted from the same
/// configs by a separate program with the formulas of the model reports; from DeepSeek-V4 on, but
/// for MiniMax-M3, by the modules of transformers 5.24 without their data. That counts matrices
/// only, and neither norms, biases and other vectors nor sparse indexers and shared-expert
/// gates; in DeepSeek-V4 the indexers are parts of the attention and count, and the biases of
/// places in an entry do not. Its cache is at 2 bytes an element over all layers that keep keys
/// and values.
struct PublishedCounts: Sendable, CustomTestStringConvertible {
  var model: String
  var total: Double?
  var active: Double?
  var source: String
  var matrices: Int
  var activeMatrices: Int
  var cacheBytes: Double
  var cacheLayers: Int

  var testDescription: String { model }

  private init(
    _ model: String, _ total: Double?, _ active: Double?, _ source: String, matrices: Int,
    _ activeMatrices: Int, cache cacheBytes: Double, _ cacheLayers: Int
  ) {
    self.model = model
    self.total = total
    self.active = active
    self.source = source
    self.matrices = matrices
    self.activeMatrices = activeMatrices
    self.cacheBytes = cacheBytes
    self.cacheLayers = cacheLayers
  }

  static let all: [PublishedCounts] = [
    .init(
      "meta-llama/Llama-3.1-8B", 8.03, 8.03, "Meta model card",
      matrices: 8_029_995_008, 8_029_995_008, cache: 131_072, 32),
    .init(
      "meta-llama/Llama-3.1-70B", 70.6, 70.6, "Meta model card",
      matrices: 70_552_387_584, 70_552_387_584, cache: 327_680, 80),
    .init(
      "meta-llama/Llama-3.1-405B", 405, 405, "Meta model card",
      matrices: 405_849_243_648, 405_849_243_648, cache: 516_096, 126),
    .init(
      "meta-llama/Llama-3.3-70B-Instruct", 70.6, 70.6, "HF model card",
      matrices: 70_552_387_584, 70_552_387_584, cache: 327_680, 80),
    .init(
      "BAAI/bge-reranker-v2-m3", 0.568, nil, "HF model card",
      matrices: 566_383_616, 566_383_616, cache: 0, 0),
    .init(
      "BAAI/bge-m3", 0.568, nil, "HF model card",
      matrices: 566_383_616, 566_383_616, cache: 0, 0),
    .init(
      "meta-llama/Llama-2-7b-hf", 6.74, 6.74, "Llama 2 report",
      matrices: 6_738_149_376, 6_738_149_376, cache: 524_288, 32),
    .init(
      "meta-llama/Llama-2-13b-hf", 13, 13, "Llama 2 report",
      matrices: 13_015_449_600, 13_015_449_600, cache: 819_200, 40),
    .init(
      "meta-llama/Llama-2-70b-hf", 69, 69, "Llama 2 report",
      matrices: 68_975_329_280, 68_975_329_280, cache: 327_680, 80),
    .init(
      "Qwen/Qwen2.5-7B", 7.61, 7.61, "Qwen2.5 model cards",
      matrices: 7_615_283_200, 7_615_283_200, cache: 57_344, 28),
    .init(
      "Qwen/Qwen2.5-32B", 32.5, 32.5, "Qwen2.5 model cards",
      matrices: 32_762_757_120, 32_762_757_120, cache: 262_144, 64),
    .init(
      "Qwen/Qwen2.5-72B", 72.7, 72.7, "Qwen2.5 model cards",
      matrices: 72_704_065_536, 72_704_065_536, cache: 327_680, 80),
    .init(
      "Qwen/Qwen3-8B", 8.2, 8.2, "Qwen3 model cards",
      matrices: 8_190_427_136, 8_190_427_136, cache: 147_456, 36),
    .init(
      "Qwen/Qwen3-32B", 32.8, 32.8, "Qwen3 model cards",
      matrices: 32_761_446_400, 32_761_446_400, cache: 262_144, 64),
    .init(
      "Qwen/Qwen3-14B", 14.8, 14.8, "Qwen3-14B model card 14.8B",
      matrices: 14_767_882_240, 14_767_882_240, cache: 163_840, 40),
    .init(
      "Qwen/Qwen3-30B-A3B", 30.5, 3.3, "Qwen3 model cards",
      matrices: 30_531_911_680, 3_352_821_760, cache: 98_304, 48),
    .init(
      "Qwen/Qwen3-235B-A22B", 235, 22, "Qwen3 model cards",
      matrices: 235_092_836_352, 22_189_965_312, cache: 192_512, 94),
    .init(
      "Qwen/Qwen3-Coder-480B-A35B-Instruct", 480, 35, "model card",
      matrices: 480_154_091_520, 35_473_981_440, cache: 253_952, 62),
    .init(
      "Qwen/Qwen3-Next-80B-A3B-Instruct", 80, 3, "model card",
      matrices: 79_674_081_280, 3_874_619_392, cache: 24_576, 12),
    .init(
      "Qwen/Qwen3.5-397B-A17B", 397, 17, "model name",
      matrices: 396_345_589_760, 17_348_280_320, cache: 30_720, 15),
    .init(
      "Qwen/Qwen3.5-122B-A10B", 122, 10, "model name",
      matrices: 122_111_066_112, 9_770_827_776, cache: 24_576, 12),
    .init(
      "Qwen/Qwen3.5-35B-A3B", 35, 3, "model name",
      matrices: 34_660_352_000, 3_454_730_240, cache: 20_480, 10),
    .init(
      "Qwen/Qwen3.5-27B", 27, 27, "model name",
      matrices: 26_895_319_040, 26_895_319_040, cache: 65_536, 16),
    .init(
      "deepseek-ai/DeepSeek-V3", 671, 37, "arXiv:2412.19437",
      matrices: 671_025_397_760, 37_551_276_032, cache: 70_272, 61),
    .init(
      "deepseek-ai/DeepSeek-R1", 671, 37, "DeepSeek-R1 model card",
      matrices: 671_025_397_760, 37_551_276_032, cache: 70_272, 61),
    .init(
      "deepseek-ai/DeepSeek-V3.2", 671, 37, "DeepSeek-V3, its base",
      matrices: 671_025_397_760, 37_551_276_032, cache: 70_272, 61),
    .init(
      "deepseek-ai/DeepSeek-V2", 236, 21, "DeepSeek-V2 paper 236B/21B",
      matrices: 235_740_692_480, 21_375_057_920, cache: 69_120, 60),
    .init(
      "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", 7.62, 7.62, "HF model card",
      matrices: 7_615_283_200, 7_615_283_200, cache: 57_344, 28),
    .init(
      "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", 32.8, 32.8, "HF model card",
      matrices: 32_762_757_120, 32_762_757_120, cache: 262_144, 64),
    .init(
      "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", 70.6, 70.6, "HF model card",
      matrices: 70_552_387_584, 70_552_387_584, cache: 327_680, 80),
    .init(
      "mistralai/Mixtral-8x7B-v0.1", 46.7, 12.9, "arXiv:2401.04088, Mistral blog",
      matrices: 46_702_526_464, 12_879_659_008, cache: 131_072, 32),
    .init(
      "mistralai/Mixtral-8x22B-v0.1", 141, 39, "arXiv:2401.04088, Mistral blog",
      matrices: 140_619_939_840, 39_151_337_472, cache: 229_376, 56),
    .init(
      "openai/gpt-oss-20b", 20.9, 3.6, "gpt-oss model card",
      matrices: 20_907_786_240, 4_186_275_840, cache: 49_152, 24),
    .init(
      "openai/gpt-oss-120b", 116.8, 5.1, "gpt-oss model card",
      matrices: 116_788_838_400, 5_710_233_600, cache: 73_728, 36),
    .init(
      "moonshotai/Kimi-K2-Instruct", 1000, 32, "Kimi-K2 model card 1T/32B",
      matrices: 1_026_407_202_816, 32_860_471_296, cache: 70_272, 61),
    .init(
      "zai-org/GLM-4.5", 355, 32, "transformers glm4_moe doc: 355B/32B",
      matrices: 352_795_525_120, 33_629_962_240, cache: 376_832, 92),
    .init(
      "zai-org/GLM-4.5-Air", 106, 12, "transformers glm4_moe doc: 106B/12B",
      matrices: 106_851_205_120, 13_423_083_520, cache: 188_416, 46),
    .init(
      "MiniMaxAI/MiniMax-M1-80k", 456, 45.9, "MiniMax-M1 report 456B/45.9B",
      matrices: 456_088_092_672, 48_401_743_872, cache: 40_960, 10),
    .init(
      "MiniMaxAI/MiniMax-M2", 230, 10, "MiniMax-M2 model card 230B/10B",
      matrices: 228_688_920_576, 11_029_708_800, cache: 253_952, 62),
    .init(
      "MiniMaxAI/MiniMax-M2.5", 230, 10, "model card (M2 family)",
      matrices: 228_688_920_576, 11_029_708_800, cache: 253_952, 62),
    .init(
      "meta-llama/Llama-4-Scout-17B-16E-Instruct", 109, 17, "Llama-4 model card",
      matrices: 107_769_364_480, 17_172_398_080, cache: 196_608, 48),
    .init(
      "meta-llama/Llama-4-Maverick-17B-128E-Instruct", 400, 17, "Llama-4 model card",
      matrices: 400_711_352_320, 17_184_194_560, cache: 196_608, 48),
    .init(
      "ai21labs/AI21-Jamba-1.5-Mini", 52, 12, "AI21 model card 52B/12B",
      matrices: 51_569_360_896, 12_109_348_864, cache: 16_384, 4),
    .init(
      "ai21labs/AI21-Jamba-1.5-Large", 398, 94, "AI21 model card 398B/94B",
      matrices: 398_550_827_008, 94_145_019_904, cache: 36_864, 9),
    .init(
      "nvidia/Nemotron-H-56B-Base-8K", 56, 56, "model name",
      matrices: 56_321_343_488, 56_321_343_488, cache: 40_960, 10),
    .init(
      "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16", 30, 3, "model name",
      matrices: 31_577_554_944, 3_579_691_008, cache: 6_144, 6),
    .init(
      "google/gemma-3-27b-it", 27.4, 27.4, "Gemma 3 report",
      matrices: 27_007_991_808, 27_007_991_808, cache: 507_904, 62),
    .init(
      "google/gemma-3-12b-it", 12.2, 12.2, "Gemma 3 report 12B",
      matrices: 11_765_268_480, 11_765_268_480, cache: 393_216, 48),
    .init(
      "mistralai/Mamba-Codestral-7B-v0.1", 7.29, 7.29, "model card 7.29B",
      matrices: 7_283_933_184, 7_283_933_184, cache: 0, 0),
    .init(
      "moonshotai/Kimi-K2.5", nil, nil, "none looked up",
      matrices: 1_026_407_202_816, 32_860_471_296, cache: 70_272, 61),
    .init(
      "deepseek-ai/DeepSeek-V4-Flash", nil, nil, "none looked up",
      matrices: 284_330_360_832, 13_797_752_832, cache: 43 * 1024 + 21 * 256 + 20 * 8, 43),
    .init(
      "deepseek-ai/DeepSeek-V4-Pro", nil, nil, "none looked up",
      matrices: 1_572_993_941_504, 49_775_820_800, cache: 61 * 1024 + 30 * 256 + 31 * 8, 61),
    .init(
      "zai-org/GLM-5", nil, nil, "none looked up",
      matrices: 743_179_026_432, 41_052_536_832, cache: 89_856, 78),
    .init(
      "zai-org/GLM-5.2", nil, nil, "none looked up",
      matrices: 743_179_026_432, 41_052_536_832, cache: 89_856, 78),
    .init(
      "MiniMaxAI/MiniMax-M3", nil, nil, "none looked up",
      matrices: 425_949_659_136, 25_737_560_064, cache: 122_880, 60),
    .init(
      "google/gemma-4-26B-A4B", nil, nil, "none looked up",
      matrices: 25_232_441_344, 3_821_830_144, cache: 225_280, 30),
    .init(
      "XiaomiMiMo/MiMo-V2-Flash", nil, nil, "none looked up",
      matrices: 308_778_369_024, 15_445_524_480, cache: 222_720, 48),
  ]
}
