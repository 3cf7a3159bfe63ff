internal import Projections
internal import Units

// Which model, which text, which way of answering.
extension ProjectPage {
  func allocation(_ results: ProjectResults) -> [Part] {
    guard let found = results.allocation else { return [] }
    let laws = found.laws.map { law in
      [
        law.law + (law.isDefault ? " (used here)" : ""), Self.count(law.parameters),
        Self.count(law.tokens), NumberText.significant(law.tokensPerParameter, 3),
        law.loss.map { NumberText.fixed($0, 3) } ?? "",
      ]
    }
    return [
      .heading("Which model to train"),
      .paragraph(
        "The compute-optimal model of \(CountText.scientific(found.budget ?? 0)) FLOPs, by law; "
          + "losses of different laws do not compare:"),
      .table(
        Table(
          columns: ["law", "parameters", "tokens", "tokens a parameter", "loss"], words: 1,
          rows: laws)),
      .paragraph(
        "For a loss of \(NumberText.fixed(found.loss, 4)) by \(found.law), serving "
          + "\(Self.count(found.inputTokens)) prompt and \(Self.count(found.outputTokens)) output "
          + "tokens:"),
    ] + found.optima.flatMap(optimum)
  }

  private func optimum(_ found: AllocationResult.Optimum) -> [Part] {
    func row(_ name: String, _ point: AllocationResult.Point) -> [String] {
      func amount(_ value: Double?) -> String {
        value.map { found.unit == "USD" ? Self.money($0) : CountText.scientific($0) } ?? "-"
      }
      return [
        name, Self.count(point.parameters), point.tokens.map(Self.count) ?? "unreachable",
        amount(point.training), amount(point.serving), amount(point.total),
        point.total.flatMap { total in
          found.base.total.map { base in
            total < 10 * base
              ? ReportWords.signedPercent(total / base - 1) : "x \(Self.ratio(total / base))"
          }
        } ?? "-",
      ]
    }
    let trap = [row("compute-optimal", found.base), row("cheapest served", found.best)]
    return [
      .paragraph(
        "In \(found.unit == "USD" ? "dollars" : "FLOPs"), \(ReportWords.percent(found.saved)) are "
          + "saved; below them the curve of equal loss:"),
      .table(
        Table(
          columns: ["", "parameters", "tokens", "training", "serving", "total", "against"],
          words: 1, rows: trap + found.curve.map { row("", $0) })),
    ]
  }

  func data(_ results: ProjectResults) -> [Part] {
    guard let data = results.data else { return [] }
    let names = data.models.first?.supplies.map(\.supply) ?? []
    let rows = data.models.map { model in
      [
        model.model, Self.count(model.parameters), Self.count(model.tokens),
        NumberText.significant(model.tokensPerParameter, 3),
      ] + model.supplies.map { NumberText.significant($0.epochs, 3) }
    }
    let options = data.models.filter { !$0.options.isEmpty }.flatMap { model -> [Part] in
      [
        .paragraph(
          "\(model.model), \(Self.count(model.tokens)) tokens wanted, loss "
            + "\(NumberText.fixed(model.loss, 4)) with as many new ones:"),
        .table(
          Table(
            columns: [
              "option", "parameters", "tokens", "epochs", "worth", "loss", "FLOPs", "USD",
              "equal loss", "USD",
            ], words: 1, rows: model.options.map(option))),
      ]
        + model.options.compactMap { item in
          item.reason.map { .paragraph("\(item.option): \($0)") }
        }
    }
    return [
      .heading("Is there enough text?"),
      .table(
        Table(
          columns: ["model", "parameters", "tokens", "a parameter"]
            + names.map { "epochs of \($0)" }, words: 1, rows: rows)),
    ] + options
  }

  private func option(_ item: DataResult.Option) -> [String] {
    [
      item.option, Self.count(item.parameters), Self.count(item.tokens),
      NumberText.significant(item.epochs, 3), Self.count(item.worth),
      NumberText.fixed(item.loss, 4),
      CountText.scientific(item.flops), item.dollars.map { Self.money($0) } ?? "-",
      item.equalTokens.map(Self.count) ?? "unreachable",
      item.equalDollars.map { Self.money($0) } ?? "-",
    ]
  }

  func exchange(_ results: ProjectResults) -> [Part] {
    guard let found = results.exchange else { return [] }
    let matches = found.matches.map { match in
      [
        Self.count(match.served), NumberText.significant(match.servedPerTrained, 3),
        Self.ratio(match.times),
      ]
    }
    func orders(_ range: [Double]) -> String {
      range.count == 2 && range[0] == range[1]
        ? NumberText.significant(range[0], 2)
        : range.map { NumberText.significant($0, 2) }.joined(separator: " to ")
    }
    let rates = found.rates.map { rate in
      [
        rate.technique, orders(rate.inferenceOrders), orders(rate.trainingOrders),
        NumberText.significant(rate.optimalRatio, 3),
      ]
    }
    return [
      .heading("Thinking instead of training"),
      .paragraph(
        "A small model may spend so many times its inference for the FLOPs of one "
          + "\(NumberText.significant(found.larger, 3)) times larger, both trained on "
          + "\(Self.count(found.trained)) tokens:"),
      .table(
        Table(columns: ["tokens served", "R", "times"], words: 0, rows: matches)),
      .paragraph(
        "Published trades, in powers of ten, and the ratio of inference to training compute that "
          + "would be optimal at each (\(found.source)):"),
      .table(
        Table(
          columns: ["technique", "inference", "training", "optimal ratio"], words: 1, rows: rates)),
    ]
  }

  func answers(_ results: ProjectResults) -> [Part] {
    guard !results.answers.isEmpty else { return [] }
    let rows = results.answers.map { item in
      [
        item.way, item.workload, Self.count(item.input), Self.count(item.cached),
        Self.count(item.output), CountText.scientific(item.effort.flops),
        item.effort.dollars.map { CountText.scientific($0) } ?? "-",
        item.seconds.map(ReportWords.duration) ?? "-", ReportWords.bytes(item.heldBytes),
      ]
    }
    let times = results.answers.map { item in
      [item.way] + Measure.allCases.map { Self.ratio(item.times[$0]) }
        + [item.timesSeconds.map { Self.ratio($0) } ?? "-", Self.ratio(item.timesBytes)]
    }
    return [
      .heading("One answer"),
      .table(
        Table(
          columns: [
            "way", "workload", "computed", "cached", "written", "FLOPs", "USD", "time", "cache",
          ], words: 2, rows: rows)),
      .paragraph("Against the first of them:"),
      .table(
        Table(
          columns: ["way", "FLOPs", "GPU-hours", "USD", "energy", "time", "cache"], words: 1,
          rows: times)),
    ]
  }
}
