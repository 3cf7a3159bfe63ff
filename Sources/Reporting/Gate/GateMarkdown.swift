package import Requirements

/// A verdict as the summary of a pull request.
package struct GateMarkdown<Document: GatedDocument> {
  private let document: Document
  private let verdict: GateVerdict

  package init(_ document: Document, _ verdict: GateVerdict) {
    self.document = document
    self.verdict = verdict
  }

  package var text: String {
    var blocks = [
      "### \(MarkdownText.escaped(document.gateTitle)): \(verdict.isMet ? "met" : "not met")",
      MarkdownText.escaped(document.circumstances),
      MarkdownText.escaped(verdict.words + "."),
    ]
    if let requirements = document.requirements {
      blocks.append(
        MarkdownText.table(
          ["requirement", "value", ""], alignments: [.left, .right, .left],
          rows: requirements.map { item in
            [
              MarkdownText.escaped(item.requirement), MarkdownText.escaped(item.valueText),
              Self.emphasised(item.verdict, item.isMet),
            ]
          }))
    }
    if let baseline = document.baseline { blocks += baselineBlocks(baseline) }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func baselineBlocks(_ baseline: BaselineReport) -> [String] {
    var blocks = ["Baseline " + MarkdownText.escaped(baseline.countWords)]
    let shown = baseline.shownDifferences
    if !shown.isEmpty { blocks.append(Self.table(shown)) }
    let within = baseline.differences.filter { $0.verdict == "within" }
    if !within.isEmpty {
      blocks.append(MarkdownText.folded("\(within.count) within", Self.table(within)))
    }
    if !baseline.inputs.isEmpty {
      let table = MarkdownText.table(
        ["input", "before", "now"], alignments: [.left, .left, .left],
        rows: baseline.inputs.map { input in
          [input.path, input.before ?? "none", input.now ?? "none"].map(MarkdownText.escaped)
        })
      blocks.append(
        MarkdownText.folded(
          baseline.inputs.count == 1 ? "1 other input" : "\(baseline.inputs.count) other inputs",
          table))
    }
    return blocks
  }

  private static func table(_ differences: [BaselineReport.Difference]) -> String {
    MarkdownText.table(
      ["figure", "before", "now", "change", ""],
      alignments: [.left, .right, .right, .right, .left],
      rows: differences.map { item in
        [item.figure, item.beforeText, item.nowText, item.changeText].map(MarkdownText.escaped)
          + [emphasised(item.verdictWords, !item.isFailure)]
      })
  }

  private static func emphasised(_ text: String, _ isMet: Bool) -> String {
    let escaped = MarkdownText.escaped(text)
    return isMet ? escaped : "**\(escaped)**"
  }
}
