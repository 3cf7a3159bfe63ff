internal import Diagnostics
internal import Scenarios
internal import Units
internal import Workloads

/// What is said beside an answer about clients who ask so many times and are judged from the first
/// request to the last, unless the scenario says otherwise.
enum CampaignNote {
  /// Nothing where a scenario is no such campaign.
  ///
  /// - Parameter words: what is said, of the numbers of requests and of clients.
  static func write(
    of scenario: Scenario, code: String, hint: String,
    _ words: (_ requests: String, _ clients: String) -> String
  ) {
    let workload = scenario.workload
    guard case .closedLoop(let clients, _) = workload.arrivals, workload.judgement == .byArrivals
    else { return }
    let note = Diagnostic(
      .note, code: code,
      words(NumberText.grouped(workload.requests), NumberText.grouped(clients)),
      at: SourceLocation(file: scenario.file), path: "workload.requests", hint: hint)
    StandardStreams.writeNote(note.text)
  }
}
