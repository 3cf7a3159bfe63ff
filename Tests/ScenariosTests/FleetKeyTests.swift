import Diagnostics
import Hardware
import ModelArchitecture
import OperatorCosts
import ServingSimulation
import Testing
import Workloads

@testable import Scenarios

/// `fleet`: replicas of several machines or models behind one router.
struct FleetKeyTests {
  private func text(_ fleet: String, answering: String = "") -> String {
    """
    schema: windtunnel/scenario/1
    model: meta-llama/Llama-3.1-8B
    hardware: h100-sxm
    engine: vllm
    \(fleet)
    workload:
      requests: 20
      arrivals: {process: poisson, rate: 4 req/s}
      classes:
        - {name: easy, share: 3, input: 200, output: 50\(answering)}
        - {name: hard, share: 1, input: 2000, output: 500}
    """
  }

  private func refusals(_ text: String) throws -> [String] {
    try SampleScenario.refusals(of: text)
  }

  @Test func partsTakeWhatTheyLeaveOutFromTheScenario() throws {
    let fleet = """
      routing: least-tokens
      parallelism: {tensor: 2}
      fleet:
        - {name: fast, replicas: 2, takes: {shortest: 1001, classes: [hard]}}
        - {name: cheap, hardware: l40s, replicas: 4, parallelism: {tensor: 1}}
        - {name: large, model: meta-llama/Llama-3.3-70B-Instruct, parallelism: {tensor: 4}}
      """
    let deployment = try Deployment(try SampleScenario.scenario(text(fleet)))
    #expect(deployment.scenario.isFleet && deployment.configuration().isFleet)
    let pools = deployment.pools
    #expect(pools.map(\.name) == ["fast", "cheap", "large"])
    #expect(pools.map(\.hardware.name) == ["h100-sxm", "l40s", "h100-sxm"])
    #expect(pools.map(\.accelerators) == [4, 4, 4])
    #expect(pools.allSatisfy { $0.routing == .leastTokens && $0.role == .serving })
    #expect(pools[0].takes == RequestFilter(input: 1001...Int.max, classes: [1]))
    #expect(pools[1].takes == .all)
    #expect(
      deployment.architectures.map(\.name) == [
        "meta-llama/Llama-3.1-8B", "meta-llama/Llama-3.3-70B-Instruct",
      ])
  }

  @Test func whatNoPartTakesIsRefused() throws {
    let fleet = """
      fleet:
        - {name: short, takes: {longest: 1000}}
        - {name: long, takes: {shortest: 1500, classes: [hard]}}
      """
    #expect(
      try refusals(text(fleet)) == [
        """
        error[scenario/nobody-takes]: no part of the fleet takes prompts of `easy` of 1001 tokens \
        and more
          --> bad.yaml:6:26  fleet.0.takes
        hint: leave `takes` out of one part, and it takes what is left
        """,
        """
        error[scenario/nobody-takes]: no part of the fleet takes prompts of `hard` of 1001 to \
        1499 tokens
          --> bad.yaml:6:26  fleet.0.takes
        hint: leave `takes` out of one part, and it takes what is left
        """,
      ])
  }

  @Test func everyProblemOfAFleetIsSaid() throws {
    let fleet = """
      fleet:
        - {name: one, routing: session, takes: {shortest: 9, longest: 3}}
        - {name: one}
      """
    #expect(
      try refusals(text(fleet)) == [
        """
        error[scenario/routing]: one router chooses among all parts of a fleet: `fleet.0.routing`
          --> bad.yaml:6:26  fleet.0.routing
        hint: set `routing` beside `fleet`
        """,
        """
        error[scenario/out-of-range]: `fleet.0.takes.shortest` is above its longest: 9 > 3
          --> bad.yaml:6:42  fleet.0.takes
        """,
        """
        error[scenario/two-parts]: two parts of the fleet have the same name: one
          --> bad.yaml:7:5  fleet.1
        """,
      ])
    let names = """
      fleet:
        - {name: one, takes: {classes: [esy]}}
        - {name: two, takes: {calls: verdicts}}
      """
    #expect(
      try refusals(text(names)) == [
        """
        error[scenario/unknown-class]: no class of the workload has this name: esy
          --> bad.yaml:6:35  fleet.0.takes.classes.0
        hint: did you mean `easy`?
        """,
        """
        error[scenario/no-verdicts]: no call of the workload is a verdict that this part could take
          --> bad.yaml:7:24  fleet.1.takes
        hint: answer with `strategy: best` or `strategy: tree`
        """,
      ])
  }

  @Test func fleetsAndPoolsExcludeEachOther() throws {
    let both = """
      fleet: [{name: one}]
      pools: {prefill: {}, decode: {}}
      """
    #expect(
      try refusals(text(both)).contains {
        $0.hasPrefix(
          "error[scenario/two-fleets]: `fleet` cannot be given together with `pools`")
      })
  }

  @Test func blocksOfOneSizeAreCompared() throws {
    let fleet = """
      fleet:
        - {name: one}
        - {name: two, prefix_cache: {block_tokens: 128}}
      """
    let shared = text(fleet).replacing(
      "output: 50}", with: "output: 50, shared_prefix: {tokens: 500}}")
    #expect(
      try refusals(shared) == [
        """
        error[scenario/prefix-blocks]: parts of a fleet compare prompts in blocks of one size: 16 \
        tokens in `one`, 128 in `two`
          --> bad.yaml:7:31  fleet.1.prefix_cache
        hint: set `prefix_cache.block_tokens` beside `fleet`
        """
      ])
  }

  @Test func judgesAreModelsOfTheirOwn() throws {
    let fleet = """
      fleet:
        - {name: writers, takes: {calls: answers}}
        - {name: judge, model: BAAI/bge-reranker-v2-m3, takes: {calls: verdicts}}
      """
    let judged = text(
      fleet, answering: ", answering: {strategy: best, samples: 4, verdict: 0}")
    let deployment = try Deployment(try SampleScenario.scenario(judged))
    #expect(deployment.pools[1].memory.keepsNothing)
    // One that writes its verdict can be no encoder.
    let written = judged.replacing("verdict: 0", with: "verdict: 8")
    #expect(
      try refusals(written).first?.hasPrefix(
        "error[scenario/encoder]: `BAAI/bge-reranker-v2-m3` reads texts and writes none") == true)
  }

  @Test func gapsBetweenRangesAreFound() {
    #expect(FleetChecks.firstGap(in: [0...Int.max]) == nil)
    #expect(FleetChecks.firstGap(in: [101...Int.max, 0...100]) == nil)
    #expect(FleetChecks.firstGap(in: [0...100, 103...Int.max]) == 101...102)
    #expect(FleetChecks.firstGap(in: [0...100, 50...300]) == 301...Int.max)
    #expect(FleetChecks.firstGap(in: []) == 1...Int.max)
  }

  /// What people try first.
  @Test func severalMachinesAreShownTheFleet() throws {
    func text(_ machines: String) -> String {
      """
      schema: windtunnel/scenario/1
      model: meta-llama/Llama-3.1-8B
      engine: vllm
      \(machines)
      workload:
        requests: 20
        arrivals: {process: poisson, rate: 4 req/s}
        input: 200
        output: 50
      """
    }
    let hint =
      "are a `fleet`: `fleet: [{name: fast, replicas: 2}, "
      + "{name: cheap, hardware: l4, replicas: 4}]`"
    #expect(
      try SampleScenario.refusals(of: text("hardware: [h100-sxm, l40s]")) == [
        """
        error[scenario/wrong-type]: `hardware` names one machine, and is a list
          --> bad.yaml:4:11  hardware
        hint: several machines behind one router \(hint)
        """
      ])
    let pools = "hardware: h100-sxm\npools: {fast: {replicas: 2}, cheap: {hardware: l40s}}"
    #expect(
      try SampleScenario.refusals(of: text(pools)) == [
        """
        error[scenario/pools]: `pools` are `prefill` and `decode`, and neither is there
          --> bad.yaml:5:8  pools
        hint: replicas of several kinds behind one router \(hint)
        """
      ])
  }
}
