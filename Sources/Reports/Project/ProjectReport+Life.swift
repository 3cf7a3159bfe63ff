internal import Documents
internal import Projecting
internal import Rendering
internal import Units

// A model's life.
extension ProjectReport {
  // MARK: Training

  var training: Section {
    Section("Training") {
      if let training = results.training {
        Part.paragraph(Self.words(training))
        Part.table(Self.table(training))
        if training.highHours > training.lowHours {
          Part.paragraph(
            "GPU-hours between \(Cell.hours(training.lowHours).text) and "
              + "\(Cell.hours(training.highHours).text), as utilisation is known.")
        }
        training.published.map { Part.paragraph(Self.words($0, of: training)) }
      }
    }
  }

  private static func words(_ training: TrainingResult) -> String {
    let price = training.price.map {
      "\(Words.dollars($0)) USD an hour (\(training.priceSource))"
    }
    return
      "\(training.model), \(CountText.large(training.activeParameters)) parameters at work, on "
      + "\(training.hardware); MFU of the dense \(training.arithmetic) peak; "
      + "\(price ?? "price unknown")."
  }

  private static func table(_ training: TrainingResult) -> Table {
    func row(_ name: String, _ tokens: Double?, _ effort: EffortResult, _ mfu: Double?) -> [Cell] {
      [
        .words(name), tokens.map { .large($0) } ?? "", .scientific(effort.flops),
        .hours(effort.hours), .money(effort.dollars), .energy(effort.joules),
        mfu.map { .share($0) } ?? "",
      ]
    }
    return Table(
      "Training", ["", "tokens", "FLOPs", "GPU-hours", "USD", "energy", "MFU"],
      rows: training.lines.map { row($0.name, $0.tokens, $0.effort, $0.utilization) } + [
        row("total", training.tokens > 0 ? training.tokens : nil, training.total, nil)
      ])
  }

  private static func words(
    _ published: TrainingResult.Published, of training: TrainingResult
  ) -> String {
    let hours = published.hours.map { hours in
      let place =
        training.highHours > training.lowHours
        ? published.isWithin == true ? ", inside the range" : ", outside the range" : ""
      return "\(Cell.hours(hours).text) GPU-hours "
        + "(\(Words.signedPercent(training.total.hours / hours - 1)) here\(place))"
    }
    let dollars = published.dollars.map { dollars in
      let here = training.total.dollars.map {
        " (\(Words.signedPercent($0 / dollars - 1)) here)"
      }
      return "\(Cell.money(dollars).text) USD\(here ?? "")"
    }
    let words = [hours, dollars].compactMap { $0 }.joined(separator: ", ")
    return "Published: \(words); \(published.source)."
  }

  var simulated: Section {
    Section("Serving, as simulated") {
      Part.table(
        Table(
          "Serving, as simulated",
          [
            "workload", "machine", "GPUs", "s/Mtok in", "out", "USD/Mtok in", "out", "MFU in",
            "out",
          ],
          rows: runs.map { run in
            [
              .words(run.workload), .words(run.hardware), .count(run.gpus),
              .number(run.inputSeconds), .number(run.outputSeconds),
              .dollars(run.inputDollars).orUnknown(), .dollars(run.outputDollars).orUnknown(),
              run.prefillUtilization.map { .share($0) } ?? "",
              run.decodeUtilization.map { .share($0) } ?? "",
            ]
          }))
      if !runs.isEmpty {
        Part.paragraph(
          "GPU-seconds and dollars for a million computed prompt tokens and output tokens, in the "
            + "steady part of the run, its idle time included; MFU of 2 N a token.")
      }
    }
  }

  // MARK: Serving

  var life: Section {
    Section("Serving over training") {
      if let life = results.life {
        Part.paragraph(Self.demand(life))
        Part.table(Self.table(life))
        for reason in Self.reasons(life.rows.map(\.breakEven)) {
          Part.paragraph("Never: \(reason).")
        }
        Part.chart(.lines(Self.curve(life)))
      }
    }
  }

  private static func demand(_ life: LifeResult) -> String {
    let day = life.firstDay
    let growth =
      life.growth == 1
      ? "no growth" : "a factor of \(NumberText.significant(life.growth, 3)) a year"
    let each = life.tokensPerTrainingToken.map {
      ", \(Cell.ratio($0).text) for each training token"
    }
    return "\(CountText.large(day.input + day.cached)) prompt tokens a day, "
      + "\(CountText.large(day.cached)) of them cached, and \(CountText.large(day.output)) output "
      + "tokens, on \(CountText.large(day.gpus.rounded())) GPUs; \(growth); "
      + "\(NumberText.plain(life.years)) \(life.years == 1 ? "year" : "years"), "
      + "\(CountText.large(life.tokens)) tokens\(each ?? "")."
      + (day.source.map { " \($0)." } ?? "")
  }

