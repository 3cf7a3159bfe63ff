import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct CompressedAttentionTests {
  private func layer(ratio: Int, picks: Bool) -> CompressedAttention {
    CompressedAttention(
      heads: 64, headDimension: 512, queryRank: 1024, outputGroups: 8, outputRank: 1024,
      window: 128, ratio: ratio,
      indexer: picks ? SparseIndexer(heads: 64, headDimension: 128, topK: 512) : nil)
  }

  private func group(_ layer: CompressedAttention) -> LayerGroup {
    LayerGroup(count: 1, mixer: .compressedAttention(layer), feedForward: nil)
  }

  @Test func cache() throws {
    let picked = group(layer(ratio: 4, picks: true)).caches
    #expect(picked.map(\.elementsPerToken) == [512, 128])
    #expect(picked.map(\.indexBytesPerToken) == [0, 33])
    #expect(picked.map { $0.tokensKept(ofContext: 1_000_000) } == [128, 1_000_000])
    #expect(group(layer(ratio: 128, picks: false)).caches.map(\.elementsPerToken) == [512, 4])
  }

  @Test func theCacheIsFP8UnlessAScenarioSaysOtherwise() throws {
    func served(_ type: String) throws -> KeyValueFormat {
      try HuggingFaceConfig.read(
        #"{"model_type": "\#(type)", "hidden_size": 4096, "num_hidden_layers": 3}"#,
        file: "config.json", name: type
      ).servedCache
    }
    #expect(try served("deepseek_v4") == .fp8)
    #expect(try served("deepseek_v32") == .bf16)
  }

  @Test func openEntries() {
    #expect(layer(ratio: 128, picks: false).openElements == 131_072)
    #expect(layer(ratio: 4, picks: true).openElements == 15_360)
  }

  @Test func decodeAtAMillionTokens() throws {
    let context = 1_048_576
    func work(_ layer: CompressedAttention, _ name: AttentionKernel.Name) throws -> [Double] {
      let kernels = AttentionKernel.kernels(
        of: .compressedAttention(layer), ranks: 1, cache: .bf16)
      let kernel = try #require(kernels.first { $0.name == name })
      let read = Double(kernel.visibility.visible(at: context))
      return [kernel.decodeFLOPsPerContextToken * read, kernel.decodeBytesPerContextToken * read]
    }
    // 8,192 entries of 64 heads x 512, keys and values, two FLOPs each; 1,024 B an entry.
    #expect(
      try work(layer(ratio: 128, picks: false), .compressed) == [1_073_741_824, 8_388_608])
    #expect(try work(layer(ratio: 4, picks: true), .compressed) == [67_108_864, 524_288])
    #expect(try work(layer(ratio: 4, picks: true), .indexer) == [4_294_967_296, 33_554_432])
    #expect(try work(layer(ratio: 4, picks: true), .windowed) == [16_777_216, 131_072])
  }

  @Test func workGrowsWithTheContextByItsEntriesAlone() throws {
    // At 4k all 1,024 entries of four tokens are more than the 512 picked; at 1k all 256 are read.
    let kernels = AttentionKernel.kernels(
      of: .compressedAttention(layer(ratio: 4, picks: true)), ranks: 1, cache: .bf16)
    let entries = try #require(kernels.first { $0.name == .compressed })
    #expect(entries.visibility.visible(at: 1024) == 1024)
    #expect(entries.visibility.visible(at: 4096) == 2048)
    #expect(entries.visibility.visible(at: 131_072) == 2048)
  }
}
