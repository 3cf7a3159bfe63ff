import Testing

@testable import ModelArchitecture

struct DraftHeadTests {
  private func llama() throws -> Architecture {
    try ModelCatalogue.load(nameOrPath: "Llama-3.1-8B")
  }

  private static let published = """
    {
      "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096,
      "intermediate_size": 14336, "num_attention_heads": 32, "num_key_value_heads": 8,
      "num_hidden_layers": 1, "vocab_size": 128256, "draft_vocab_size": 32000,
      "tie_word_embeddings": false, "max_position_embeddings": 2048
    }
    """

  /// The checkpoint of yuhuili/EAGLE3-LLaMA3.1-Instruct-8B has 424.7 million weights, 849 MB.
  @Test func countsOfThePublishedHead() throws {
    let head = try HuggingFaceConfig.read(Self.published, file: "config.json", name: "head")
    #expect(head.draftHead == .eagle3)
    let (fc, qkv, output) = (3 * 4096 * 4096, 2 * 4096 * 6144, 4096 * 4096)
    let matrices = fc + qkv + output + 3 * 4096 * 14336 + 32_000 * 4096
    #expect(head.parameterCount.total == matrices + 4 * 4096)
    #expect(head.parameterCount.total == 424_689_664)
    #expect(head == head.asHead(.eagle3))
    // What is like the model's own layer is the same but for its name and its family's words.
    let derived = try #require(llama().headOfItsKind(.eagle3))
    #expect(derived.parameterCount == head.parameterCount)
    #expect(derived.groups == head.groups)
  }

  @Test func theFirstHeadsShareTheModelsTables() throws {
    let head = try #require(llama().headOfItsKind(.eagle))
    #expect(head.vocabularySize == 128_256)
    #expect(head.surroundings.projections.map(\.parameters) == [2 * 4096 * 4096])
    #expect(head.groups[0].count == 1)
    let mixture = try ModelCatalogue.load(nameOrPath: "Qwen3-30B-A3B")
    #expect(mixture.headOfItsKind(.eagle3) == nil)
  }

  /// A head with several layers reads two vectors in the first, and one for a wider model is told.
  @Test func theFirstLayerAloneReadsTwice() throws {
    let text = Self.published
      .replacing("\"num_hidden_layers\": 1", with: "\"num_hidden_layers\": 2")
      .replacing(
        "\"draft_vocab_size\": 32000",
        with: "\"draft_vocab_size\": 32000, \"target_hidden_size\": 8192, "
          + "\"eagle_config\": {\"eagle_aux_hidden_state_layer_ids\": [1, 9, 40, 77]}")
    let head = try HuggingFaceConfig.read(text, file: "config.json", name: "head")
    #expect(head.groups.map(\.count) == [1, 1])
    #expect(head.surroundings.projections.map(\.inputs) == [4 * 8192])
    #expect(head.parameterCount.total == 424_689_664 + 5 * 4096 * 4096 + 218_112_000)
  }

  @Test func headsOfTheLibraryOfSpeculatorsAreRead() throws {
    let layer = Self.published.replacing("\"draft_vocab_size\": 32000,", with: "")
    let text = """
      {
        "architectures": ["Eagle3Speculator"], "draft_vocab_size": 32000,
        "speculators_model_type": "eagle3", "target_hidden_size": null,
        "transformer_layer_config": \(layer)
      }
      """
    let head = try HuggingFaceConfig.read(text, file: "config.json", name: "head")
    #expect(head.parameterCount.total == 424_689_664)
  }
}
