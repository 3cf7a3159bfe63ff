internal import Documents
internal import Projecting
internal import Rendering
internal import Units

// Which model, which text, which way of answering.
extension ProjectReport {
  // MARK: Which model

  var allocation: Section {
    Section("Which model to train") {
      if let found = results.allocation {
        Part.paragraph(
          "The compute-optimal model of \(CountText.scientific(found.budget ?? 0)) FLOPs, by law; "
            + "losses of different laws do not compare:")
        Part.table(
          Table(
            "By law", ["law", "parameters", "tokens", "tokens a parameter", "loss"],
            rows: found.laws.map { law in
              [
                .words(law.law + (law.isDefault ? " (used here)" : "")), .large(law.parameters),
                .large(law.tokens), .number(law.tokensPerParameter),
                law.loss.map { .value($0, .fixed(3)) } ?? "",
              ]
            }))
        Part.paragraph(
          "For a loss of \(NumberText.fixed(found.loss, 4)) by \(found.law), serving "
            + "\(CountText.large(found.inputTokens)) prompt and "
            + "\(CountText.large(found.outputTokens)) output tokens:")
      }
    }
  }

  var optima: [Section] {
    (results.allocation?.optima ?? []).map { found in
      let unit = found.unit == "USD" ? "dollars" : "FLOPs"
      return Section("The cheapest life in \(unit)") {
        Part.paragraph(
          "In \(unit), \(Words.percent(found.saved)) are saved; below them the curve of equal loss:"
        )
        Part.table(Self.table(found))
        Part.picture(.lines(Self.sizes(found)))
      }
    }
  }

  private static func table(_ found: AllocationResult.Optimum) -> Table {
    func row(_ name: String, _ point: AllocationResult.Point) -> [Cell] {
      func amount(_ value: Double?) -> Cell {
        value.map { found.unit == "USD" ? .money($0) : .scientific($0) } ?? .none
      }
      let against = point.total.flatMap { total in
        found.base.total.map { base -> Cell in
          total < 10 * base
            ? .value(total / base - 1, .change) : .amount("x \(Cell.ratio(total / base).text)")
        }
      }
      return [
        .words(name), .large(point.parameters), point.tokens.map { .large($0) } ?? "unreachable",
        amount(point.training), amount(point.serving), amount(point.total), against ?? .none,
      ]
    }
    return Table(
      "By size", ["", "parameters", "tokens", "training", "serving", "total", "against"],
      rows: [row("compute-optimal", found.base), row("cheapest served", found.best)]
        + found.curve.map { row("", $0) })
  }

  /// What a life takes by the size of the model, at equal loss.
  private static func sizes(_ found: AllocationResult.Optimum) -> LineChart {
    LineChart(
      "A life by model size, in \(found.unit)",
      "Training and serving together for models of equal loss.",
      x: ChartAxis("billion parameters", scale: .logarithmic),
      y: ChartAxis(found.unit, scale: .logarithmic),
      [
        ChartSeries(
          "equal loss",
          found.curve.compactMap { point in
            point.total.map { ChartPoint(point.parameters / 1e9, $0) }
          }, style: .markedLine)
      ],
      rules: [
        ChartRule("compute-optimal", at: found.base.parameters / 1e9, .vertical),
        ChartRule("cheapest", at: found.best.parameters / 1e9, .vertical),
      ])
  }

  // MARK: Which text

  var data: Section {
    let models = results.data?.models ?? []
    let names = models.first?.supplies.map(\.supply) ?? []
    return Section("Is there enough text?") {
      Part.table(
        Table(
          "Is there enough text?",
          ["model", "parameters", "tokens", "a parameter"] + names.map { "epochs of \($0)" },
          rows: models.map { model in
            [
              .words(model.model), .large(model.parameters), .large(model.tokens),
              .number(model.tokensPerParameter),
            ] + model.supplies.map { .number($0.epochs) }
          }))
    }
  }

  var options: [Section] {
    (results.data?.models ?? []).filter { !$0.options.isEmpty }.map { model in
      Section("Text for \(model.model)") {
        Part.paragraph(
          "\(model.model), \(CountText.large(model.tokens)) tokens wanted, loss "
            + "\(NumberText.fixed(model.loss, 4)) with as many new ones:")
        Part.table(
          Table(
            "Text for \(model.model)",
            [
              "option", "parameters", "tokens", "epochs", "worth", "loss", "FLOPs", "USD",
              "equal loss", "USD",
            ], rows: model.options.map(Self.row)))
        for option in model.options {
          option.reason.map { Part.paragraph("\(option.option): \($0)") }
        }
      }
    }
  }

  private static func row(_ item: DataResult.Option) -> [Cell] {
    [
      .words(item.option), .large(item.parameters), .large(item.tokens), .number(item.epochs),
      .large(item.worth), .value(item.loss, .fixed(4)), .scientific(item.flops),
      item.dollars.map { .money($0) } ?? .none,
      item.equalTokens.map { .large($0) } ?? .amount("unreachable"),
      item.equalDollars.map { .money($0) } ?? .none,
    ]
  }

  // MARK: Which way of answering

  var exchange: Section {
    Section("Thinking instead of training") {
      if let found = results.exchange {
        Part.paragraph(
          "A small model may spend so many times its inference for the FLOPs of one "
            + "\(NumberText.significant(found.larger, 3)) times larger, both trained on "
            + "\(CountText.large(found.trained)) tokens:")
        Part.table(
          Table(
            "Thinking instead of training", ["tokens served", "R", "times"],
            rows: found.matches.map {
              [.large($0.served), .number($0.servedPerTrained), .ratio($0.times)]
            }))
        Part.paragraph(
          "Published trades, in powers of ten, and the ratio of inference to training compute that "
            + "would be optimal at each (\(found.source)):")
        Part.table(
          Table(
            "Published trades", ["technique", "inference", "training", "optimal ratio"],
            rows: found.rates.map {
              [
                .words($0.technique), .amount(Self.orders($0.inferenceOrders)),
                .amount(Self.orders($0.trainingOrders)), .number($0.optimalRatio),
              ]
            }))
      }
    }
  }

  private static func orders(_ range: [Double]) -> String {
    range.map { NumberText.significant($0, 2) }.uniqued.joined(separator: " to ")
  }

  var answers: Section {
    Section("One answer") {
      Part.table(
        Table(
          "One answer",
          [
            "way", "workload", "computed", "cached", "written", "FLOPs", "USD", "time", "cache",
          ],
          rows: results.answers.map { item in
            [
              .words(item.way), .words(item.workload), .large(item.input), .large(item.cached),
              .large(item.output), .scientific(item.effort.flops),
              .scientific(item.effort.dollars), .seconds(item.seconds),
              .quantity(item.heldBytes, .bytes),
            ]
          }))
      if !results.answers.isEmpty {
        Part.paragraph("Against the first of them:")
        Part.table(
          Table(
            "Against the first",
            ["way", "FLOPs", "GPU-hours", "USD", "energy", "time", "cache"],
            rows: results.answers.map { item in
              [.words(item.way)] + item.times.cells + [
                item.timesSeconds.map { .ratio($0) } ?? .none, .ratio(item.timesBytes),
              ]
            }))
      }
    }
  }
}
