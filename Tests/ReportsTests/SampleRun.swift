import Outcomes
import Results
import Scenarios
import ServingSimulation

@testable import Documents
@testable import Reports

/// A small run: its document, and what its page draws.
struct SampleRun: Sendable {
  var report: RunReport
  var charts: RunCharts

  var findings: RunFindings { RunFindings(report, charts: charts) }

  init(_ changes: String = "", title: String = "Forty", hardware: String = "h200-sxm") throws {
    let text =
      """
      schema: windtunnel/scenario/1
      title: '\(title)'
      model: meta-llama/Llama-3.1-8B
      hardware: \(hardware)
      engine: vllm
      workload:
        requests: 40
        arrivals: {process: poisson, rate: 4 req/s}
        input: 500
        output: 50

      """ + changes
    let deployment = try Deployment(
      try ScenarioCatalogue.read(text: text, file: "test.yaml", overrides: []) { _ in
        fatalError("there is no trace")
      })
    var configuration = deployment.configuration()
    configuration.keepsHistory = true
    let summary = Simulation(configuration).finish()
    report = RunReport(summary, of: deployment)
    charts = RunCharts(summary, of: deployment)
  }

  static func withoutPrices() throws -> RunFindings {
    var report = try SampleRun().report
    report.results.cost = nil
    report.results.unknown = [
      RunResults.Unknown(key: "cost", reason: "the profile `h200-sxm` has no rental price")
    ]
    return RunFindings(report)
  }
}
