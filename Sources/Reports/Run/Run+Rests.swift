internal import Documents
internal import Rendering
internal import Requirements
internal import Results

// Every figure, everything it was made from, and how sure that is.
extension RunFindings {
  var figures: Section {
    let known = results.figures.filter { $0.value != nil }
    return Section("All figures") {
      Part.fold(
        "\(Words.count(known.count)) figures by the names that `--require` uses",
        [
          .table(
            Table(
              "All figures", ["figure", "value"],
              rows: known.map { [.words($0.figure.path), .amount($0.words)] }))
        ])
    }
  }

  var inputs: Section {
    Section("Inputs") {
      Part.fold(
        "Everything as it was resolved, in JSON",
        [.facts([Fact("file", report.inputs.scenario.file)]), .code(resolved, language: "json")])
    }
  }

  private var resolved: String {
    // What was encoded once can be encoded again.
    (try? ResolvedInputs(inputs: report.inputs, seed: report.seed).json()) ?? ""
  }

  private struct ResolvedInputs: ReportDocument {
    var inputs: RunInputs
    var seed: UInt64
  }

  var provenance: Section {
    let weakest = report.provenance.weakestBehind
    let parts: [(ReportProvenance.Behind, String?)] = [
      (.performance, weakest.performance), (.energy, weakest.energy), (.cost, weakest.cost),
    ]
    return Section("Rests on") {
      Part.facts(
        parts.compactMap { part, status in
          status.map { Fact(part.rawValue, words(part, $0)) }
        })
      for (part, status) in parts { status.map { fold(part, $0) } }
    }
  }

  /// What a part of the results rests on: of what is timed, which assumption matters most; of the
  /// rest, the weakest figures.
  private func words(_ part: ReportProvenance.Behind, _ status: String) -> String {
    guard part == .performance, !report.provenance.doubtful.isEmpty else {
      return "\(status): \(reasons(part, status))"
    }
    let doubts = report.provenance.doubtful.map(\.words)
    // As many as a line has room for.
    return doubts.dropFirst().reduce(doubts[0]) { words, next in
      words.count + next.count > 80 ? words : "\(words); \(next)"
    }
  }

  /// The weakest figures themselves, the first of them by name.
  private func reasons(_ part: ReportProvenance.Behind, _ status: String) -> String {
    let all = report.provenance.figures.filter {
      ($0.behind == part || $0.behind == .performance) && $0.status == status
    }.sorted { $0.share ?? 0 > $1.share ?? 0 }
    let own = all.filter { $0.behind == part }
    let shown = own.isEmpty ? all : own
    var names: [String] = []
    var length = 0
    for entry in shown where length < 50 {
      names.append(entry.path)
      length += entry.path.count + 2
    }
    let rest = shown.count - names.count
    return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private func fold(_ part: ReportProvenance.Behind, _ weakest: String) -> Part {
    let entries = report.provenance.figures.filter { $0.behind == part }
    let also = part == .performance ? "" : ", and those behind performance"
    return .fold(
      "\(part.rawValue): \(weakest) by the weakest of \(entries.count) figures\(also)",
      [
        .note(
          "A result is as sure as the weakest figure that it rests on. From the surest on: "
            + "measured, datasheet, fitted, estimated, assumed."
            + (part == .performance ? " A share is how much of the steps' time grows with it." : "")
        ),
        .list(
          entries.map { entry in
            Item(
              .code(entry.path),
              [.words(entry.value ?? "")]
                + (entry.share.map { [.share($0)] } ?? []) + [.status(entry.status)],
              lines: ["\(entry.from): \(entry.source)"])
          }),
      ])
  }
}
