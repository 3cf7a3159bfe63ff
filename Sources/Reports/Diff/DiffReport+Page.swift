package import Documents
package import Rendering

extension DiffReport: Report {
  package var page: Page {
    Page(
      name: "windtunnel \(results)", title: "\(before) and \(now)", kind: "windtunnel diff",
      lead: lead
    ) {
      Section("What they are made from") { Part.table(inputTable(causes)) }
      Section("Figures") { Part.table(figureTable) }
      Section("What follows from that") {
        Part.fold("\(consequences.count) other inputs", [.table(inputTable(consequences))])
      }
    }
  }

  /// What changed, and why.
  private var lead: String {
    let count = Words.count(figures.count, "figure")
    let changed =
      figures.isEmpty
      ? "No figure differs." : "\(count) of \(Words.count(figures.count + same.count)) differ"
    guard !figures.isEmpty else { return changed + (inputs.isEmpty ? "" : " \(reason)") }
    let better = figures.count { $0.verdict == "better" }
    let worse = figures.count { $0.verdict == "worse" }
    return "\(changed): \(better) better, \(worse) worse. \(reason)"
  }

  private var reason: String {
    guard !inputs.isEmpty else {
      return "Nothing that they are made from does: it is the program that changed."
    }
    let named = causes.prefix(3).map {
      "\($0.shortPath) \($0.before ?? "none") to \($0.now ?? "none")"
    }
    let rest = causes.count - named.count
    return "What they are made from differs: "
      + (named + (rest > 0 ? ["\(rest) more"] : [])).joined(separator: ", ") + "."
  }

  /// What was asked for; without any, whatever differs.
  private var causes: [InputDifference] {
    let asked = distinct.filter { input in
      (input.path.hasPrefix("inputs.") || input.path == "seed") && !input.isDerived
    }
    return asked.isEmpty ? distinct : asked
  }

  /// Sizes, prices and figures of machines and engines, which are what they are because of those.
  private var consequences: [InputDifference] { distinct.filter { !causes.contains($0) } }

  /// Without what a pool says again that stands for all of them.
  private var distinct: [InputDifference] {
    inputs.filter { input in
      guard input.path.hasPrefix("inputs.pools.0.") else { return true }
      let shared = "inputs." + input.path.dropFirst("inputs.pools.0.".count)
      return !inputs.contains {
        $0.path == shared && $0.before == input.before && $0.now == input.now
      }
    }
  }

  private var figureTable: Table {
    Table(
      "Figures", ["figure", "before", "now", "change", ""],
      rows: figures.map { item in
        [
          .words(item.figure), .amount(item.beforeText), .amount(item.nowText),
          .amount(item.changeText), .verdict(item.verdictWords, isGood: !item.isFailure),
        ]
      })
  }

  private func inputTable(_ inputs: [InputDifference]) -> Table {
    Table(
      "Inputs", ["input", "before", "now"],
      rows: inputs.map {
        [.words($0.shortPath), .words($0.before ?? "none"), .words($0.now ?? "none")]
      })
  }
}

extension InputDifference {
  fileprivate var shortPath: String {
    path.hasPrefix("inputs.") ? String(path.dropFirst("inputs.".count)) : path
  }

  /// What the program found, and nobody asked for.
  fileprivate var isDerived: Bool {
    let parts = path.split(separator: ".")
    return parts.contains("memory") || parts.contains("price")
  }
}
