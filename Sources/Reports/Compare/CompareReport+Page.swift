package import Documents
package import Rendering
internal import Results
internal import Units

extension CompareReport: Report {
  package var page: Page {
    Page(
      name: inputs.scenario, title: inputs.title, kind: "windtunnel compare \(inputs.scenario)",
      lead: lead, footer: "seed \(seed)"
    ) {
      Section {
        Part.facts([
          Fact("model", inputs.model), Fact("held", inputs.level.joined(separator: ", ")),
          Fact("price", inputs.price), Fact("scenario", inputs.file),
        ])
      }
      Section("Price of a million tokens") { Part.cards(prices) }
      Section("Machines side by side") { Part.table(sideBySide) }
      Section("Speed and throughput") { Part.picture(.lines(frontier)) }
      Section("Where the time goes") { bounds.map { Part.picture(.bars($0)) } }
      Section("What the money goes on") { costs.map { Part.picture(.waterfall($0)) } }
      Section("Not chosen") { Part.list(notChosen) }
      gateSections
      Section("To simulate each in full") { commands.map { Part.code($0, language: "sh") } }
    }
  }

  /// Machines that hold the level, with what is deployed there.
  private var chosen: [(name: String, choice: Choice)] {
    machines.compactMap { machine in
      machine.verdict == .holds ? machine.choice.map { (machine.hardware, $0) } : nil
    }
  }

  private var lead: String {
    let load =
      inputs.interactivity.map { "as many users as get \(NumberText.plain($0)) tok/s each" }
      ?? "at the load of the scenario"
    return "\(inputs.model) on \(Words.count(machines.count, "machine")), each in the layout that "
      + "serves it cheapest, \(load)."
  }

  private var prices: [Card] {
    chosen.compactMap { name, choice in
      RunFigures.row("cost.blended").flatMap {
        Card(
          $0, of: choice.results, choice.intervals, label: name, note: choice.layout,
          status: choice.weakest)
      }
    }
  }

  // MARK: Pictures

  private var frontier: LineChart {
    let series = chosen.compactMap { name, choice -> ChartSeries? in
      guard let pace = choice.results.timePerOutputToken?.p50, pace > 0,
        let rate = choice.results.outputRatePerAccelerator
      else { return nil }
      return ChartSeries(
        name, [ChartPoint(1_000 / pace, rate, name: choice.layout)], style: .points)
    }
    return LineChart(
      "Speed for one user against throughput",
      "Output tokens a second for one user, and from every accelerator, of the deployment that was "
        + "chosen on each machine.",
      x: ChartAxis("tok/s for one user"),
      y: ChartAxis("output tok/s per accelerator", scale: .logarithmic), series, reading: .points)
  }

  private var bounds: BarChart? {
    let bars = chosen.compactMap { name, choice in choice.results.boundBy.map { (name, $0) } }
    return bars.isEmpty ? nil : BarChart(boundBy: bars)
  }

  private var costs: [WaterfallChart] {
    let dearest = chosen.compactMap { $0.choice.results.cost?.total }.max()
    return chosen.compactMap { name, choice in
      choice.results.cost.map { cost in
        WaterfallChart(
          name, "What the accelerator-hours of the run on \(name) cost, by what they did.",
          cost.lines.map { line in
            WaterfallChart.Step(
              [line.pool, line.item].compactMap { $0 }.joined(separator: " "), line.cost,
              isIdle: line.item == "idle")
          }, scaleEnd: dearest)
      }
    }
  }

  // MARK: Words

  /// Why a machine is not chosen.
  private var notChosen: [Item] {
    machines.filter { $0.verdict != .holds }.map { machine in
      let nearest = machine.choice?.layout ?? "nothing"
      return Item(
        .words(
          machine.verdict == .misses
            ? "\(machine.hardware): nothing holds the level; nearest is \(nearest)"
            : "\(machine.hardware): the model does not work on it"), lines: machine.reasons)
    }
  }

  private var commands: String? {
    guard inputs.interactivity == nil, !chosen.isEmpty else { return nil }
    return chosen.map { _, choice in
      "windtunnel run \(inputs.file) " + choice.settings.joined(separator: " ") + "\n"
    }.joined()
  }

  // MARK: For other programs

  /// A row a machine, with every figure that has a name.
  package var rows: [[String]]? {
    let names = [
      "scenario", "hardware", "engine", "verdict", "layout", "accelerators", "weights",
      "usd_per_mtok_ratio", "usd_per_mtok_ratio_low", "usd_per_mtok_ratio_high", "settings",
      "reasons",
    ]
    return [names + RunFigures.all.map(\.column)] + machines.map(row)
  }

  private func row(_ machine: Machine) -> [String] {
    let choice = machine.choice
    let ratio = machine.priceRatio
    return [
      inputs.scenario, machine.hardware, machine.engine, machine.verdict.rawValue,
      choice?.layout ?? "", choice.map { "\($0.accelerators)" } ?? "", choice?.weights ?? "",
      CSVText.number(ratio?.value), CSVText.number(ratio?.low), CSVText.number(ratio?.high),
      choice?.settings.joined(separator: " ") ?? "", machine.reasons.joined(separator: "; "),
    ] + RunFigures.all.map { CSVText.number($0.columnValue(choice?.results.value(of: $0))) }
  }
}
