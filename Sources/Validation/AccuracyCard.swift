/// How far the simulator is off, over all points and over groups of them.
///
/// A pure value of what was predicted; a group without points is left out. Points that are reported
/// apart (`MeasuredPoint.Apartness`) are in no other group.
package struct AccuracyCard: Equatable, Sendable {
  package struct Counts: Equatable, Sendable {
    package var read: Int
    package var simulated: Int
    package var refused: Int

    init(_ points: [PredictedPoint]) {
      read = points.count
      refused = points.count { $0.isRefused }
      simulated = read - refused
    }
  }

  /// Points that have something in common.
  package struct Group: Equatable, Sendable {
    package var name: String
    package var counts: Counts
    package var stages: [PredictionStage: [CardMetric: ErrorStatistics]]

    package func errors(
      _ metric: CardMetric, _ stage: PredictionStage = .fullyCalibrated
    ) -> ErrorStatistics? { stages[stage]?[metric] }

    /// Nil without points.
    init?(_ name: String, _ points: [PredictedPoint]) {
      guard !points.isEmpty else { return nil }
      self.name = name
      counts = Counts(points)
      stages = [:]
      for stage in PredictionStage.allCases {
        for metric in CardMetric.allCases {
          let errors = points.compactMap { point in
            metric.figures(of: point.point, point.predictions[stage])
              .map { $0.predicted / $0.measured - 1 }
          }
          if let found = ErrorStatistics(errors) { stages[stage, default: [:]][metric] = found }
        }
      }
    }
  }

  /// The card's points divided by one of their words.
  package struct Division: Equatable, Sendable {
    package var name: String
    /// By name, rising.
    package var groups: [Group]
  }

  package let counts: Counts
  /// By `CardSection`.
  package let sections: [Group]
  /// Nil when every point is reported apart.
  package let overall: Group?
  package let divisions: [Division]
  package let apart: [Group]

  package init(_ points: [PredictedPoint]) {
    counts = Counts(points)
    let counted = points.filter { $0.point.apartness == nil }
    sections = CardSection.allCases.compactMap { section in
      Group(section.rawValue, counted.filter { CardSection($0.point) == section })
    }
    overall = Group("all", counted)
    divisions = Self.words.map { name, word in
      let values = Set(counted.map { word($0.point) }).sorted()
      return Division(
        name: name,
        groups: values.compactMap { value in
          Group(value.isEmpty ? "unknown" : value, counted.filter { word($0.point) == value })
        })
    }
    apart = MeasuredPoint.Apartness.allCases.compactMap { reason in
      Group(reason.rawValue, points.filter { $0.point.apartness == reason })
    }
  }

  private static let words: [(String, @Sendable (MeasuredPoint) -> String)] = [
    ("hardware", { $0.hardware }), ("model", { $0.model }), ("engine", { $0.engine }),
    ("weights", { $0.weights }), ("mode", { $0.mode.rawValue }), ("load", { $0.load.rawValue }),
    ("campaign", { $0.family }), ("use in fitting", { $0.use.rawValue }),
  ]
}

/// The kinds of deployment that a card begins with; every point is of one kind.
package enum CardSection: String, CaseIterable, Sendable {
  case aggregated
  case offline = "aggregated, offline"
  case disaggregated
  case speculative = "with MTP"

  package init(_ point: MeasuredPoint) {
    switch (point.speculative.isEmpty, point.mode, point.load) {
    case (false, _, _): self = .speculative
    case (true, .disaggregated, _): self = .disaggregated
    case (true, .aggregated, .offline): self = .offline
    case (true, .aggregated, _): self = .aggregated
    }
  }
}
