package import Requirements
internal import Units

extension RunResults {
  /// The value of a figure in the base unit of its dimension; nil when nobody can know it, or when
  /// it would be another one in a longer run.
  package func value(of figure: Figure) -> Double? { self.figure(figure.path)?.value }

  package func value(of row: RunFigure) -> Double? {
    lengthDependence(of: row) == nil ? row.measured(self) : nil
  }

  /// What was measured, even where a longer run would measure something else.
  package func measured(_ figure: Figure) -> Double? {
    if let (row, name) = RunFigures.split(figure.path) {
      return of(className: name).flatMap { row.measured($0) }
    }
    return RunFigures.row(figure.path).flatMap { $0.measured(self) }
  }

  /// Every figure, in the order of the table.
  package var figures: [FigureValue] {
    RunFigures.all.map { figure($0) }
  }

  func figure(_ row: RunFigure) -> FigureValue {
    let value = value(of: row)
    return FigureValue(row.figure, value, unknown: value == nil ? reasonForNone(of: row) : nil)
  }

  /// A figure by its name, of a class too; nil where there is no such figure.
  package func figure(_ path: String) -> FigureValue? {
    if let row = RunFigures.row(path) { return figure(row) }
    guard let (row, name) = RunFigures.split(path), let figure = RunFigures.named(path) else {
      return nil
    }
    let value = of(className: name).flatMap { $0.value(of: row) }
    return FigureValue(
      figure, value, unknown: value == nil ? reasonForNone(of: row, className: name) : nil)
  }

  // MARK: Figures that say how long somebody looked, and nothing of the deployment

  /// Why a figure would be another one in a longer run; nil where it would not.
  private func lengthDependence(of row: RunFigure) -> FigureValue.Unknown? {
    guard let load, load.state != .finite else { return nil }
    if case .none = row.growth { return nil }
    switch load.state {
    case .overloaded: return FigureValue.Unknown("the queue grows: \(rates(load))", remedy: plan)
    case .fragile:
      return FigureValue.Unknown(
        "it lasts until the caches lose the conversations: \(rates(load))", remedy: plan)
    case .undecided:
      return FigureValue.Unknown(
        "too near to the capacity to be judged: \(rates(load))", remedy: plan)
    case .sustained, .overloadedAtPeak, .finite: return growth(of: row)
    }
  }

  private var plan: String { "find what holds the load: `windtunnel plan` with the same arguments" }

  private func rates(_ load: LoadResults) -> String {
    let words = NumberText.apart(load.offered ?? 0, load.capacity ?? 0, .requestsPerSecond)
    let offered = load.offered == nil ? "" : "\(words.first) offered, "
    return offered + (load.capacity == nil ? "none is served" : "\(words.second) can be served")
  }

  private func growth(of row: RunFigure) -> FigureValue.Unknown? {
    if let reason = row.unknownOfALastingLoad { return reason }
    // None in all that was seen is none for all that is known.
    guard case .count(let other) = row.growth, row.measured(self) != 0 else { return nil }
    return FigureValue.Unknown(
      "a count grows with the length of the run", remedy: "require `\(other)`")
  }

  // MARK: Figures that nobody can know

  private func reasonForNone(of row: RunFigure) -> FigureValue.Unknown {
    if row.measured(self) != nil, let reason = lengthDependence(of: row) { return reason }
    switch row.absence {
    case .ofNothing(let reason):
      return FigureValue.Unknown(requests.completed > 0 ? reason : "no request completed")
    case .objectives:
      return FigureValue.Unknown(
        "the scenario has no `objectives`",
        remedy: "say what a good request is: `--set objectives.ttft='500 ms'`")
    case .load:
      return FigureValue.Unknown(
        load?.capacity == nil ? "no request is ever served" : "completions decide what comes")
    case .unknown(let keys, let remedy):
      let found = keys.compactMap { key in unknown.first { $0.key == key } }.first
      guard let found else {
        return FigureValue.Unknown(
          row.path == "cost.thinking"
            ? "no request thinks before it answers" : "there are no such tokens")
      }
      return FigureValue.Unknown(found.reason, remedy: remedy)
    }
  }
}

extension RunResults.PeakResults {
  /// The figures that are judged at the highest load too.
  package var figures: [FigureValue] {
    var results = RunResults()
    results.load = load
    results.timeToFirstToken = timeToFirstToken
    results.timePerOutputToken = timePerOutputToken
    results.endToEnd = endToEnd
    results.attainment = attainment
    let judged = ["ttft", "tpot", "e2e", "interactivity", "load", "attainment"]
    return results.figures.filter { judged.contains(String($0.figure.path.prefix { $0 != "." })) }
  }
}
