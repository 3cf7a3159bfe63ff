internal import Projections
internal import Units

// A model's life.
extension ProjectPage {
  func training(_ results: ProjectResults) -> [Part] {
    guard let training = results.training else { return [] }
    let rows = training.lines.map { line in
      [
        line.name, line.tokens.map(Self.count) ?? "", CountText.scientific(line.effort.flops),
        Self.hours(line.effort.hours), Self.money(line.effort.dollars),
        Self.energy(line.effort.joules), line.utilization.map(ReportWords.percent) ?? "",
      ]
    }
    let total = training.total
    let sum = [
      "total", training.tokens > 0 ? Self.count(training.tokens) : "",
      CountText.scientific(total.flops), Self.hours(total.hours), Self.money(total.dollars),
      Self.energy(total.joules), "",
    ]
    let price = training.price.map {
      "\(ReportWords.dollars($0)) USD an hour (\(training.priceSource))"
    }
    let what =
      "\(training.model), \(Self.count(training.activeParameters)) parameters at work, on "
      + "\(training.hardware); MFU of the dense \(training.arithmetic) peak; "
      + (price ?? "price unknown") + "."
    return [
      .heading("Training"), .paragraph(what),
      .table(
        Table(
          columns: ["", "tokens", "FLOPs", "GPU-hours", "USD", "energy", "MFU"], words: 1,
          rows: rows + [sum])),
    ] + range(training) + published(training)
  }

  private func range(_ training: TrainingResult) -> [Part] {
    guard training.highHours > training.lowHours else { return [] }
    return [
      .paragraph(
        "GPU-hours between \(Self.hours(training.lowHours)) and "
          + "\(Self.hours(training.highHours)), as utilisation is known.")
    ]
  }

  private func published(_ training: TrainingResult) -> [Part] {
    guard let published = training.published else { return [] }
    let words = [
      published.hours.map { hours in
        "\(Self.hours(hours)) GPU-hours "
          + "(\(ReportWords.signedPercent(training.total.hours / hours - 1)) here"
          + (training.highHours > training.lowHours
            ? published.isWithin == true ? ", inside the range)" : ", outside the range)" : ")")
      },
      published.dollars.map { dollars in
        "\(Self.money(dollars)) USD"
          + (training.total.dollars.map {
            " (\(ReportWords.signedPercent($0 / dollars - 1)) here)"
          } ?? "")
      },
    ].compactMap { $0 }
    return [.paragraph("Published: \(words.joined(separator: ", ")); \(published.source).")]
  }

  var runs: [Part] {
    guard !report.runs.isEmpty else { return [] }
    let rows = report.runs.map { run in
      [
        run.workload, run.hardware, NumberText.grouped(run.gpus),
        NumberText.significant(run.inputSeconds, 3), NumberText.significant(run.outputSeconds, 3),
        run.inputDollars.map(ReportWords.dollars) ?? "unknown",
        run.outputDollars.map(ReportWords.dollars) ?? "unknown",
        run.prefillUtilization.map(ReportWords.percent) ?? "",
        run.decodeUtilization.map(ReportWords.percent) ?? "",
      ]
    }
    return [
      .heading("Serving, as simulated"),
      .table(
        Table(
          columns: [
            "workload", "machine", "GPUs", "s/Mtok in", "out", "USD/Mtok in", "out",
            "MFU in", "out",
          ], words: 2, rows: rows)),
      .paragraph(
        "GPU-seconds and dollars for a million computed prompt tokens and output tokens, in the "
          + "steady part of the run, its idle time included; MFU of 2 N a token."),
    ]
  }

  func life(_ results: ProjectResults) -> [Part] {
    guard let life = results.life else { return [] }
    let rows = life.rows.map { row in
      [
        row.measure.replacing("_", with: " "), row.training.map { Self.value($0, row.unit) } ?? "",
        row.serving.map { Self.value($0, row.unit) } ?? "", Self.ratio(row.ratioFirstYear),
        Self.ratio(row.ratio),
        row.low.flatMap { low in
          row.high.map { "\(Self.ratio(low)) to \(Self.ratio($0))" }
        } ?? "counted",
        row.breakEven.value == nil ? "never" : Self.solution(row.breakEven, "months"),
      ]
    }
    let never = life.rows.filter { $0.breakEven.value == nil }.compactMap(\.breakEven.reason)
      .uniqued
    return [
      .heading("Serving over training"), .paragraph(demand(life)),
      .table(
        Table(
          columns: [
            "", "training", "serving", "first year", "whole life", "80 % interval", "break-even",
          ], words: 1, rows: rows)),
    ] + never.map { .paragraph("Never: \($0).") } + years(life)
  }

