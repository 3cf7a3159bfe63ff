import Diagnostics
import Foundation
import ModelArchitecture
import Testing

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
