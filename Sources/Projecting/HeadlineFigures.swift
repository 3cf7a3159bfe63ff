internal import Projections

/// A figure that others find by name.
package struct HeadlineFigure: Encodable, Sendable {
  package var path: String
  package var value: Double
  package var unit: String

  package init(_ path: String, _ value: Double, _ unit: String) {
    self.path = path
    self.value = value
    self.unit = unit
  }
}

extension HeadlineFigure {
  /// In the order of the report; paths are those that `--require` and `holds_when` name.
  static func all(of results: ProjectResults, runs: [ProjectRun]) -> [HeadlineFigure] {
    training(results) + life(results) + targets(results) + runs.flatMap(serving)
      + questions(results)
  }

  private static func training(_ results: ProjectResults) -> [HeadlineFigure] {
    guard let training = results.training else { return [] }
    return effort("training", training.total)
  }

  private static func effort(_ path: String, _ effort: EffortResult) -> [HeadlineFigure] {
    [
      HeadlineFigure("\(path).flops", effort.flops, "FLOP"),
      HeadlineFigure("\(path).gpu_hours", effort.hours, "GPU-h"),
    ] + (effort.dollars.map { [HeadlineFigure("\(path).dollars", $0, "USD")] } ?? [])
      + (effort.joules.map { [HeadlineFigure("\(path).joules", $0, "J")] } ?? [])
  }

  private static func ratios(_ path: String, _ ratio: RatioResult) -> [HeadlineFigure] {
    Measure.allCases.compactMap { measure in
      ratio[measure].map { HeadlineFigure("\(path).\(measure.rawValue)", $0, "ratio") }
    }
  }

  private static func life(_ results: ProjectResults) -> [HeadlineFigure] {
    guard let life = results.life else { return [] }
    var list = [HeadlineFigure("tokens.life", life.tokens, "tokens")]
    if let each = life.tokensPerTrainingToken {
      list.append(HeadlineFigure("tokens.per_training_token", each, "ratio"))
    }
    list.append(HeadlineFigure("gpus.first_day", life.firstDay.gpus, "GPU"))
    for row in life.rows {
      if let ratio = row.ratioFirstYear {
        list.append(HeadlineFigure("ratio.first_year.\(row.measure)", ratio, "ratio"))
      }
      if let ratio = row.ratio {
        list.append(HeadlineFigure("ratio.life.\(row.measure)", ratio, "ratio"))
      }
      if let low = row.low, let high = row.high {
        list.append(HeadlineFigure("ratio.life.\(row.measure).low", low, "ratio"))
        list.append(HeadlineFigure("ratio.life.\(row.measure).high", high, "ratio"))
      }
      if let months = row.breakEven.value {
        list.append(HeadlineFigure("break_even.\(row.measure)", months, "months"))
      }
    }
    for year in life.perYear {
      let name = "year_\(year.year == year.year.rounded() ? String(Int(year.year)) : "last")"
      list += effort("serving.\(name)", year.serving) + ratios("ratio.\(name)", year.ratio)
    }
    for machine in results.machines {
      list += machine.ratio.map { ratios("machine.\(machine.hardware)", $0) } ?? []
    }
    return list
  }

  private static func targets(_ results: ProjectResults) -> [HeadlineFigure] {
    results.targets.enumerated().flatMap { index, target in
      [
        ("tokens", target.tokens, "tokens"),
        ("tokens_per_training_token", target.tokensPerTrainingToken, "ratio"),
        ("months", target.months, "months"), ("growth", target.growth, "ratio"),
        ("thinking_multiplier", target.thinkingMultiplier, "ratio"),
      ].compactMap { name, solution, unit in
        solution.value.map { HeadlineFigure("target.\(index + 1).\(name)", $0, unit) }
      }
    }
  }

  private static func serving(_ run: ProjectRun) -> [HeadlineFigure] {
    let path = "serving.\(run.workload)"
    return [
      HeadlineFigure("\(path).gpu_s_per_mtok.input", run.inputSeconds, "GPU-s"),
      HeadlineFigure("\(path).gpu_s_per_mtok.output", run.outputSeconds, "GPU-s"),
    ]
      + [("input", run.inputDollars), ("output", run.outputDollars)].compactMap { kind, value in
        value.map { HeadlineFigure("\(path).usd_per_mtok.\(kind)", $0, "USD") }
      }
  }

  private static func questions(_ results: ProjectResults) -> [HeadlineFigure] {
    var list: [HeadlineFigure] = []
    for optimum in results.allocation?.optima ?? [] {
      let path = "allocation.\(optimum.unit == "USD" ? "dollars" : "flops")"
      list.append(HeadlineFigure("\(path).parameters", optimum.best.parameters, "parameters"))
      list.append(HeadlineFigure("\(path).tokens", optimum.best.tokens ?? 0, "tokens"))
      list.append(HeadlineFigure("\(path).saved", optimum.saved, "ratio"))
    }
    for model in results.data?.models ?? [] {
      list.append(HeadlineFigure("data.\(model.model).tokens", model.tokens, "tokens"))
      for supply in model.supplies {
        list.append(
          HeadlineFigure("data.\(model.model).epochs.\(supply.supply)", supply.epochs, "ratio"))
      }
    }
    for match in results.exchange?.matches ?? [] {
      list.append(
        HeadlineFigure("exchange.times.at_\(match.servedPerTrained)", match.times, "ratio"))
    }
    for answer in results.answers {
      list += ratios("answer.\(answer.way)", answer.times)
      if let seconds = answer.timesSeconds {
        list.append(HeadlineFigure("answer.\(answer.way).seconds", seconds, "ratio"))
      }
      list.append(HeadlineFigure("answer.\(answer.way).kv_bytes", answer.timesBytes, "ratio"))
    }
    return list
  }
}
