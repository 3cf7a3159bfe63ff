package import Documents
package import Rendering

extension ListReport: Report {
  package var page: Page {
    let words: Set =
      switch kind {
      case .hardware: ["release"]
      case .models: []
      case .engines, .projections: Set(columns)
      case .scenarios: ["model", "hardware", "title"]
      }
    let rows = entries.map { entry in
      columns.map { column -> Cell in
        guard let text = entry[column] else { return .none }
        return words.contains(column) ? .words(text) : .amount(text)
      }
    }
    let names = columns.map { $0.replacing("_", with: " ") }
    return Page(
      title: "\(kind.rawValue) that come with the program",
      kind: "windtunnel list \(kind.rawValue)",
      isBare: true
    ) {
      Section { Part.table(Table(kind.rawValue, names, rows: rows)) }
    }
  }

  /// The columns of the table, then what it leaves out, by name.
  package var rows: [[String]]? {
    let all = Set(entries.flatMap(\.keys))
    let names = columns + all.subtracting(columns).sorted()
    return [names] + entries.map { entry in names.map { entry[$0] ?? "" } }
  }
}