  private static func table(_ life: LifeResult) -> Table {
    Table(
      "Serving over training",
      ["", "training", "serving", "first year", "whole life", "80 % interval", "break-even"],
      rows: life.rows.map { row in
        let spread = row.low.flatMap { low in
          row.high.map { "\(Cell.ratio(low).text) to \(Cell.ratio($0).text)" }
        }
        return [
          .words(row.measure.replacing("_", with: " ")), .effort(row.training, row.unit),
          .effort(row.serving, row.unit), .ratio(row.ratioFirstYear), .ratio(row.ratio),
          .amount(spread ?? "counted"), .solution(row.breakEven, "months", missing: "never"),
        ]
      })
  }

  private static func reasons(_ solutions: [Solution]) -> [String] {
    solutions.filter { $0.value == nil }.compactMap(\.reason).uniqued
  }

  /// Each measure as it adds up over the life.
  private static func curve(_ life: LifeResult) -> LineChart {
    let names = ["FLOPs", "GPU-hours", "dollars", "joules"]
    return LineChart(
      "Serving over training by month",
      "What serving has taken up to a month, over what training took.", x: ChartAxis("month"),
      y: ChartAxis("ratio"),
      names.enumerated().compactMap { index, name in
        let points = life.curve.compactMap { point in
          point.ratio.all[index].map { ChartPoint(point.month, $0) }
        }
        return points.isEmpty ? nil : ChartSeries(name, points)
      }, rules: [ChartRule("break-even", at: 1, .horizontal)])
  }

  var years: Section {
    let perYear = results.life?.perYear ?? []
    return Section("Year by year") {
      if perYear.count > 1 {
        Part.paragraph("Ratio of each year, and of all years so far:")
        Part.table(
          Table(
            "Year by year",
            [
              "year", "tokens", "FLOPs", "GPU-h", "USD", "J", "so far FLOPs", "GPU-h", "USD", "J",
            ],
            rows: perYear.map { year in
              [.words(NumberText.plain(year.year)), .large(year.tokens)] + year.ratio.cells
                + year.cumulative.cells
            }))
      }
    }
  }

  var otherMachines: Section {
    Section("The same demand on other machines") {
      Part.table(
        Table(
          "The same demand on other machines",
          ["machine", "GPUs", "FLOPs", "GPU-hours", "USD", "energy", "MFU decode"],
          rows: results.machines.map { machine in
            [.words(machine.hardware), .large(machine.gpus?.rounded())]
              + (machine.ratio?.cells ?? [.none, .none, .none, .none])
              + [.share(machine.decodeUtilization)]
          }))
      if !results.machines.isEmpty {
        Part.paragraph("The FLOPs are the same everywhere; what an hour does is not.")
      }
      for machine in results.machines {
        machine.reason.map { Part.paragraph("\(machine.hardware): \($0)") }
      }
    }
  }

  var sensitivity: Section {
    Section("What the ratio of the life depends on") {
      Part.table(
        Table(
          "What the ratio of the life depends on",
          ["", "", "FLOPs", "GPU-hours", "USD", "energy"],
          rows: results.sensitivity.flatMap { item in
            [item.low, item.high].enumerated().map { index, found in
              [
                .words(index == 0 ? item.factor.replacing("_", with: " ") : ""),
                .words(found.setting),
              ] + found.ratio.cells
            }
          }))
    }
  }

  // MARK: Targets

  var targets: Section {
    Section("What would have to be true") { results.targets.flatMap(Self.parts) }
  }

  private static func parts(_ target: TargetResult) -> [Part] {
    let solutions: [(String, Solution, String)] = [
      ("served tokens in all", target.tokens, "tokens"),
      ("for each training token", target.tokensPerTrainingToken, "ratio"),
      ("or at this demand, after", target.months, "months"),
      ("or in this life, growth a year", target.growth, "ratio"),
      ("or thinking tokens an answer token", target.thinkingMultiplier, "ratio"),
    ]
    let words =
      "For \(NumberText.plain(target.ratio)) times training, in "
      + "\(target.measure.replacing("_", with: " ")):"
    let rows = solutions.map { name, solution, unit -> [Cell] in
      [.words(name), .solution(solution, unit, missing: "none")]
    }
    return [.paragraph(words), .table(Table(words, ["", ""], rows: rows))]
      + reasons(solutions.map(\.1)).map { .paragraph("None: \($0).") }
  }
}
