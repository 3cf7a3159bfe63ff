import Diagnostics
import Foundation
import Testing

@testable import ModelArchitecture

struct ModelCatalogueTests {
  @Test("every shipped model has reference numbers, and the other way round")
  func everyModelIsChecked() {
    #expect(ModelCatalogue.names == PublishedCounts.all.map(\.model).sorted())
  }

  @Test("every shipped model loads by its full name", arguments: ModelCatalogue.names)
  func loadsByFullName(name: String) throws {
    let model = try ModelCatalogue.load(nameOrPath: name)
    #expect(model.name == name)
    #expect(model.layerCount > 0)
  }

  @Test(
    "a model is found by its bare name, without a customary suffix, in any case",
    arguments: [
      ("Llama-3.3-70B-Instruct", "meta-llama/Llama-3.3-70B-Instruct"),
      ("llama-3.3-70b", "meta-llama/Llama-3.3-70B-Instruct"),
      ("LLAMA-2-7B", "meta-llama/Llama-2-7b-hf"),
      ("mixtral-8x7b", "mistralai/Mixtral-8x7B-v0.1"),
      ("gemma-3-27b", "google/gemma-3-27b-it"),
      ("kimi-k2", "moonshotai/Kimi-K2-Instruct"),
      ("openai/GPT-OSS-20B", "openai/gpt-oss-20b"),
    ])
  func aliases(name: String, full: String) throws {
    #expect(try ModelCatalogue.load(nameOrPath: name).name == full)
  }

  @Test("a suffix alone never makes two models one", arguments: ModelCatalogue.names)
  func bareNamesAreUnique(name: String) {
    let bare = name.split(separator: "/").last.map(String.init) ?? name
    #expect(ModelCatalogue.fullName(of: bare) == name)
  }

  @Test(
    "a model with the shape of a built-in one is found by its own name",
    arguments: [
      ("Qwen3-235B-A22B-Instruct-2507", "Qwen/Qwen3-235B-A22B-Instruct-2507", 262_144),
      ("meta-llama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct", 131_072),
      ("deepseek-r1-0528", "deepseek-ai/DeepSeek-R1-0528", 163_840),
    ])
  func variants(typed: String, name: String, context: Int) throws {
    let model = try ModelCatalogue.load(nameOrPath: typed)
    #expect(model.name == name)
    #expect(model.maximumContext == context)
  }

  @Test("every variant has the shape of a built-in model", arguments: ModelVariants.all.map(\.name))
  func variantsExist(name: String) throws {
    let variant = try #require(ModelVariants.named(name))
    #expect(ModelCatalogue.names.contains(variant.original))
    #expect(!ModelCatalogue.names.contains(variant.name))
  }

