internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Planning
internal import Reports
internal import Units

/// What `sweep` and `merge` print, and how they end.
struct SweepResult: ParsableArguments {
  @Option(help: "Form of what is printed.")
  var format = ReportForm.table

  /// - Parameter lines: of the cases, in their order.
  func put(
    _ header: SweepHeader, _ lines: [SweepJournal.Line], command: String
  ) throws {
    let records = lines.map(\.record)
    let report = SweepReport(header, records, command: command)
    let text =
      format == .jsonl
      ? try SweepJournal.line(header) + lines.map(\.text).joined()
      : try report.text(format, StandardStreams.outputStyle)
    try StandardStreams.writeResult(text)
    try check(records, header)
  }

  /// - Throws: `NoFeasibleDeployment` when something is required and no case holds it.
  private func checkRequired(_ records: [SweepRecord]) throws {
    let judged = records.filter { $0.missed != nil }
    guard let nearest = judged.first, judged.allSatisfy({ $0.missed?.isEmpty == false }) else {
      return
    }
    let labels = nearest.at.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    throw NoFeasibleDeployment([
      Diagnostic(
        code: "sweep/none-holds",
        "none of \(NumberText.grouped(judged.count)) simulated cases holds what is required",
        notes: (nearest.missed ?? []).map { "\(labels.joined(separator: ", ")): \($0)" },
        hint: "search for what does: `windtunnel plan`, or `windtunnel capacity` for the load")
    ])
  }

  /// - Throws: `BrokenLaws`, or `NoFeasibleDeployment` when the whole sweep was refused.
  private func check(_ records: [SweepRecord], _ header: SweepHeader) throws {
    for record in records {
      guard let laws = record.brokenLaws else { continue }
      let settings = (header.settings + record.settings).map { "--set '\($0)'" }
        .joined(separator: " ")
      throw BrokenLaws(laws: laws, reproduction: "windtunnel run \(header.scenario) \(settings)")
    }
    guard header.shard == nil, !records.isEmpty else { return }
    try checkRequired(records)
    guard records.allSatisfy({ $0.refused != nil }),
      let first = records[0].refused?.first
    else { return }
    throw NoFeasibleDeployment([
      Diagnostic(
        code: "sweep/nothing-fits",
        "none of \(NumberText.grouped(records.count)) cases can be deployed",
        notes: ["the first: \(first.message)"], hint: first.hint)
    ])
  }
}
