package import Requirements

extension RunResults {
  /// The value of a figure in the base unit of its dimension; nil when nobody can know it, or when
  /// it would be another one in a longer run.
  package func value(of figure: Figure) -> Double? {
    lengthDependence(of: figure) == nil ? measured(figure) : nil
  }

  /// The same, whatever it depends on.
  func measured(_ figure: Figure) -> Double? {
    let parts = figure.path.split(separator: ".").map(String.init)
    if parts.count == 2, RunFigures.latencyNames.contains(parts[0]) {
      return spread(parts[0])?.value(parts[1]).map { $0 / 1000 }
    }
    return rate(figure.path) ?? load(figure.path) ?? share(figure.path) ?? price(figure.path)
      ?? count(figure.path)
  }

  /// Every figure, in the order of the catalogue.
  package var figures: [FigureValue] {
    RunFigures.all.map { figure in
      let value = value(of: figure)
      return FigureValue(
        figure, value, unknown: value == nil ? reasonForNone(of: figure) : nil)
    }
  }

  private func spread(_ name: String) -> Spread? {
    switch name {
    case "ttft": timeToFirstToken
    case "ttfat": timeToFirstAnswerToken
    case "tpot": timePerOutputToken
    case "itl": interTokenLatency
    case "e2e": endToEnd
    default: nil
    }
  }

  private func rate(_ path: String) -> Double? {
    switch path {
    case "output": outputRate
    case "output.per_gpu": outputRatePerAccelerator
    case "total": totalRate
    case "total.per_gpu": totalRatePerAccelerator
    case "requests": requestsPerSecond
    case "goodput": goodput
    case "interactivity": timePerOutputToken.flatMap { $0.p50 > 0 ? 1000 / $0.p50 : nil }
    default: nil
    }
  }

  private func load(_ path: String) -> Double? {
    switch path {
    case "load.offered": load?.offered
    case "load.served": load?.served
    case "load.capacity": load?.capacity
    case "load.utilisation": load?.utilization
    case "load.backlog": load?.backlogShare
    default: nil
    }
  }

  private func share(_ path: String) -> Double? {
    switch path {
    case "attainment": attainment
    case "mfu": modelFLOPsUtilization
    case "mbu": modelBandwidthUtilization
    case "kv.mean": keyValueOccupancy.mean
    case "kv.max": keyValueOccupancy.max
    case "cache.hits":
      tokens.input > 0
        ? ReportNumber.rounded(Double(tokens.cached) / Double(tokens.input)) : nil
    case "rejected.share": ofEnded(requests.rejected)
    case "preempted.share": ofEnded(requests.preempted)
    case "lost.share": ofEnded(requests.lost)
    default: nil
    }
  }

  private func ofEnded(_ count: Int64) -> Double? {
    let ended = requests.completed + requests.rejected + requests.lost
    return ended > 0 ? Double(count) / Double(ended) : nil
  }

  private func price(_ path: String) -> Double? {
    switch path {
    case "cost.input": cost?.perMillionTokens.input
    case "cost.thinking": cost?.perMillionTokens.thinking
    case "cost.output": cost?.perMillionTokens.output
    case "cost.blended": cost?.perMillionTokens.blended
    case "cost.request": cost.flatMap { $0.perRequest }
    case "cost.hour": cost?.dollarsPerHour
    case "cost.month": cost.map { $0.dollarsPerHour * CostResults.hoursPerMonth }
    case "cost.total": cost?.total
    case "energy.output": energy?.joulesPerOutputToken
    case "energy.per_mw": energy?.tokensPerSecondPerMegawatt
    case "power.mean": energy?.meanPowerWatts
    default: nil
    }
  }

  private func count(_ path: String) -> Double? {
    switch path {
    case "rejected": Double(requests.rejected)
    case "preempted": Double(requests.preempted)
    case "lost": Double(requests.lost)
    case "makespan": makespanSeconds
    default: nil
    }
  }
}

extension RunResults.Spread {
  fileprivate func value(_ name: String) -> Double? {
    switch name {
    case "mean": mean
    case "p50": p50
    case "p90": p90
    case "p95": p95
    case "p99": p99
    case "max": max
    default: nil
    }
  }
}
