internal import Requirements
internal import Units

// Figures that say how long somebody looked, and nothing of the deployment.
extension RunResults {
  /// Why a figure would be another one in a longer run; nil where it would not.
  func lengthDependence(of figure: Figure) -> FigureValue.Unknown? {
    guard let load, load.state != .finite else { return nil }
    if Self.standing.contains(figure.path) { return nil }
    if load.state == .overloaded { return FigureValue.Unknown(overload(load), remedy: Self.plan) }
    if load.state == .undecided { return FigureValue.Unknown(nearness(load), remedy: Self.plan) }
    return growth(of: figure)
  }

  /// What is what it is under any load.
  private static let standing: Set = [
    "load.offered", "load.served", "load.capacity", "load.utilisation", "cost.hour", "cost.month",
  ]

  private static let plan = "find what holds the load: `windtunnel plan`"

  private func overload(_ load: LoadResults) -> String {
    "the queue grows: \(rates(load))"
  }

  private func nearness(_ load: LoadResults) -> String {
    "too near to the capacity to be judged: \(rates(load))"
  }

  private func rates(_ load: LoadResults) -> String {
    func words(_ rate: Double) -> String {
      NumberText.quantity(rate, .requestsPerSecond, digits: 3)
    }
    let offered = load.offered.map { "\(words($0)) offered, " } ?? ""
    return offered + (load.capacity.map { "\(words($0)) can be served" } ?? "none is served")
  }

  /// Of a load without end, a count or a maximum says how long it was looked at.
  private func growth(of figure: Figure) -> FigureValue.Unknown? {
    let path = figure.path
    let name = path.split(separator: ".").first.map(String.init) ?? path
    if RunFigures.latencyNames.contains(name), path.hasSuffix(".max") {
      return FigureValue.Unknown(
        "a maximum grows with the length of the run", remedy: "require `\(name).p99`")
    }
    switch path {
    case "kv.max":
      return FigureValue.Unknown(
        "a maximum grows with the length of the run", remedy: "require `kv.mean`")
    case "makespan", "cost.total":
      return FigureValue.Unknown(
        "the load has no end", remedy: "require `cost.hour`, `cost.month` or `cost.blended`")
    case "rejected", "preempted", "lost":
      // None in all that was seen is none for all that is known.
      guard measured(figure) != 0 else { return nil }
      return FigureValue.Unknown(
        "a count grows with the length of the run", remedy: "require `\(path).share`")
    default: return nil
    }
  }
}
