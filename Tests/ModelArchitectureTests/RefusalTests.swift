import Diagnostics
import ModelArchitecture
import Testing

/// What a config that cannot be used is answered with, to the letter.
struct RefusalTests {
  private func refusal(of text: String) -> String {
    do {
      _ = try HuggingFaceConfig.read(text, file: "config.json", name: "test")
      return "accepted"
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text).joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  @Test("an unsupported family is refused with what stands in its way")
  func unsupportedFamily() {
    #expect(
      refusal(of: #"{"model_type": "longcat_flash", "zero_expert_num": 256}"#) == """
        error[model/unsupported-family]: unsupported model family: `longcat_flash`
          --> config.json:1:16  model_type
          note: not understood: experts that do nothing (`zero_expert_num`), of which each token \
        chooses a number of its own
        """)
    #expect(
      refusal(of: #"{"model_type": "xlnet", "hidden_size": 768}"#) == """
        error[model/unsupported-family]: unsupported model family: `xlnet`
          --> config.json:1:16  model_type
          note: not understood: an encoder used as a decoder, with absolute positions and a head \
        of several layers
        """)
  }

  @Test("a family that nothing is known of is answered with the nearest one")
  func unknownFamily() {
    #expect(
      refusal(of: #"{"model_type": "qwen3_mo", "hidden_size": 768}"#) == """
        error[model/unsupported-family]: unsupported model family: `qwen3_mo`
          --> config.json:1:16  model_type
          note: nothing is known of it, so it is read as no other
        hint: did you mean `qwen3_moe`?
        """)
  }

  @Test("a file whose shape lies elsewhere is not the class's example model")
  func shapeElsewhere() {
    #expect(
      refusal(of: #"{"model_type": "llama", "llm_config": {"hidden_size": 4096}}"#) == """
        error[model/missing-key]: missing key `hidden_size`
          --> config.json:1:1
        error[model/missing-key]: missing key `num_hidden_layers`
          --> config.json:1:1
        """)
  }

  @Test(
    "newer attention is never read as an older one",
    arguments: ["inkling2", "longcat_flash", "zamba2", "qwen4_exp", "rwkv7", "ernie4_5_vl_moe"])
  func newerFamilies(type: String) {
    let text = refusal(of: #"{"model_type": "\#(type)"}"#)
    #expect(text.hasPrefix("error[model/unsupported-family]: unsupported model family: `\(type)`"))
  }

  @Test("a file without a family is refused")
  func noFamily() {
    #expect(
      refusal(of: #"{"hidden_size": 768, "architectures": ["GhostModel"]}"#) == """
        error[model/missing-key]: missing key `model_type`
          --> config.json:1:1
        """)
  }

  @Test("every problem of a file is reported at once")
  func everyProblem() {
    let text = """
      {
        "model_type": "llama",
        "hidden_size": -4096,
        "num_attention_heads": .nan,
        "num_key_value_heads": 8,
        "num_hidden_layers": 0,
        "vocab_size": 32000
      }
      """
    #expect(
      refusal(of: text) == """
        error[model/missing-key]: missing key `head_dim`
          --> config.json:1:1
        error[model/out-of-range]: `hidden_size` must be from 1 to 131072: -4096
          --> config.json:3:18  hidden_size
        error[model/wrong-type]: `num_attention_heads` must be a whole number: .nan
          --> config.json:4:26  num_attention_heads
        error[model/out-of-range]: `num_hidden_layers` must be from 1 to 1024: 0
          --> config.json:6:24  num_hidden_layers
        """)
  }

  /// Taken for one layer each, silently.
  @Test("a number in quotes is none, as in the library")
  func quotedNumbers() {
    let text = """
      {
        "model_type": "llama",
        "hidden_size": 4096,
        "intermediate_size": 14336,
        "num_attention_heads": 32,
        "num_key_value_heads": "8",
        "num_hidden_layers": "32",
        "vocab_size": 128256
      }
      """
    #expect(
      refusal(of: text) == """
        error[model/wrong-type]: `num_key_value_heads` must be a number, and is a text: "8"
          --> config.json:6:26  num_key_value_heads
        hint: write it without quotes
        error[model/wrong-type]: `num_hidden_layers` must be a number, and is a text: "32"
          --> config.json:7:24  num_hidden_layers
        hint: write it without quotes
        """)
  }

  @Test("a missing key of a multimodal file is named with its place")
  func missingNestedKey() {
    let text = """
      {"model_type": "gemma3",
       "text_config": {"hidden_size": 2560, "num_hidden_layers": 34, "vocab_size": null}}
      """
    #expect(
      refusal(of: text) == """
        error[model/missing-key]: missing key `text_config.vocab_size`
          --> config.json:2:17  text_config
        """)
  }

  private static let small = """
    {"model_type": "TYPE", "hidden_size": 64, "intermediate_size": 128, "vocab_size": 100,
     "num_hidden_layers": 4, "num_attention_heads": 30,
    """

  private func small(_ type: String, _ rest: String) -> String {
    Self.small.replacing("TYPE", with: type) + "\n" + rest + "}"
  }

  @Test("heads that cannot be shared out are refused")
  func indivisibleHeads() {
    #expect(
      refusal(of: small("llama", #""num_key_value_heads": 8, "head_dim": 16"#)) == """
        error[model/not-divisible]: `num_attention_heads` must be a multiple of \
        `num_key_value_heads`: 30 over 8
          --> config.json:2:49  num_attention_heads
        """)
  }

  @Test("a list of layers has one entry a layer")
  func layerLists() {
    let rest = """
      "head_dim": 16, "num_key_value_heads": 10, "sliding_window": 16, "num_local_experts": 4,
      "num_experts_per_tok": 2, "layer_types": ["full_attention"]
      """
    #expect(
      refusal(of: small("gpt_oss", rest)) == """
        error[model/layer-count]: `layer_types` must have one entry a layer: 1 for 4 layers
          --> config.json:4:42  layer_types
        """)
  }

  @Test("a token goes to no more experts than there are")
  func tooManyExperts() {
    let rest = """
      "head_dim": 16, "num_key_value_heads": 10, "num_local_experts": 4, "num_experts_per_tok": 5
      """
    #expect(
      refusal(of: small("mixtral", rest)) == """
        error[model/too-many-experts]: `num_experts_per_tok` must not exceed the number of \
        experts: 5 of 4
          --> config.json:3:91  num_experts_per_tok
        """)
  }

  @Test("what a family's files may ask for but no reader describes is refused")
  func unsupportedValues() {
    let rest = """
      "head_dim": 16, "num_key_value_heads": 10, "num_local_experts": 4, "num_experts_per_tok": 2,
      "shared_intermediate_size": 8, "attn_type_list": [1, 1, 1, 0]
      """
    #expect(
      refusal(of: small("minimax_m2", rest)) == """
        error[model/unsupported-value]: `shared_intermediate_size` is not supported here: a shared \
        expert in a MiniMax model
          --> config.json:4:29  shared_intermediate_size
        error[model/unsupported-value]: `attn_type_list` is not supported here: linear attention \
        in a `minimax_m2` model
          --> config.json:4:50  attn_type_list
        """)
  }

  @Test("text that is no config is refused with its place", arguments: ["", "[]", "{", "7"])
  func noConfig(text: String) {
    #expect(refusal(of: text).hasPrefix("error[model/"))
  }

  @Test("absurd sizes are refused instead of leaving 64 bits")
  func absurdSizes() {
    let text = refusal(
      of: small("llama", #""num_key_value_heads": 10, "head_dim": 1e15"#))
    #expect(text.contains("`head_dim` must be from 1 to 8192: 1000000000000000"))
  }

  @Test("the largest sizes that are accepted can still be counted")
  func largestSizes() throws {
    let model = try HuggingFaceConfig.read(
      """
      {"model_type": "deepseek_v3", "hidden_size": 131072, "intermediate_size": 1048576,
       "vocab_size": 16777216, "num_hidden_layers": 1024, "num_attention_heads": 8192,
       "q_lora_rank": 131072, "kv_lora_rank": 131072, "qk_nope_head_dim": 8192,
       "qk_rope_head_dim": 8192, "v_head_dim": 8192, "n_routed_experts": 4096,
       "n_shared_experts": 4096, "num_experts_per_tok": 4096, "moe_intermediate_size": 1048576}
      """, file: "config.json", name: "largest")
    #expect(model.parameterCount.total > 1 << 61)
    #expect(model.parameterCount.active <= model.parameterCount.total)
  }
}
