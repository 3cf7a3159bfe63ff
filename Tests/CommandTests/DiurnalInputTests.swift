import TestSupport
import Testing

/// Traffic that rises and falls over the day, as a user writes it.
@Suite struct DiurnalInputTests {
  private func run(_ arrivals: String, _ options: String...) throws -> Tool.Outcome {
    let text = sampleScenario.replacing("{process: poisson, rate: 4 req/s}", with: arrivals)
    return try Tool(files: ["day.yaml": text]).start(["run", "day.yaml"] + options).wait()
  }

  private static let day =
    "{process: diurnal, rate: 4 req/s, swing: 0.6, period: 2 h, peak: 30 min}"

  @Test func reportSaysWhatTheRateDoes() throws {
    let outcome = try run(Self.day, "--format", "json")
    let report = try outcome.result
    let workload = report.inputs.workload
    #expect(workload.process.text == "diurnal")
    #expect(workload.rate_req_s.number == 4 && workload.peak_rate_req_s.number == 6.4)
    #expect(workload.swing.number == 0.6)
    #expect(workload.period_s.number == 7_200 && workload.peak_s.number == 1_800)
    #expect(report.results.requests.completed.whole == 20)
    let table = try run(Self.day).output
    #expect(table.contains("20 requests, diurnal at 4 req/s, 6.4 at the peak;"))
  }

  @Test(arguments: [
    (
      "{process: diurnal, rate: 4 req/s}",
      """
      error[scenario/missing-key]: missing key `workload.arrivals.swing`
        --> day.yaml:8:13  workload.arrivals
      hint: add for example `swing: 0.5`

      """
    ),
    (
      "{process: diurnal, rate: 4 req/s, swing: 1.5}",
      """
      error[scenario/out-of-range]: `workload.arrivals.swing` must be from 0 to 1: 1.5
        --> day.yaml:8:54  workload.arrivals.swing

      """
    ),
    (
      "{process: diurnal, rate: 4 req/s, swing: 0.5, period: 0 s}",
      """
      error[scenario/out-of-range]: `workload.arrivals.period` must be from 1 s to 31,557,600 s: 0 s
        --> day.yaml:8:67  workload.arrivals.period

      """
    ),
    (
      "{process: diurnal, rate: 4 req/s, swing: 0.5, period: 1 h, peak: 2 h}",
      """
      error[scenario/out-of-range]: `workload.arrivals.peak` must be from 0 s to 3600 s: 2 h
        --> day.yaml:8:78  workload.arrivals.peak

      """
    ),
    (
      "{process: diurnal, rate: 4 req/s, swing: 0.5, cv: 2}",
      """
      error[scenario/unknown-key]: unknown key `workload.arrivals.cv`
        --> day.yaml:8:59
        note: known here: process, rate, swing, period, peak

      """
    ),
  ])
  func badValueIsRefused(arrivals: String, message: String) throws {
    #expect(try run(arrivals) == Tool.Outcome(output: "", error: message, status: 4))
  }
}
