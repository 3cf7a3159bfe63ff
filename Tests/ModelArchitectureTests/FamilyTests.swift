import Foundation
import Testing

@testable import ModelArchitecture

struct FamilyTests {
  @Test("a config that leaves all to its class is the class", arguments: FamilySizes.all)
  func classDefaults(family: FamilySizes) throws {
    let sizes = #""hidden_size": \#(family.hiddenSize), "num_hidden_layers": \#(family.layers)"#
    let text =
      if let inner = family.inner {
        #"{"model_type": "\#(family.type)", "text_config": {"model_type": "\#(inner)", \#(sizes)}}"#
      } else {
        #"{"model_type": "\#(family.type)", \#(sizes)}"#
      }
    let model = try HuggingFaceConfig.read(text, file: "config.json", name: family.type)
    #expect(model.parameterCount.total == family.total)
    #expect(model.parameterCount.active == family.active)
    if let bytes = family.cacheBytes {
      #expect(model.keyValueBytesPerToken(bytesPerElement: 2) == bytes)
    }
  }

  /// Counted over the library's modules, as `FamilySizes`.
  @Test(
    "keys that a class ignores change nothing, and its biases count",
    arguments: [
      (
        #"{"model_type": "deepseek_v4", "hidden_size": 4096, "num_hidden_layers": 43, "#
          + #""n_shared_experts": 2}"#, 284_325_869_015
      ),
      (
        #"{"model_type": "mistral_large4", "text_config": {"attention_bias": true, "#
          + #""hidden_size": 6144, "num_hidden_layers": 72}}"#, 1_050_118_685_600
      ),
      (
        #"{"model_type": "molmo2", "text_config": {"attention_bias": true, "#
          + #""hidden_size": 4096, "num_hidden_layers": 36}}"#, 8_191_480_832
      ),
      (
        #"{"model_type": "muse_spark", "tie_word_embeddings": true, "text_config": "#
          + #"{"hidden_size": 8192, "num_hidden_layers": 62, "tie_word_embeddings": true}}"#,
        819_990_536_192
      ),
      (
        #"{"model_type": "step3p7", "text_config": {"mlp_bias": true, "#
          + #""hidden_size": 4096, "num_hidden_layers": 45}}"#, 195_844_192_512
      ),
    ])
  func keysOfAClass(text: String, total: Int) throws {
    let model = try HuggingFaceConfig.read(text, file: "config.json", name: "under test")
    #expect(model.parameterCount.total == total)
  }

  @Test(
    "layers that differ are told by a list, by letters or by a period",
    arguments: [
      #""layer_types": ["sliding_attention", "full_attention", "sliding_attention", "#
        + #""sliding_attention"]"#, #""sliding_window_pattern": "LGLL""#,
      #""sliding_window_pattern": 4"#,
    ])
  func layerKinds(keys: String) throws {
    let text = #"""
      {"model_type": "exaone4", "hidden_size": 64, "num_hidden_layers": 4, "head_dim": 16,
       "num_attention_heads": 4, "num_key_value_heads": 2, "sliding_window": 32, \#(keys)}
      """#
    let model = try HuggingFaceConfig.read(text, file: "config.json", name: "under test")
    #expect(model.groups.map(\.count) == [3, 1])
    #expect(model.groups[0].caches[0].window == .sliding(tokens: 32))
    #expect(model.groups[1].caches[0].window == nil)
  }

  @Test("every table is read or says why not", arguments: FamilyCatalogue.types)
  func tablesAreWhole(type: String) throws {
    let table = try #require(FamilyCatalogue.table(type))
    guard table.notUnderstood == nil else { return }
    #expect(table.fields["model.hidden"] != nil)
    let mixers = table.fields["layer.mixer"]?.names ?? []
    #expect(mixers.allSatisfy { $0 != "attention" }, "a word without its quotes")
  }

  @Test("the page beside the tables lists every group and field")
  func fieldsAreDocumented() throws {
    let page = try String(
      contentsOfFile: #filePath.replacing(
        "Tests/ModelArchitectureTests/FamilyTests.swift",
        with: "Sources/BuiltInFiles/ModelFamilies/README.md"), encoding: .utf8)
    for (group, fields) in FamilyTable.groups.sorted(by: { $0.key < $1.key }) {
      let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| `\(group)` |") })
      for field in fields {
        #expect(row.contains("`\(field)`"), "\(group).\(field)")
      }
    }
  }
}
