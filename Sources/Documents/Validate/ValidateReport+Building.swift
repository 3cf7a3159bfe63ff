internal import Outcomes
package import Validation

extension ValidateReport {
  /// - Parameters:
  ///   - points: those of the file that pass the filter, with what was predicted.
  ///   - worst: of them, the worst first.   - fileName, header: of that file.
  package init(
    _ points: [PredictedPoint], worst: [WorstPoint], fileName: String, header: [String],
    _ filter: PointFilter
  ) {
    let card = AccuracyCard(points)
    // The seed that a scenario has when it states none.
    seed = 1
    fingerprint = PredictedPoint.fingerprint(of: points)
    inputs = Inputs(
      file: fileName,
      filters: Dictionary(
        uniqueKeysWithValues: filter.chosen.filter { !$0.value.isEmpty }
          .map { ($0.key.rawValue, $0.value) }))
    provenance = Provenance(sources: Self.sources(of: points.map(\.point), header))
    func groups(_ name: String) -> [Group] {
      card.divisions.first { $0.name == name }?.groups.map(Group.init) ?? []
    }
    results = Results(
      points: Counts(card.counts),
      fittedParameters: FittedParameters.count,
      coverage: Self.coverage(of: points), sections: card.sections.map(Section.init),
      overall: card.overall.map(Group.init), byHardware: groups("hardware"),
      byModel: groups("model"), byEngine: groups("engine"), byWeights: groups("weights"),
      byMode: groups("mode"), byLoad: groups("load"), byCampaign: groups("campaign"),
      byUse: groups("use in fitting"), apart: card.apart.map(Group.init),
      worst: worst.map(Worst.init), refused: Self.refusals(of: points))
  }

  private static func coverage(of points: [PredictedPoint]) -> [Coverage] {
    let shipped = Uncertainty.shipped
    return zip(CardMetric.allCases, Metrics.names).compactMap { metric, name in
      shipped.coverage(of: points, metric, at: .fullyCalibrated).map { share in
        Coverage(
          metric: name, share: share,
          shareWithoutMachine: shipped.coverage(of: points, metric, at: .withoutMachine),
          shareWithoutCampaign: Uncertainty.coverageOfUnseenCampaigns(of: points, metric)
        )
      }
    }
  }

  /// In the order in which they are first met.
  private static func sources(of points: [MeasuredPoint], _ header: [String]) -> [Source] {
    guard let column = header.firstIndex(of: "source") else { return [] }
    var found: [Source] = []
    for point in points {
      let source = point.cells[column].split(separator: " ").first.map(String.init) ?? "unknown"
      if let index = found.firstIndex(where: { $0.source == source }) {
        found[index].points += 1
      } else {
        found.append(Source(source: source, points: 1))
      }
    }
    return found
  }

  /// The most frequent reason first; equally frequent ones in the order of their points.
  private static func refusals(of points: [PredictedPoint]) -> [Refusal] {
    var found: [Refusal] = []
    for point in points where point.isRefused {
      if let index = found.firstIndex(where: { $0.reason == point.refusal }) {
        found[index].points.append(point.point.id)
      } else {
        found.append(Refusal(reason: point.refusal, points: [point.point.id]))
      }
    }
    let order = found.indices.sorted {
      (found[$1].points.count, $0) < (found[$0].points.count, $1)
    }
    return order.map { found[$0] }
  }
}

extension ValidateReport.Counts {
  fileprivate init(_ counts: AccuracyCard.Counts) {
    self.init(read: counts.read, simulated: counts.simulated, refused: counts.refused)
  }
}

extension ValidateReport.Errors {
  fileprivate init(_ errors: ErrorStatistics) {
    self.init(
      points: errors.count, median: errors.median,
      mean: errors.mean, p90: errors.p90,
      bias: errors.bias)
  }
}

extension ValidateReport.Metrics {
  fileprivate init(_ group: AccuracyCard.Group, _ stage: PredictionStage = .fullyCalibrated) {
    func errors(_ metric: CardMetric) -> ValidateReport.Errors? {
      group.errors(metric, stage).map(ValidateReport.Errors.init)
    }
    self.init(
      timePerOutputToken: errors(.timePerOutputToken),
      meanTimeToFirstToken: errors(.meanTimeToFirstToken),
      medianTimeToFirstToken: errors(.medianTimeToFirstToken), throughput: errors(.throughput),
      acceleratorPower: errors(.acceleratorPower), energyPerToken: errors(.energyPerToken))
  }
}

extension ValidateReport.Group {
  fileprivate init(_ group: AccuracyCard.Group) {
    self.init(
      name: group.name, points: ValidateReport.Counts(group.counts),
      errors: ValidateReport.Metrics(group))
  }
}

extension ValidateReport.Section {
  fileprivate init(_ group: AccuracyCard.Group) {
    self.init(
      name: group.name, points: ValidateReport.Counts(group.counts),
      stages: PredictionStage.allCases.map { stage in
        ValidateReport.Stage(
          name: stage.rawValue, errors: ValidateReport.Metrics(group, stage))
      })
  }
}

extension ValidateReport.Worst {
  fileprivate init(_ worst: WorstPoint) {
    self.init(
      id: worst.point.id, what: worst.point.words, metric: worst.metric.rawValue,
      measured: worst.measured,
      predicted: worst.predicted,
      error: worst.predicted / worst.measured - 1, reasons: worst.reasons)
  }
}
