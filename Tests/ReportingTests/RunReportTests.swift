import Economics
import Foundation
import OperatorCosts
import Scenarios
import ServingSimulation
import Testing

@testable import Reporting

/// The document of a small run, and what must hold of any.
@Suite struct RunReportTests {
  static func report(_ changes: String..., hardware: String = "h200-sxm") throws -> RunReport {
    let text =
      """
      schema: windtunnel/scenario/1
      model: meta-llama/Llama-3.1-8B
      hardware: \(hardware)
      engine: vllm
      workload:
        requests: 40
        arrivals: {process: poisson, rate: 4 req/s}
        input: 500
        output: 50

      """ + changes.joined(separator: "\n")
    let scenario = try ScenarioCatalogue.read(text: text, file: "test.yaml", overrides: []) { _ in
      fatalError("there is no trace")
    }
    let deployment = try Deployment(scenario)
    let summary = Simulation(deployment.configuration()).finish()
    return RunReport(summary, of: deployment, mode: .fastForward)
  }

  @Test func sharesOfTheMakespanAddUpToOne() throws {
    let bound = try #require(try Self.report().results.boundBy)
    let sum = bound.compute + bound.memory + bound.interconnect + bound.host + bound.idle
    #expect(abs(sum - 1) < 1e-9)
    #expect(bound.idle > 0)
  }

  @Test func costLinesMultiplyAndAddUpAsPrinted() throws {
    let cost = try #require(try Self.report().results.cost)
    for line in cost.lines {
      #expect(abs(line.quantity * line.unitPrice - line.cost) <= 0.500001e-6, "\(line.item)")
    }
    #expect(abs(cost.lines.reduce(0) { $0 + $1.cost } - cost.total) < 1e-12)
  }

  @Test func documentSurvivesItsEncoding() throws {
    let report = try Self.report()
    let json = try report.json()
    #expect(try JSONDecoder().decode(RunReport.self, from: Data(json.utf8)) == report)
    #expect(try Self.report().json() == json)
  }

  @Test func machineWithoutAPriceOrPowerHasReasonsInstead() throws {
    let results = try Self.report(hardware: "l40s").results
    #expect(results.cost == nil)
    #expect(results.energy?.meanPowerWatts == nil)
    #expect(results.energy?.acceleratorPowerWatts != nil)
    #expect(
      results.unknown.map(\.reason) == [
        "the profile `l40s` has no `system.power_per_accelerator`",
        "the profile `l40s` has no rental price",
      ])
  }

  @Test func weakestStatusIsThatOfTheWeakestFigure() throws {
    let provenance = try Self.report().provenance
    #expect(provenance.weakest == "assumed")
    #expect(provenance.weakestBehind.performance == "assumed")
    #expect(provenance.weakestBehind.cost == "assumed")
    #expect(!provenance.figures.contains { $0.path.hasPrefix("efficiencies.moe") })
    #expect(!provenance.figures.contains { $0.path.hasPrefix("scale_up") })
  }

  @Test func rankCountBringsItsCollectiveIntoTheAccount() throws {
    let provenance = try Self.report("parallelism: {tensor: 4}").provenance
    let collective = provenance.figures.filter { $0.path.hasPrefix("scale_up") }
    #expect(
      collective.map(\.path) == [
        "scale_up.collectives.all_reduce.1", "scale_up.collectives.all_gather.1",
      ])
    #expect(collective[0].value?.hasPrefix("4 ranks: ") == true)
  }

  @Test func scenarioValueReplacesTheEnginesInTheAccount() throws {
    let paths = try Self.report("scheduler: {token_budget: 4096}").provenance.figures.map(\.path)
    #expect(!paths.contains("scheduler.token_budget"))
    #expect(paths.contains("scheduler.maximum_sequences"))
  }
}