  private func demand(_ life: LifeResult) -> String {
    let day = life.firstDay
    let growth =
      life.growth == 1
      ? "no growth" : "a factor of \(NumberText.significant(life.growth, 3)) a year"
    return "\(Self.count(day.input + day.cached)) prompt tokens a day, "
      + "\(Self.count(day.cached)) of them cached, and \(Self.count(day.output)) output tokens, on "
      + "\(Self.count(day.accelerators.rounded())) GPUs; \(growth); "
      + "\(NumberText.plain(life.years)) \(life.years == 1 ? "year" : "years"), "
      + "\(Self.count(life.tokens)) tokens"
      + (life.tokensPerTrainingToken.map { ", \(Self.ratio($0)) for each training token" } ?? "")
      + "." + (day.source.map { " \($0)." } ?? "")
  }

  private func years(_ life: LifeResult) -> [Part] {
    guard life.perYear.count > 1 else { return [] }
    let rows = life.perYear.map { year in
      [NumberText.plain(year.year), Self.count(year.tokens)]
        + Measure.allCases.map { Self.ratio(year.ratio[$0]) }
        + Measure.allCases.map { Self.ratio(year.cumulative[$0]) }
    }
    return [
      .paragraph("Ratio of each year, and of all years so far:"),
      .table(
        Table(
          columns: [
            "year", "tokens", "FLOPs", "GPU-h", "USD", "J", "so far FLOPs", "GPU-h", "USD", "J",
          ], words: 1, rows: rows)),
    ]
  }

  private static func value(_ value: Double, _ unit: String) -> String {
    switch unit {
    case "FLOP": CountText.scientific(value)
    case "USD": money(value)
    case "J": energy(value)
    default: hours(value)
    }
  }

  func machines(_ results: ProjectResults) -> [Part] {
    guard !results.machines.isEmpty else { return [] }
    let rows = results.machines.map { machine in
      [machine.hardware, machine.gpus.map { Self.count($0.rounded()) } ?? "-"]
        + Measure.allCases.map { measure in machine.ratio.map { Self.ratio($0[measure]) } ?? "-" }
        + [machine.decodeUtilization.map(ReportWords.percent) ?? "-"]
    }
    let reasons = results.machines.compactMap { machine in
      machine.reason.map { Part.paragraph("\(machine.hardware): \($0)") }
    }
    return [
      .heading("The same demand on other machines"),
      .table(
        Table(
          columns: ["machine", "GPUs", "FLOPs", "GPU-hours", "USD", "energy", "MFU decode"],
          words: 1, rows: rows)),
      .paragraph("The FLOPs are the same everywhere; what an hour does is not."),
    ] + reasons
  }

  func sensitivity(_ results: ProjectResults) -> [Part] {
    guard !results.sensitivity.isEmpty else { return [] }
    let rows = results.sensitivity.flatMap { item in
      [item.low, item.high].enumerated().map { index, found in
        [index == 0 ? item.factor.replacing("_", with: " ") : "", found.setting]
          + Measure.allCases.map { Self.ratio(found.ratio[$0]) }
      }
    }
    return [
      .heading("What the ratio of the life depends on"),
      .table(
        Table(
          columns: ["", "", "FLOPs", "GPU-hours", "USD", "energy"], words: 2, rows: rows)),
    ]
  }

  func targets(_ results: ProjectResults) -> [Part] {
    guard !results.targets.isEmpty else { return [] }
    return [.heading("What would have to be true")]
      + results.targets.flatMap(target)
  }

  private func target(_ target: TargetResult) -> [Part] {
    let solutions: [(String, Solution, String)] = [
      ("served tokens in all", target.tokens, "tokens"),
      ("for each training token", target.tokensPerTrainingToken, "ratio"),
      ("or at this demand, after", target.months, "months"),
      ("or in this life, growth a year", target.growth, "ratio"),
      ("or thinking tokens an answer token", target.thinkingMultiplier, "ratio"),
    ]
    let rows = solutions.map { name, solution, unit in
      [name, solution.value == nil ? "none" : Self.solution(solution, unit)]
    }
    let reasons = solutions.compactMap(\.1.reason).uniqued.map { Part.paragraph("None: \($0).") }
    let words =
      "For \(NumberText.plain(target.ratio)) times training, in "
      + "\(target.measure.replacing("_", with: " ")):"
    return [.paragraph(words), .table(Table(columns: ["", ""], words: 2, rows: rows))] + reasons
  }
}
