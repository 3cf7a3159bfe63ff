internal import Hardware
internal import Outcomes
internal import Projections
internal import Scenarios
internal import Units

/// What the figures rest on.
package struct ProjectProvenance: Encodable, Sendable {
  package struct Entry: Encodable, Sendable {
    package var from = "projection"
    package var path: String
    package var status: String
    package var source: String
  }

  package var weakest: String
  package var figures: [Entry]
}

extension ProjectProvenance {
  /// Each run with the weakest figure behind it, then what the file itself says, and the laws.
  init(_ projection: Projections.Projection, _ workloads: [ServingFigures]) {
    var entries = workloads.map { figures in
      Entry(
        path: "serving.\(figures.name)", status: figures.weakest,
        source: "a simulated run of \(figures.scenario) on \(figures.machine)")
    }
    if let training = projection.training {
      if training.dollarsPerHour != nil {
        let listed = training.hardware.price(.rental)?.figure.status.rawValue
        entries.append(
          Entry(
            path: "training.price",
            status: training.statesPrice ? "assumed" : listed ?? "assumed",
            source: training.priceSource))
      }
      if training.utilization != nil {
        entries.append(
          Entry(path: "training.mfu", status: "assumed", source: "as the projection says"))
      }
    }
    if projection.demand != nil {
      entries.append(
        Entry(
          path: "demand", status: "assumed",
          source: projection.demand?.source ?? "as the projection says"))
    }
    for law in [projection.allocation?.law, projection.data?.law].compactMap({ $0 }).uniqued {
      entries.append(Entry(path: "loss", status: "fitted", source: law.source))
    }
    if projection.exchange != nil {
      entries.append(
        Entry(path: "exchange", status: "estimated", source: ComputeExchange.source))
    }
    figures = entries
    weakest =
      Status.weakest(entries.compactMap { Status(rawValue: $0.status) })?.rawValue
      ?? Status.assumed.rawValue
  }
}