  @Test("a name of several is answered with all of them, a stranger with how to fetch it")
  func questions() {
    #expect(
      refusal(of: "gpt-oss") == """
        error[model/unknown]: unknown model `gpt-oss`
          note: `windtunnel list models` lists the built-in ones
          note: it may be one of `gpt-oss-120b`, `gpt-oss-20b`
        hint: name one
        """)
    #expect(
      refusal(of: "someone/odd-7b") == """
        error[model/unknown]: unknown model `someone/odd-7b`
          note: `windtunnel list models` lists the built-in ones
        hint: run `hf download someone/odd-7b --include 'config.json' 'hf_quant_config.json' \
        --local-dir odd-7b`, after `hf auth login` where the model is gated, and give `./odd-7b`
        """)
  }

  /// On the hub another number is another model, not a slip.
  @Test(arguments: ["deepseek-ai/DeepSeek-V6", "zai-org/GLM-4.8", "MiniMaxAI/MiniMax-M9"])
  func anotherNumberIsAnotherModel(name: String) {
    let folder = ModelCatalogue.bareName(name)
    #expect(
      refusal(of: name) == """
        error[model/unknown]: unknown model `\(name)`
          note: `windtunnel list models` lists the built-in ones
        hint: run `hf download \(name) --include 'config.json' 'hf_quant_config.json' \
        --local-dir \(folder)`, after `hf auth login` where the model is gated, and give \
        `./\(folder)`
        """)
  }

  /// The model without the format has two to four times the bytes.
  @Test(arguments: [
    ("Qwen/Qwen3-32B-AWQ", "Qwen/Qwen3-32B", "int4"),
    ("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "Qwen/Qwen3-235B-A22B-Instruct-2507", "fp8"),
    ("nvidia/Llama-3.3-70B-Instruct-FP4", "meta-llama/Llama-3.3-70B-Instruct", "nvfp4"),
    (
      "unsloth/Meta-Llama-3.1-8B-Instruct-bnb-4bit", "meta-llama/Llama-3.1-8B-Instruct", "int4"
    ),
    ("TheBloke/Llama-2-70B-Chat-GPTQ", "meta-llama/Llama-2-70b-chat-hf", "int4"),
    ("RedHatAI/Qwen3-8B-quantized.w8a8", "Qwen/Qwen3-8B", "int8"),
    ("amd/Llama-3.1-405B-Instruct-FP8-KV", "meta-llama/Llama-3.1-405B-Instruct", "fp8"),
  ])
  func aFormatInTheNameIsSet(name: String, model: String, format: String) {
    let folder = ModelCatalogue.bareName(name)
    #expect(
      refusal(of: name) == """
        error[model/unknown]: unknown model `\(name)`
          note: `windtunnel list models` lists the built-in ones
        hint: run `hf download \(name) --include 'config.json' 'hf_quant_config.json' \
        --local-dir \(folder)`, after `hf auth login` where the model is gated, and give \
        `./\(folder)`; or take `--model \(model) --set quantization.weights=\(format)`
        """)
  }

  @Test func aQuantizedStrangerHasNoOtherModelToTake() {
    #expect(
      refusal(of: "someone/odd-7b-GPTQ-Int4").hasSuffix(
        "where the model is gated, and give `./odd-7b-GPTQ-Int4`"))
    #expect(
      refusal(of: "Qwen3-32B-AWQ").hasSuffix(
        "hint: give a name from the list, or the path of a `config.json`; or take "
          + "`--model Qwen/Qwen3-32B --set quantization.weights=int4`"))
  }

  @Test("the folder of a checkpoint is its config, with what lies beside it")
  func folder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "windtunnel-checkpoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let config = #"""
      {"model_type": "llama", "hidden_size": 64, "intermediate_size": 128, "vocab_size": 100,
       "num_hidden_layers": 2, "num_attention_heads": 4}
      """#
    #expect(
      refusal(of: folder.path) == """
        error[model/unknown]: no `config.json` in the folder `\(folder.path)`
        hint: give the folder of a checkpoint, or the path of its `config.json`
        """)
    try Data(config.utf8).write(to: folder.appendingPathComponent("config.json"))
    let model = try ModelCatalogue.load(nameOrPath: folder.path)
    #expect(model.name == folder.lastPathComponent)
    try Data(#"{"quantization": {"quant_algo": "FP8"}}"#.utf8)
      .write(to: folder.appendingPathComponent("hf_quant_config.json"))
    #expect(try ModelCatalogue.load(nameOrPath: folder.path).checkpointWeights == .fp8PerTensor)
  }

  private func refusal(of name: String) -> String {
    do {
      return "loaded " + (try ModelCatalogue.load(nameOrPath: name).name)
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text).joined(separator: "\n")
    } catch let error as FileFailure {
      return error.diagnostic.text
    } catch {
      return "\(error)"
    }
  }

  @Test("an unknown name is answered with the nearest one")
  func nearestName() {
    #expect(
      refusal(of: "Lama-3.1-8B") == """
        error[model/unknown]: unknown model `Lama-3.1-8B`
          note: `windtunnel list models` lists the built-in ones
        hint: did you mean `Llama-3.1-8B`?
        """)
    #expect(
      refusal(of: "Qwen/Qwen3-32") == """
        error[model/unknown]: unknown model `Qwen/Qwen3-32`
          note: `windtunnel list models` lists the built-in ones
        hint: did you mean `Qwen/Qwen3-32B`?
        """)
  }

  @Test("a name like no other is answered with where names come from")
  func noNearestName() {
    #expect(
      refusal(of: "something-else-entirely") == """
        error[model/unknown]: unknown model `something-else-entirely`
          note: `windtunnel list models` lists the built-in ones
        hint: give a name from the list, or the path of a `config.json`
        """)
  }

  @Test("a file that is not there is not taken for a name")
  func missingFile() {
    #expect(
      refusal(of: "models/none.json") == """
        error[file/missing]: no such file: models/none.json
        hint: check the path, or run `ls`
        """)
  }

  @Test("a file is read by its path and goes by its folder")
  func loadsByPath() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: UUID().uuidString).appending(path: "tiny-llama")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    let config = """
      {"model_type": "llama", "hidden_size": 64, "intermediate_size": 128, "vocab_size": 100,
      \t"num_hidden_layers": 2, "num_attention_heads": 4}
      """
    let file = folder.appending(path: "config.json")
    try Data(config.utf8).write(to: file)
    #expect(try ModelCatalogue.load(nameOrPath: file.path()).name == "tiny-llama")
    let named = folder.appending(path: "small.json")
    try Data(config.utf8).write(to: named)
    #expect(try ModelCatalogue.load(nameOrPath: named.path()).name == "small")
  }
}
