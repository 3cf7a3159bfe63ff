import Testing

@testable import ModelArchitecture

struct ModulePatternTests {
  @Test(
    "expressions match from the beginning of a name, as Python's `re.match`",
    arguments: [
      (".*self_attn.*", "model.layers.3.self_attn.q_proj", true),
      (#".*mlp\.(gate|up|gate_up|down)_proj.*"#, "model.layers.0.mlp.down_proj", true),
      (#".*mlp\.(gate|up|gate_up|down)_proj.*"#, "model.layers.1.mlp.experts.0.down_proj", false),
      (#"model\.layers\.\d+\.mlp\.experts\.\d+\."#, "model.layers.12.mlp.experts.0.up_proj", true),
      ("lm_head", "model.lm_head", false), ("model.*proj$", "model.a.proj", true),
      ("model.*proj$", "model.a.proj.b", false), ("a[0-9]{2}b?", "a12", true),
      ("a[^0-9]", "a1", false), ("(?:ab)+c", "ababc", true), ("a|b", "b", true), ("a+", "", false),
    ])
  func expressions(text: String, name: String, isMatch: Bool) throws {
    let pattern = try #require(ModulePattern(regularExpression: text))
    #expect(pattern.matches(name) == isMatch)
  }

  @Test(
    "what is not understood is not guessed",
    arguments: ["(?!a)b", "(?<=a)b", #"(a)\1"#, "a)", "(a", "[a", "*a", #"a\b"#, "a{x}"])
  func unknownExpressions(text: String) {
    #expect(ModulePattern(regularExpression: text) == nil)
  }

  @Test("a glob is about the whole name")
  func globs() {
    #expect(ModulePattern(glob: "layers.0*").matches("layers.0.mlp"))
    #expect(!ModulePattern(glob: "layers.*.mlp").matches("layers.0.mlp.gate"))
    #expect(ModulePattern(glob: "layers.?.mlp").matches("layers.7.mlp"))
  }

  private func matches(_ pattern: String, _ module: String, layer: Int = 3) -> Bool {
    var patterns = ModulePatterns()
    return patterns.add(pattern) && patterns.match(module, layer: layer)
  }

  @Test("a literal names a module, what it is in, or a part of its path, by whole words")
  func literals() {
    #expect(matches("model.layers.3.self_attn.q_proj", "self_attn.q_proj"))
    #expect(matches("language_model.model.layers.3.self_attn", "self_attn.q_proj"))
    #expect(matches("model.layers.3", "self_attn.q_proj"))
    #expect(!matches("model.layers.3", "self_attn.q_proj", layer: 30))
    #expect(matches("self_attn", "self_attn.q_proj"))
    #expect(matches("shared_experts", "mlp.shared_experts.up_proj"))
    #expect(!matches("mlp.gate", "mlp.gate_proj"))
    #expect(!matches("lm_head", "mlp.gate_proj"))
  }

  @Test(
    "a pattern that names no layer holds for all",
    arguments: [
      ("re:.*self_attn.*", false), (#"re:.*mlp\.(gate|up|gate_up|down)_proj.*"#, false),
      ("lm_head", false), ("*self_attn*", false), ("model.layers.3.mlp", true),
      (#"re:.*layers\.[0-9]+\.mlp.*"#, true), (#"re:.*\.\d\.mlp"#, true), ("*.3.*", true),
    ])
  func layers(pattern: String, depends: Bool) {
    var patterns = ModulePatterns()
    let isRead = patterns.add(pattern)
    #expect(isRead)
    #expect(patterns.dependOnLayer == depends)
  }

  @Test("a glob may name one layer, many, or what is in every one")
  func globsOfLayers() {
    #expect(matches("model.layers.3.mlp.shared_experts*", "mlp.shared_experts.up_proj"))
    #expect(!matches("model.layers.3.mlp.shared_experts*", "mlp.shared_experts.up_proj", layer: 4))
    #expect(matches("model.layers.3*", "self_attn.q_proj", layer: 31))
    #expect(matches("model.layers.*.self_attn", "self_attn.q_proj"))
    #expect(matches("*linear_attn*", "linear_attn.in_proj_qkv"))
    #expect(matches("shared_expert*", "mlp.shared_expert.up_proj"))
  }
}
