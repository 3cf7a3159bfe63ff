import Outcomes
import Planning
import Results
import Scenarios
import Testing

/// The files of `scenarios/claims`, and what lies beside them.
struct ClaimScenarioTests {
  static let names = ScenarioCatalogue.names.filter { $0.hasPrefix("claims/") }

  @Test(arguments: names) func everyClaimRuns(name: String) throws {
    let claim = ClaimRun(String(name.dropFirst("claims/".count))).of(clients: 4, requests: 8)
    #expect(try claim.trial().results.requests.completed == 8)
  }

  /// The experiments are the shipped profiles in all but what they are about.
  @Test(arguments: [
    ("vllm-unfused", "vllm", ["host.fused_experts", "host.exposed_elementwise_floor"]),
    ("vllm-unfused-experts", "vllm", ["host.fused_experts"]),
    ("vllm-unfused-elementwise", "vllm", ["host.exposed_elementwise_floor"]),
  ])
  func anExperimentWithAnEngineChangesNothingElse(
    name: String, original: String, changed: [String]
  ) throws {
    let path = ClaimRun.files + "engines/\(name).json"
    let experiment = try EngineCatalogue.load(nameOrPath: path).settings
    let shipped = try EngineCatalogue.load(nameOrPath: original).settings
    #expect(experiment.map(\.path) == shipped.map(\.path))
    let differing = zip(experiment, shipped).filter { $0.text != $1.text }.map(\.0.path)
    #expect(Set(differing) == Set(changed))
  }

  /// They need no file: the program has them inside, wherever it is called.
  @Test func modelsBesideTheClaimsAreBuiltIn() throws {
    for name in ["mixture-1800b", "dense-100b", "dense-17b", "qwen3-30b-a3b-top1"] {
      let model = "model=\(ClaimRun.files)models/\(name).json"
      let claim = ClaimRun("experts-per-token", model, "parallelism={tensor: 8}")
      let scenario = try claim.loaded()
      #expect(throws: Never.self) { try Deployment(scenario) }
    }
  }
}
