import ModelArchitecture
import Testing

struct LayerGroupTests {
  @Test(
    "equal layers are one group, in order of first appearance",
    arguments: [
      ("Llama-3.1-8B", [32]),
      ("DeepSeek-V3", [3, 58]),
      ("gpt-oss-20b", [12, 12]),
      ("Qwen3-Next-80B-A3B-Instruct", [36, 12]),
      ("gemma-3-27b-it", [52, 10]),
      ("MiniMax-M1-80k", [70, 10]),
      // Chunked dense, chunked experts, full experts.
      ("Llama-4-Maverick-17B-128E-Instruct", [24, 12, 12]),
      // Mamba dense, Mamba experts, attention dense.
      ("AI21-Jamba-1.5-Mini", [12, 16, 4]),
      // Mamba-2, feed-forward, attention.
      ("Nemotron-H-56B-Base-8K", [54, 54, 10]),
    ])
  func collapsing(name: String, counts: [Int]) throws {
    let model = try ModelCatalogue.load(nameOrPath: name)
    #expect(model.groups.map(\.count) == counts)
    #expect(model.layerCount == counts.reduce(0, +))
  }

  @Test("no two groups of a model are of one shape", arguments: ModelCatalogue.names)
  func groupsDiffer(name: String) throws {
    let groups = try ModelCatalogue.load(nameOrPath: name).groups
    for (index, group) in groups.enumerated() {
      #expect(group.count > 0)
      #expect(
        !groups[..<index].contains {
          $0.mixer == group.mixer && $0.feedForward == group.feedForward
        })
    }
  }

  @Test("a layer of Nemotron-H mixes or feeds forward, not both")
  func nemotronLayers() throws {
    let groups = try ModelCatalogue.load(nameOrPath: "Nemotron-H-56B-Base-8K").groups
    #expect(groups[0].feedForward == nil)
    #expect(groups[1].mixer == .none)
    #expect(
      groups[1].feedForward == .dense(DenseFeedForward(inner: 32_768, isGated: false)))
    #expect(groups[2].feedForward == nil)
  }

  @Test("gpt-oss alternates a window of 128 tokens and the full context")
  func gptOssAttention() throws {
    let groups = try ModelCatalogue.load(nameOrPath: "gpt-oss-20b").groups
    let full = Attention(
      heads: 64, keyValueHeads: 8, headDimension: 64, hasQKVBias: true, hasOutputBias: true,
      hasSinks: true)
    var sliding = full
    sliding.window = .sliding(tokens: 128)
    #expect(groups.map(\.mixer) == [.attention(sliding), .attention(full)])
  }
}
