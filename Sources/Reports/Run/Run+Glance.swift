internal import Documents
internal import Rendering
internal import Requirements
internal import Results
internal import Units

extension RunFindings {
  var glance: Section {
    Section("At a glance") {
      Part.note(intervalNote)
      Part.cards(cards)
    }
  }

  private var intervalNote: String {
    guard let basis = report.intervals?.basis else {
      if results.load?.trouble != nil {
        return "Figures of a backlog have no intervals: they grow with the length of the run."
      }
      return "Nothing alike was ever measured, so there are no intervals."
    }
    return "Eight times in ten a measurement would lie within the interval: "
      + (basis == "calibrated"
        ? "so far off are predictions for machines and models like these"
        : "so far off are predictions for machines that were left out of every fit")
      + " (`windtunnel validate`)."
  }

  /// The figures that are looked at first; the others have sections of their own.
  private var cards: [Card] {
    let weakest = report.provenance.weakestBehind
    let paths =
      [writesNothing ? "total" : "output"] + perAccelerator + [
        "requests", "goodput", "attainment",
      ] + (results.requests.abandoned == nil ? [] : ["abandoned.share"]) + [
        "ttft.mean", "ttft.p50", "ttft.p99", "tpot.p50",
        "tpot.p99", "e2e.p50", "e2e.p99", "kv.max", "mfu", "mbu", "cost.output", "cost.blended",
      ] + (writesNothing ? ["cost.request"] : []) + [
        "cost.hour", "energy.output", "power.mean",
      ]
    return paths.compactMap { path in
      let status =
        switch path.prefix(while: { $0 != "." }) {
        case "cost": weakest.cost
        case "energy", "power": weakest.energy
        default: weakest.performance
        }
      return RunFigures.row(path).flatMap {
        Card($0, of: results, report.intervals, status: status)
      }
    } + troubles
  }

  private var perAccelerator: [String] {
    guard report.inputs.layout.accelerators > 1 else { return [] }
    return [writesNothing ? "total.per_gpu" : "output.per_gpu"]
  }

  private var troubles: [Card] {
    let requests = results.requests
    return [
      ("rejected", requests.rejected), ("preempted", requests.preempted), ("lost", requests.lost),
    ].filter { $0.1 > 0 }.map { Card("\($0.0) requests", .count($0.1)) }
  }
}

extension Card {
  /// Nil where there is no value: objectives that were not asked for, or what nobody can know.
  init?(
    _ row: RunFigure, of results: RunResults, _ intervals: PredictionIntervals?,
    label: String? = nil, note: String = "", status: String?
  ) {
    guard let value = results.value(of: row) else { return nil }
    let format = row.figure.format
    self.init(
      label ?? row.label, .value(value, format),
      interval: row.interval(in: intervals).map { .spread(low: $0.low, high: $0.high, format) },
      note: note, status: status)
  }
}

extension Figure {
  /// Numbers without a dimension that a page shows alone are shares, but for counts.
  var format: ValueFormat {
    switch dimension {
    case nil:
      prefers == .less && ["gpus", "rejected", "preempted", "lost"].contains(path)
        ? .count : .share
    case .seconds: .seconds
    case let dimension?: .quantity(dimension, digits: dimension == .watts ? 4 : 3)
    }
  }
}
