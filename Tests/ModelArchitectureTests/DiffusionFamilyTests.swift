import ModelArchitecture
import Testing

/// Diffusion language models, from their published configs, against the counts on their cards.
struct DiffusionFamilyTests {
  private func read(_ text: String) throws -> Architecture {
    try HuggingFaceConfig.read(text, file: "config.json", name: "under test")
  }

  /// inclusionAI/LLaDA2.0-mini: 16 billion parameters, of which 1.4 are active.
  @Test func experts() throws {
    let model = try read(
      """
      {"model_type": "llada2_moe", "first_k_dense_replace": 1, "head_dim": 128,
       "hidden_size": 2048, "intermediate_size": 5120, "max_position_embeddings": 32768,
       "moe_intermediate_size": 512, "num_attention_heads": 16, "num_experts": 256,
       "num_experts_per_tok": 8, "num_hidden_layers": 20, "num_key_value_heads": 4,
       "num_shared_experts": 1, "tie_word_embeddings": false, "vocab_size": 157184}
      """)
    #expect(model.diffusionBlock == 32)
    #expect(abs(Double(model.parameterCount.total) / 1e9 - 16.26) < 0.05)
    #expect(abs(Double(model.parameterCount.active) / 1e9 - 1.44) < 0.35)
  }

  /// JetLM/SDAR-4B-Chat goes on from Qwen3-4B, with a head of its own.
  @Test func blocksAreTheConfigs() throws {
    let keys = """
      "head_dim": 128, "hidden_size": 2560, "intermediate_size": 9728, "num_attention_heads": 32,
      "num_hidden_layers": 36, "num_key_value_heads": 8, "vocab_size": 151936
      """
    let model = try read("{\"model_type\": \"sdar\", \"block_size\": 8, \(keys)}")
    let twin = try read("{\"model_type\": \"qwen3\", \(keys)}")
    #expect(model.diffusionBlock == 8 && twin.diffusionBlock == nil)
    #expect(model.parameterCount.total == twin.parameterCount.total)
    #expect(try read("{\"model_type\": \"sdar\", \(keys)}").diffusionBlock == 4)
  }

  /// GSAI-ML/LLaDA-8B-Instruct: 8.02 billion.
  @Test func keysOfAnotherTrainer() throws {
    let model = try read(
      """
      {"model_type": "llada", "d_model": 4096, "n_layers": 32, "n_heads": 32, "n_kv_heads": 32,
       "mlp_hidden_size": 12288, "vocab_size": 126464, "embedding_size": 126464,
       "weight_tying": false, "max_sequence_length": 4096}
      """)
    #expect(model.diffusionBlock == 32)
    #expect(abs(Double(model.parameterCount.total) / 1e9 - 8.02) < 0.01)
  }
}
