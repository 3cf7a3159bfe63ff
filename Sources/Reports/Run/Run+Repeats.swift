internal import Documents
internal import Rendering
internal import Results

// The same run with other seeds.
extension RunFindings {
  /// What a reader decides on; a document has all.
  private static let shown = [
    "attainment", "ttft.mean", "ttft.p50", "ttft.p95", "ttft.p99", "tpot.p50", "tpot.p99",
    "e2e.p50", "e2e.p95", "e2e.p99", "output", "cost.blended",
  ]

  var repeats: Section {
    Section("With other seeds") {
      if let repeats = report.repeats {
        Part.paragraph(
          "What chance does in \(Words.count(repeats.seeds.count)) runs that differ in their seed "
            + "alone. How far the model is off is another question: the 80 % intervals answer it.")
        Part.table(Self.table(of: repeats))
      }
    }
  }

  private static func table(of repeats: RepeatReport) -> Table {
    Table(
      "With other seeds", ["figure", "mean", "standard deviation", "least", "most"],
      rows: repeats.figures.filter { shown.contains($0.figure) }.compactMap { found in
        RunFigures.row(found.figure).map { row in
          let format = row.figure.format
          return [.words(row.label)]
            + [found.mean, found.standardDeviation, found.low, found.high].map {
              .value($0, format)
            }
        }
      })
  }
}
