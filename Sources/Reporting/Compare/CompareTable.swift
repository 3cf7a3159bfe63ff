internal import Outcomes
internal import Units

/// A comparison as a table for a terminal: a machine a column, four of them side by side.
struct CompareTable {
  private let report: CompareReport
  /// So that a table stays within 120 columns.
  private static let machinesAbreast = 4

  init(_ report: CompareReport) { self.report = report }

  func text(_ style: TextStyle) -> String {
    var lines = header
    var rest = report.machines[...]
    while !rest.isEmpty {
      lines += [""] + columns(Array(rest.prefix(Self.machinesAbreast)), style)
      rest = rest.dropFirst(Self.machinesAbreast)
    }
    lines += reasons + GateTable(report.requirements, report.baseline).sections(style)
    lines += commands
    return lines.joined(separator: "\n") + "\n"
  }

  private var header: [String] {
    let title = report.inputs.title.isEmpty ? "" : ": \(report.inputs.title)"
    var lines = ["\(report.inputs.scenario)\(title)", ""]
    lines.append("  model  \(report.inputs.model)")
    if let rate = report.inputs.interactivity {
      lines.append(
        "  at     \(NumberText.plain(rate)) tok/s for every user, as many users as that leaves")
    } else {
      lines.append("  level  \(report.inputs.level.joined(separator: ", "))")
    }
    lines.append("  price  \(report.inputs.price)")
    return lines
  }

  private func columns(_ machines: [CompareReport.Machine], _ style: TextStyle) -> [String] {
    var table = TextTable([.left] + machines.map { _ in .right })
    table.add(heading: [""] + machines.map(\.hardware))
    for row in CompareRow.all {
      let cells = machines.map(row.cell)
      if cells.contains(where: { !$0.isEmpty }) { table.add([row.name] + cells) }
    }
    return table.lines(style)
  }

  /// Why a machine is not chosen.
  private var reasons: [String] {
    let missing = report.machines.filter { $0.verdict != .holds }
    guard !missing.isEmpty else { return [] }
    return [""]
      + missing.flatMap { machine in
        let verdict =
          switch machine.verdict {
          case .holds: ""
          case .misses:
            "nothing holds the level; nearest is \(machine.choice?.layout ?? "nothing")"
          case .impossible: "the model does not work on it"
          }
        return ["  \(machine.hardware): \(verdict)"] + machine.reasons.map { "    \($0)" }
      }
  }

  /// What is typed to see a choice in full.
  private var commands: [String] {
    let chosen = report.machines.filter { $0.verdict == .holds && $0.choice != nil }
    guard report.inputs.interactivity == nil, let last = chosen.last, let choice = last.choice
    else { return [] }
    return [
      "", "\(last.hardware) in full:",
      "  windtunnel run \(report.inputs.file) " + choice.settings.joined(separator: " "),
    ]
  }
}
