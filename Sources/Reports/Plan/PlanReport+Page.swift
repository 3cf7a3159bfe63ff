package import Documents
internal import Planning
package import Rendering
internal import Results
internal import Units

extension PlanReport: Report {
  package var page: Page {
    Page(
      name: inputs.scenario, title: inputs.title, kind: "windtunnel plan \(inputs.scenario)",
      lead: lead, footer: "seed \(seed)"
    ) {
      Section {
        Part.facts([
          Fact("model", inputs.model),
          Fact("machine", "\(inputs.hardware), engine \(inputs.engine)"),
          Fact("held", inputs.level.joined(separator: ", ")), Fact("price", inputs.price),
          Fact("demand", demand), Fact("scenario", inputs.file),
        ])
      }
      Section("Deployment") {
        Part.cards(cards)
        Part.table(Table(judged: judged))
        Part.facts(deployment)
      }
      Section("As the load grows") {
        if months.count > 1 {
          Part.picture(.lines(growth))
          Part.table(monthTable)
          nextDomain.map { Part.paragraph($0) }
        }
      }
      Section("Nothing holds the level") { Part.list(misses) }
      gateSections
      Section("To see it in full") {
        if let choice {
          Part.code(
            RunCommandLine.text(inputs.file, choice.settings),
            language: "sh")
        }
      }
    }
  }

  /// The answer first.
  private var lead: String {
    guard let choice, let deployed = gpusDeployed else {
      return "Nothing on \(inputs.hardware) holds the level."
    }
    let results = choice.results
    let number =
      results.cost?.bills.first.map(\.acceleratorWords) ?? Words.count(deployed, "accelerator")
    let priced = results.cost.map { cost in
      [results.costWords(isJob: inputs.isJob), cost.blendedWords(choice.intervals)]
        .compactMap { $0 }.joined(separator: ", ")
    }
    // Where more are paid for at a time than serve, the fewest may be no cheaper than more.
    let isSoldApart = results.cost?.bills.allSatisfy { $0.acceleratorsPerUnit == 1 } ?? true
    let sure = certainty.map { $0 == .marginal ? ", marginally" : "" } ?? ""
    return
      "The \(isSoldApart ? "fewest" : "cheapest") that hold the level\(sure): \(choice.layout) on "
      + "\(inputs.hardware), \(number)"
      + (priced.map { ", \($0)" } ?? "") + (results.boundWords.map { "; \($0)" } ?? "")
      + results.refusedWords + choice.assumptionWords + "."
  }

  private var demand: String {
    var words: [String] = []
    if inputs.headroom > 0 { words.append("headroom \(Words.percent(inputs.headroom))") }
    if inputs.spares > 0 { words.append("\(inputs.spares) spare in every pool") }
    if inputs.months > 0 {
      words.append(
        "\(Words.signedPercent(inputs.growthPerMonth)) a month for \(inputs.months) months")
    }
    return words.joined(separator: ", ")
  }

  // MARK: The deployment

  private var cards: [Card] {
    guard let choice else { return [] }
    // For a batch nobody waits.
    let judged =
      inputs.isJob ? ["makespan", "cost.total"] : ["attainment", "ttft.p99", "tpot.p99"]
    return (judged + ["cost.hour", "cost.blended"]).compactMap { path in
      RunFigures.row(path).flatMap {
        Card(
          $0, of: choice.results, choice.intervals,
          note: path == "cost.blended" && inputs.spares > 0 ? "spares included" : "",
          status: choice.weakest)
      }
    }
  }

