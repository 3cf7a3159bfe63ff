import Diagnostics
import FoundationEssentials
import Scenarios
import Testing

struct ScenarioFilesTests {
  @Test("models and machines that a scenario names lie beside it")
  func filesBesideTheScenario() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "windtunnel-scenario-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["own.yaml", "model.json"] {
      try Data().write(to: folder.appendingPathComponent(name))
    }
    let text = """
      schema: windtunnel/scenario/1
      model: model.json
      hardware: ./own.yaml
      engine: vllm
      workload: {arrivals: {process: offline}, requests: 1, input: 1, output: 1}
      """
    func read(_ overrides: [ConfigOverride] = []) throws -> Scenario {
      try ScenarioCatalogue.read(
        text: text, file: folder.path + "/scenario.yaml", overrides: overrides)
    }
    let scenario = try read()
    #expect(scenario.model.name == folder.path + "/model.json")
    #expect(scenario.pools[0].hardware?.name == folder.path + "/./own.yaml")
    // What is typed is from where it is typed.
    let typed = try read([
      ConfigOverride(path: ["model"], name: "model.json", place: "--model model.json")
    ])
    #expect(typed.model.name == "model.json")
  }
}
