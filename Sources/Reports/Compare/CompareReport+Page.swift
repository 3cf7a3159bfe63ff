package import Documents
internal import Planning
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
      Section("Price of a million tokens") {
        if !chosen.isEmpty {
          Part.table(answers)
          Part.note(terms)
        }
        Part.facts(deployed + bought)
        Part.aside([.cards(prices)])
      }
      Section("Machines side by side") { Part.table(sideBySide) }
      Section("Speed and throughput") { Part.picture(.lines(frontier)) }
      Section("Where the time goes") { bounds.map { Part.picture(.bars($0)) } }
      Section("What the money goes on") { costs.map { Part.picture(.waterfall($0)) } }
      Section("Not chosen") { Part.list(notChosen) }
      gateSections
      Section("The cheapest in full") {
        cheapest.flatMap { command(of: $0.choice) }.map { Part.code($0 + "\n", language: "sh") }
        Part.fold(
          "The others in full",
          chosen.filter { $0.name != cheapest?.name }
            .compactMap { command(of: $0.choice) }.map { .code($0 + "\n", language: "sh") })
      }
    }
  }

  /// Machines that hold the level, with what is deployed there.
  private var chosen: [(name: String, choice: Choice)] {
    machines.compactMap { machine in
      machine.verdict == .holds ? machine.choice.map { (machine.hardware, $0) } : nil
    }
  }

  /// By the price of all tokens; where nobody knows a price, there is none.
  private var cheapest: (name: String, choice: Choice)? {
    let priced = chosen.filter { $0.choice.blendedPrice != nil }
    return priced.min { $0.choice.blendedPrice ?? 0 < $1.choice.blendedPrice ?? 0 }
      ?? (chosen.count == 1 ? chosen[0] : nil)
  }

  package var brief: String {
    "\(inputs.scenario): \(answer ?? "nothing that was tried holds the level.")"
  }

  private var lead: String {
    let load = users.map { "with as many users as \($0)" } ?? "at the load of the scenario"
    let what =
      "\(inputs.model) on \(Words.count(machines.count, "machine")), each in the layout that "
      + "serves it cheapest, \(load)."
    return [answer, what].compactMap { $0 }.joined(separator: " ")
  }

  /// `leave 95 % of them 40 tok/s`; nil at the scenario's own load.
  private var users: String? {
    inputs.interactivity.map { rate in
      let whom =
        inputs.share.map { "\(NumberText.plain(ReportNumber.rounded($0 * 100))) % of them" }
        ?? "the median user"
      return "leave \(whom) \(NumberText.plain(rate)) tok/s"
    }
  }

  /// The answer first: the cheapest that holds, what it costs, how full it is and what bounds it.
  private var answer: String? {
    guard let cheapest else { return nil }
    let choice = cheapest.choice
    let words = choice.results.cost.map { cost in
      [
        choice.layout, choice.clients.map { Words.count($0, "user") },
        cost.blendedWords(choice.intervals), choice.results.costWords(isJob: inputs.isJob),
      ].compactMap { $0 }.joined(separator: ", ")
    }
    let sure = certainty(of: cheapest.name) == .marginal ? ", marginally," : ""
    return "The cheapest that holds the level\(sure) is \(cheapest.name): "
      + (words ?? choice.layout) + (choice.results.boundWords.map { "; \($0)" } ?? "")
      + choice.results.refusedWords + choice.assumptionWords + "."
  }

  // MARK: A row a machine

  private var answers: Table {
    let share = NumberText.fixed(CompareReport.equalUse * 100, 0)
    let columns: [(name: String, cell: (String, Choice) -> Cell)] = [
      ("machine", { name, _ in .words(name) }),
      ("USD", { .dollars($1.blendedPrice).orUnknown() }),
      (
        "80 % interval",
        {
          $1.intervals?.blendedPrice.map { .spread(low: $0.low, high: $0.high, .dollars) } ?? .none
        }
      ),
      (inputs.isJob ? "USD for the job" : "USD a month", { paid($1.results) }),
      ("it takes", { inputs.isJob ? .amount(Words.duration($1.results.makespanSeconds)) : .none }),
      ("users", { $1.clients.map { .count($0) } ?? .none }),
      ("capacity used", { .share($1.results.highestUtilization) }),
      ("USD at \(share) %", { .dollars($1.priceAtEqualUse) }),
      ("holds", { name, _ in .words(certainty(of: name)?.word ?? "") }),
    ]
    // Users who come as fast as they are served use what there is.
    let shown = columns.filter { column in
      chosen.contains { column.cell($0.name, $0.choice) != .none }
    }
    return Table(
      "Price of a million tokens", shown.map(\.name),
      rows: chosen.map { name, choice in shown.map { $0.cell(name, choice) } })
  }

  /// A month of it, or a job.
  private func paid(_ results: RunResults) -> Cell {
    results.cost.map { cost in
      .amount(
        CostResults.whole(
          inputs.isJob ? cost.dollars(for: results.makespanSeconds) : cost.dollarsPerMonth))
    } ?? .unknown
  }

  /// Each machine's price beside that of somebody else.
  private var bought: [Fact] {
    chosen.flatMap { name, choice in
      choice.results.apiFacts.map { Fact("\(name) or \($0.name)", $0.lines) }
    }
  }

  /// What is deployed, and what is paid for to have it.
  private var deployed: [Fact] {
    chosen.map { name, choice in
      Fact(
        name,
        "\(choice.layout), weights \(choice.weights): \(choice.billWords)"
          + choice.results.refusedWords)
    }
  }

  private func certainty(of name: String) -> Certainty? {
    machines.first { $0.hardware == name }?.certainty
  }

  private var terms: String {
    let blended =
      "USD for a million tokens in and out together, everything that is paid (blended). "
    let pace =
      inputs.isJob ? "" : "Interactivity: output tokens a second that the median user sees. "
    guard chosen.contains(where: { $0.choice.priceAtEqualUse != nil }) else {
      return blended + pace
    }
    return blended + pace
      + (hasPeak ? "Capacity used: at the highest rate. " : "")
      + "At \(NumberText.fixed(CompareReport.equalUse * 100, 0)) %: if each had "
      + "the load that fills it so far, so that a small load on a large machine does not mislead."
  }

  private var hasPeak: Bool { chosen.contains { $0.choice.results.peak != nil } }

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

  /// Nil where nothing can be set for it.
  private func command(of choice: Choice) -> String? {
    choice.settings.isEmpty ? nil : RunCommandLine.text(inputs.file, choice.settings)
  }

  // MARK: For other programs

  /// A row a machine, with every figure that has a name.
  package var rows: [[String]]? {
    let names = [
      "scenario", "hardware", "engine", "verdict", "layout", "accelerators", "weights",
      "usd_per_mtok_ratio", "usd_per_mtok_ratio_low", "usd_per_mtok_ratio_high", "command",
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
      choice.flatMap(command) ?? "",
      machine.reasons.joined(separator: "; "),
    ] + RunFigures.all.map { CSVText.number($0.columnValue(choice?.results.value(of: $0))) }
  }
}

extension CompareReport.Choice {
  /// What an answer owes to guesses that nobody asked for; empty where there are none.
  var assumptionWords: String {
    assumedAcceptance.map {
      "; with guesses right at \($0), which nobody measured here: `--keep speculation` leaves them "
        + "out"
    } ?? ""
  }

  fileprivate var blendedPrice: Double? { results.cost?.perMillionTokens.blended }

  /// `12`, `48 in 6 servers of 8`
  fileprivate var billWords: String {
    let bills = results.cost?.bills ?? []
    return bills.isEmpty
      ? Words.count(accelerators) : bills.map(\.words).joined(separator: ", ")
  }
}
