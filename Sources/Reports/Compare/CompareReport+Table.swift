internal import Documents
internal import Planning
internal import Rendering
internal import Requirements
internal import Results
internal import Units

// A machine a column, a figure a row.
extension CompareReport {
  /// The named figures that are set side by side.
  private static let allFigures = [
    "output.per_gpu", "interactivity", "ttft.p99", "tpot.p99", "cost.hour", "cost.input",
    "cost.output", "cost.blended",
  ]
  /// What nobody waits for in a batch.
  private static let waited: Set = ["interactivity", "ttft.p99", "tpot.p99"]
  private static let accounts = ["energy.output", "energy.per_mw"]

  private var figures: [String] {
    Self.allFigures.filter { !inputs.isJob || !Self.waited.contains($0) }
  }

  var sideBySide: Table {
    Table(
      "Machines side by side", ["figure"] + machines.map(\.hardware),
      rows: (layoutRows + rows(of: figures) + judgedRows + ratioRows + rows(of: Self.accounts)
        + otherRows)
        .filter { $0.dropFirst().contains { !$0.text.isEmpty } })
  }

  private func row(_ name: String, _ cell: (Machine) -> Cell) -> [Cell] {
    [.words(name)] + machines.map(cell)
  }

  /// Unknown where a machine has a deployment without it, empty where it has none.
  private func chosenRow(_ name: String, _ cell: (Choice) -> Cell?) -> [Cell] {
    row(name) { machine in machine.choice.map { cell($0) ?? .unknown } ?? "" }
  }

  private func rows(of paths: [String]) -> [[Cell]] {
    paths.compactMap(RunFigures.row).map { figure in
      let unit = figure.figure.dimension.map { ", \($0.shownUnit.symbol)" } ?? ""
      return chosenRow(figure.label + unit) { choice in
        choice.results.value(of: figure).map {
          .number($0 / (figure.figure.dimension?.shownUnit.factor ?? 1))
        }
      }
    }
  }

  private var layoutRows: [[Cell]] {
    [
      row("holds the level") { machine in
        .amount(
          machine.verdict != .holds ? "no" : machine.certainty == .marginal ? "marginal" : "yes")
      },
      chosenRow("accelerators") { .count($0.accelerators) },
      row("  eight times in ten") { machine in
        machine.counts.map { .amount($0.words) } ?? ""
      },
    ]
  }

  /// Between what the judged figures lie, those of all machines.
  private var judgedRows: [[Cell]] {
    machines.flatMap { $0.judged.map(\.figure) }.uniqued.map { path in
      let label = RunFigures.row(path)?.label ?? path
      return row("\(label), 80 %") { machine in
        machine.judged.first { $0.figure == path }.map { .amount($0.words) } ?? ""
      }
    }
  }

  private var ratioRows: [[Cell]] {
    [
      row("price, to the first") { Self.words($0.priceRatio) },
      row("output of one, to it") { Self.words($0.rateRatio) },
    ]
  }

  private var otherRows: [[Cell]] {
    [
      chosenRow("bound by") { $0.results.boundBy.map { Self.words($0, place: 0) } },
      chosenRow("after that by") { $0.results.boundBy.map { Self.words($0, place: 1) } },
      chosenRow("speed rests on") { .amount($0.restsOn?.words ?? $0.weakest) },
      row("an hour of one, USD") { machine in
        machine.choice?.results.cost?.bills.first.map {
          .dollars($0.dollarsPerUnitHour / Double(max(1, $0.acceleratorsPerUnit)))
        } ?? ""
      },
      row("priced by") { machine in
        machine.choice?.results.cost?.bills.first.map { bill in
          .amount(
            (bill.isOwnPrice ? "you" : "profile") + (bill.priceDate.map { ", \($0)" } ?? ""))
        } ?? ""
      },
      row("engine") { .amount($0.engine) },
      row("simulations") { .count($0.simulations) },
    ]
  }

  /// `0.51 (0.42 to 0.63)`
  private static func words(_ ratio: Ratio?) -> Cell {
    guard let ratio else { return "" }
    let value = NumberText.significant(ratio.value, 2)
    guard let low = ratio.low, let high = ratio.high else { return .amount(value) }
    let ends = [low, high].map { NumberText.significant($0, 2) }
    return .amount("\(value) (\(ends[0]) to \(ends[1]))")
  }

  /// - Parameter place: among the parts, the largest first.
  private static func words(_ bound: RunResults.BoundBy, place: Int) -> Cell {
    let part = bound.parts.sorted { $0.share > $1.share }[place]
    return .amount("\(part.name) \(NumberText.fixed(part.share * 100, 0)) %")
  }
}

extension Dimension {
  /// One for a whole row: figures of machines are to be compared.
  fileprivate var shownUnit: (symbol: String, factor: Double) {
    self == .seconds ? ("ms", 1e-3) : units[0]
  }
}
