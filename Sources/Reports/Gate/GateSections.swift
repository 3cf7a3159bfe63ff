package import Documents
internal import Rendering
package import Requirements

extension GatedDocument {
  /// What is required and what was before, each under its heading; nothing where nothing is asked.
  var gateSections: [Section] {
    [
      Section("Requirements") { requirements.map { Part.table(Self.table($0)) } },
      Section("Baseline") { baseline.map(\.parts) ?? [] },
    ]
  }

  fileprivate static func table(_ requirements: [RequirementReport]) -> Table {
    Table(
      "Requirements", ["requirement", "value", ""],
      rows: requirements.map {
        [.words($0.requirement), .amount($0.valueText), .verdict($0.verdict, isGood: $0.isMet)]
      })
  }

  /// A verdict as the summary of a pull request: a piece of Markdown.
  package func summary(_ verdict: GateVerdict) -> String {
    Page(
      title: "\(gateTitle): \(verdict.isMet ? "met" : "not met")", kind: gateTitle,
      lead: circumstances
    ) {
      Section {
        Part.paragraph("\(verdict.words).")
        requirements.map { Part.table(Self.table($0)) }
      }
      Section("Baseline") { baseline.map(\.parts) ?? [] }
    }.markdown(level: 3)
  }
}

extension BaselineReport {
  fileprivate var parts: [Part] {
    let shown = shownDifferences
    let within = differences.filter { $0.verdict == "within" }
    return [
      .paragraph(countWords), .table(Self.table(shown)),
      .fold("\(within.count) within", [.table(Self.table(within))]), .table(inputTable),
      .fold(
        inputs.count == 1 ? "1 other input" : "\(inputs.count) other inputs",
        isCut ? [.table(table(inputs, longest: .max))] : []),
    ]
  }

  private static func table(_ differences: [Difference]) -> Table {
    Table(
      "Figures", ["figure", "before", "now", "change", ""],
      rows: differences.map { item in
        [
          .words(item.figure), .amount(item.beforeText), .amount(item.nowText),
          .amount(item.changeText), .verdict(item.verdictWords, isGood: !item.isFailure),
        ]
      })
  }

  // MARK: Inputs

  /// Most inputs that are listed, enough to say what was changed; another machine changes dozens.
  private static let mostInputs = 10
  private static let longest = 30

  private var isCut: Bool {
    inputs.count > Self.mostInputs
      || inputs.contains { [$0.before, $0.now].contains { ($0?.count ?? 0) > Self.longest } }
  }

  private var inputTable: Table {
    var found = table(Array(inputs.prefix(Self.mostInputs)), longest: Self.longest)
    if inputs.count > Self.mostInputs {
      found.rows.append([.words("and \(inputs.count - Self.mostInputs) more"), "", ""])
    }
    return found
  }

  private func table(_ inputs: [InputDifference], longest: Int) -> Table {
    func cell(_ value: String?) -> Cell {
      guard let value else { return "none" }
      return .words(value.count > longest ? value.prefix(longest) + "..." : value)
    }
    return Table(
      "Other inputs", ["other input", "before", "now"],
      rows: inputs.map { [.words($0.path), cell($0.before), cell($0.now)] })
  }
}