  private var deployment: [Fact] {
    guard let choice, let deployed = gpusDeployed else { return [] }
    let domains = (deployed + gpusPerDomain - 1) / gpusPerDomain
    // The run was given up once that was sure.
    let fewer = oneFewer.map {
      "\($0.layout): \($0.reasons.joined(separator: ", ")), as far as was looked"
    }
    let cost = choice.results.cost
    return [
      Fact("layout", choice.layout),
      Fact(
        "accelerators",
        "\(Words.count(deployed)) in \(Words.count(domains, "domain")) of \(gpusPerDomain)"),
      Fact(
        "eight times in ten",
        gpusNeeded.map { "\($0.words), spares apart" + ($0.high == nil ? Self.noEnd : "") } ?? ""),
      Fact("holds", certainty.map(\.words) ?? ""),
    ] + (cost?.bills.map(\.fact) ?? []) + lasting + choice.results.apiFacts + [
      Fact("not served", choice.results.requests.refusal ?? ""),
      Fact("one fewer", fewer ?? "there is only one"),
    ]
  }

  /// What it costs for as long as it is wanted.
  private var lasting: [Fact] {
    guard let results = choice?.results, let cost = results.cost else { return [] }
    if inputs.isJob { return [Fact("the job", cost.words(ofJobFor: results.makespanSeconds))] }
    return [
      Fact("a month", "\(CostResults.whole(cost.dollarsPerMonth)) USD"),
      Fact("a year", "\(CostResults.whole(cost.dollarsPerYear)) USD"),
    ]
  }

  private static let noEnd =
    ": where it is slower, no number of these holds; `--confidence 80%` plans for that"

  private var misses: [Item] {
    guard choice == nil else { return [] }
    return nearest.map { [Item("nearest is \($0.layout)", lines: $0.reasons)] }
      ?? reasons.map { Item(.words($0)) }
  }

  // MARK: Months

  private var growth: LineChart {
    LineChart(
      "Accelerators by month", "Accelerators that hold the level in each month, spares included.",
      x: ChartAxis("month", .count), y: ChartAxis("accelerators", .count),
      [
        ChartSeries(
          "accelerators",
          months.map { ChartPoint(Double($0.month), Double($0.accelerators), name: $0.layout) },
          style: .markedLine)
      ])
  }

  private var monthTable: Table {
    Table(
      "Months",
      ["month", "load", "layout", "accelerators", "domains"]
        + (inputs.isJob ? [] : ["USD a month"]),
      rows: months.map { month in
        [
          .words("\(month.month)"), .amount("\(NumberText.significant(month.load)) x"),
          .words(month.layout), .count(month.accelerators), .count(month.domains),
        ] + (inputs.isJob ? [] : [.optional(month.dollarsPerMonth, .count).orUnknown()])
      })
  }

  /// When the next server or rack must be there.
  private var nextDomain: String? {
    guard let now = months.first?.domains, let more = months.first(where: { $0.domains > now })
    else { return nil }
    return "in month \(more.month) there must be \(more.domains) instead of \(now) domains of "
      + "\(gpusPerDomain)"
  }

  /// A row a month; what only a run of this month's deployment says stands in the first.
  package var rows: [[String]]? {
    [
      [
        "scenario", "hardware", "month", "load", "layout", "gpus", "domains", "usd_per_month",
        "slo_attainment", "holds", "usd_per_mtok", "usd_per_mtok_low", "usd_per_mtok_high",
        "utilisation",
      ]
    ]
      + months.map { month in
        [
          inputs.scenario, inputs.hardware, "\(month.month)", CSVText.number(month.load),
          month.layout, "\(month.accelerators)", "\(month.domains)",
          CSVText.number(month.dollarsPerMonth),
          CSVText.number(month.attainment),
        ] + (month.month == 0 ? chosen : chosen.map { _ in "" })
      }
  }

  /// How sure it is that this month's deployment holds, its price and its use.
  private var chosen: [String] {
    let prices = choice?.intervals?.blendedPrice
    return [
      certainty?.rawValue ?? "",
      CSVText.number(choice?.results.cost?.perMillionTokens.blended),
      CSVText.number(prices?.low), CSVText.number(prices?.high),
      CSVText.number(choice?.results.highestUtilization),
    ]
  }
}
