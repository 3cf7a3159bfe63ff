import ModelArchitecture
import Testing

struct KeyValueCacheTests {
  @Test("bytes a token are those of an independent count", arguments: PublishedCounts.all)
  func bytesEqualAnIndependentCount(published: PublishedCounts) throws {
    let model = try ModelCatalogue.load(nameOrPath: published.model)
    #expect(model.keyValueBytesPerToken(bytesPerElement: 2) == published.cacheBytes)
    #expect(model.keyValueLayers == published.cacheLayers)
  }

  @Test("latent attention keeps one vector and one rotary key, whatever the heads")
  func latentAttention() throws {
    let model = try ModelCatalogue.load(nameOrPath: "DeepSeek-V3")
    #expect(model.groups.allSatisfy { $0.caches.first?.elementsPerToken == 576 })
    #expect(model.keyValueBytesPerToken(bytesPerElement: 2) == 70_272)
    #expect(model.indexBytesPerToken == 0)
  }

  @Test("the indexer's keys are FP8 whatever the cache is")
  func indexKeys() throws {
    let model = try ModelCatalogue.load(nameOrPath: "DeepSeek-V3.2")
    #expect(model.indexBytesPerToken == 61 * 132)
    #expect(model.keyValueBytes(context: 10, bytesPerElement: 1) == 10 * 61 * (576 + 132))
    #expect(model.keyValueBytes(context: 10, bytesPerElement: 2) == 10 * 61 * (1152 + 132))
  }

  @Test("sliding layers stop growing at their window")
  func slidingWindow() throws {
    let model = try ModelCatalogue.load(nameOrPath: "gpt-oss-20b")
    #expect(model.keyValueBytes(context: 100, bytesPerElement: 2) == 100 * 49_152)
    #expect(model.keyValueBytes(context: 1000, bytesPerElement: 2) == 27_721_728)
    #expect(model.growingKeyValueBytesPerToken(bytesPerElement: 2) == 24_576)
  }

  @Test("chunked layers keep at most a chunk")
  func chunkedWindow() throws {
    let model = try ModelCatalogue.load(nameOrPath: "Llama-4-Scout-17B-16E-Instruct")
    let layer = 4096.0
    let expected = 12 * layer * 100_000 + 36 * layer * 8192
    #expect(model.keyValueBytes(context: 100_000, bytesPerElement: 2) == expected)
  }

  @Test("recurrent layers and lone feed-forwards keep nothing a token")
  func hybrids() throws {
    let nemotron = try ModelCatalogue.load(nameOrPath: "Nemotron-H-56B-Base-8K")
    #expect(nemotron.keyValueLayers == 10)
    #expect(nemotron.groups.filter { $0.caches.isEmpty }.map(\.count) == [54, 54])
    let codestral = try ModelCatalogue.load(nameOrPath: "Mamba-Codestral-7B")
    #expect(codestral.keyValueBytes(context: 1_000_000, bytesPerElement: 2) == 0)
  }
}
