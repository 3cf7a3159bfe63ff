import Foundation
import TestSupport
import Testing

/// Models by their name on the hub, as its own tools keep them on a machine.
struct HubCacheTests {
  private static let config = """
    {"model_type": "llama", "hidden_size": 2048, "num_hidden_layers": 4, "num_attention_heads": 16,
     "intermediate_size": 4096, "vocab_size": 32000}
    """

  /// `refs/main` names the snapshot; the folder of models is `HF_HUB_CACHE`, or `HF_HOME/hub`.
  private func tool(below folder: String) throws -> Tool {
    let tool = try Tool()
    let model = tool.folder.appendingPathComponent("\(folder)/models--nobody--tiny")
    for name in ["refs", "snapshots/abc123"] {
      try FileManager.default.createDirectory(
        at: model.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    try Data("abc123\n".utf8).write(to: model.appendingPathComponent("refs/main"))
    try Data(Self.config.utf8).write(
      to: model.appendingPathComponent("snapshots/abc123/config.json"))
    return tool
  }

  @Test(arguments: [("cache", "HF_HUB_CACHE=cache"), ("home/hub", "HF_HOME=home")])
  func aFetchedModelIsFoundByItsName(folder: String, variable: String) throws {
    let tool = try tool(below: folder)
    let found = try tool.runInShell(
      "\(variable) exec $windtunnel show model nobody/tiny --format json")
    #expect(found.status == 0, "\(found.error)")
    #expect(try found.result.name.text == "nobody/tiny")
    #expect(found.output.contains("\"llama\""))
  }

  @Test func whatWasNotFetchedIsSaidHowToFetch() throws {
    let outcome = try tool(below: "cache")
      .runInShell("HF_HUB_CACHE=cache exec $windtunnel show model nobody/other")
    #expect(outcome.status == 4)
    #expect(outcome.error.contains("hf download nobody/other"), "\(outcome.error)")
  }
}
