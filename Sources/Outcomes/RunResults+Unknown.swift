internal import Requirements
internal import Units

extension RunResults {
  /// Why a figure of a run has no value.
  func reasonForNone(of figure: Figure) -> FigureValue.Unknown {
    if measured(figure) != nil, let reason = lengthDependence(of: figure) { return reason }
    let path = figure.path
    return switch path.split(separator: ".").first {
    case "cost": reason("cost", remedy: Self.priceRemedy) ?? noTokens(path)
    case "energy", "power":
      reason("energy", remedy: Self.powerRemedy)
        ?? reason("energy.mean_power_w", remedy: Self.powerRemedy) ?? noTokens(path)
    case "load":
      FigureValue.Unknown(
        load?.capacity == nil ? "no request is ever served" : "completions decide what comes")
    case "goodput", "attainment":
      FigureValue.Unknown(
        "the scenario has no `objectives`",
        remedy: "say what a good request is: `--set objectives.ttft='500 ms'`")
    default: noRequests(path)
    }
  }

  private static let priceRemedy =
    "add the price to a copy of the profile, and give its path to `--hardware`"
  private static let powerRemedy =
    "add the power to a copy of the profile, and give its path to `--hardware`"

  private func reason(_ key: String, remedy: String) -> FigureValue.Unknown? {
    unknown.first { $0.key == key }.map { FigureValue.Unknown($0.reason, remedy: remedy) }
  }

  private func noTokens(_ path: String) -> FigureValue.Unknown {
    FigureValue.Unknown(
      path == "cost.thinking" ? "no request thinks before it answers" : "there are no such tokens")
  }

  private func noRequests(_ path: String) -> FigureValue.Unknown {
    guard requests.completed > 0 else { return FigureValue.Unknown("no request completed") }
    return FigureValue.Unknown(
      path.hasPrefix("ttfat")
        ? "no request thinks before it answers" : "no answer has more than one token")
  }
}
