import Diagnostics
import Testing

@testable import ModelArchitecture

struct ScoreHeadTests {
  /// Llama-3.1-8B by its config, as a class of the library has it.
  private func llama(_ name: String, _ more: String = "") throws -> Architecture {
    let text = """
      {
        "architectures": ["\(name)"], "model_type": "llama", "hidden_size": 4096,
        "intermediate_size": 14336, "num_attention_heads": 32, "num_key_value_heads": 8,
        "num_hidden_layers": 32, "vocab_size": 128256, \(more)
        "tie_word_embeddings": false, "max_position_embeddings": 131072
      }
      """
    return try HuggingFaceConfig.read(text, file: "config.json", name: name)
  }

  @Test func classesWithoutAHead() throws {
    let writing = try llama("LlamaForCausalLM")
    #expect(writing.writes && writing.parameterCount.total == 8_030_261_248)
    let body = 8_030_261_248 - 128_256 * 4096
    let cases: [(String, String, Int)] = [
      ("LlamaModel", "", 0),
      ("LlamaForSequenceClassification", #""id2label": {"0": "LABEL_0"},"#, 4096),
      ("LlamaForSequenceClassification", #""num_labels": 5,"#, 5 * 4096),
      ("LlamaForSequenceClassification", "", 2 * 4096),
      ("LlamaForTokenClassification", #""id2label": {"0": "a", "1": "b", "2": "c"},"#, 3 * 4097),
      ("LlamaForQuestionAnswering", #""num_labels": 7,"#, 2 * 4097),
      ("LlamaForRewardModel", "", 4096),
    ]
    for (name, more, head) in cases {
      let model = try llama(name, more)
      #expect(model.parameterCount.total == body + head, "\(name)")
      #expect(!model.writes && !model.isEncoder && !model.parameterCount.hasHead, "\(name)")
      #expect(model.groups == writing.groups, "\(name)")
    }
    #expect(
      try llama("LlamaForSequenceClassification", #""num_labels": 1,"#).parameterCount.total
        == 7_504_928_768)
  }

  /// Qwen2.5-Math-PRM-7B has 7.1 billion weights in its files, without a head over 152,064 words.
  @Test func rewardModelsOfTwoLayers() throws {
    func qwen(_ name: String) throws -> Architecture {
      let text = """
        {
          "architectures": ["\(name)"], "model_type": "qwen2", "hidden_size": 3584,
          "intermediate_size": 18944, "num_attention_heads": 28, "num_key_value_heads": 4,
          "num_hidden_layers": 28, "vocab_size": 152064, "tie_word_embeddings": false,
          "max_position_embeddings": 4096
        }
        """
      return try HuggingFaceConfig.read(text, file: "config.json", name: name)
    }
    let body = try qwen("Qwen2Model").parameterCount.total
    #expect(try qwen("Qwen2ForCausalLM").parameterCount.total == body + 152_064 * 3584)
    #expect(
      try qwen("Qwen2ForProcessRewardModel").parameterCount.total
        == body + 3584 * 3584 + 3584 + 3584 * 2 + 2)
    #expect(
      try qwen("Qwen2ForRewardModel").parameterCount.total
        == body + 3584 * 3584 + 3584 + 3584 + 1)
  }

  /// A class that nobody knows writes, as every config did that says nothing.
  @Test func otherClassesKeepTheirHead() throws {
    for name in ["LlamaForCausalLM", "SomethingModel", "MistralModel", "LlamaForTeacherModel"] {
      #expect(try llama(name).writes, "\(name)")
    }
  }

  /// Engines run it in 16 bits; its files are twice as large.
  @Test func floatsOf32BitsAreStoredAsSuch() throws {
    let wide = try llama("LlamaForCausalLM", #""torch_dtype": "float32","#)
    let narrow = try llama("LlamaForCausalLM", #""torch_dtype": "bfloat16","#)
    #expect(wide.storedBytes == 4 * 8_030_261_248)
    #expect(narrow.storedBytes == 2 * 8_030_261_248)
  }
}
