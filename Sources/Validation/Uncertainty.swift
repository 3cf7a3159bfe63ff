internal import Diagnostics
internal import Hardware
internal import OperatorCosts
package import Scenarios
internal import Units

/// How far predictions of one kind have been from measurements: the factors between which eight in
/// ten measured values lay.
///
///     low, high = the 0.1 and 0.9 quantiles of r = measured / predicted
///     low, high = 1 / q, q with q the 0.8 quantile of max(r, 1 / r), where the former leave out 1
///
/// They are of the closed-loop points that come with the program. Nothing was fitted to what a
/// reader runs, so a machine and engine that were fitted have the spread of points predicted with
/// their campaign left out of the fit; others that of points predicted with their machine left out
/// of it. Where predictions of a kind are off to one side by more than they spread, the interval is
/// laid around the prediction: it is never outside of its own interval, nor at the edge of it.
/// Check: eleven ratios from 0.84 to 1.24 in steps of 0.04: low 0.88, high 1.20; eleven from 1.1 to
/// 2.1 in steps of 0.1: q = 1.9, low 0.526 (`UncertaintyTests.eightInTenLieBetweenTheFactors`).
package struct Uncertainty: Equatable, Sendable {
  package static let level = 0.8

  /// What a prediction rests on.
  package enum Basis: String, CaseIterable, Sendable {
    /// The machine was timed, and the engine fitted on its generation.
    case calibrated
    /// One of the two was not.
    case transferred
  }

  package enum Kind: String, CaseIterable, Sendable {
    case aggregated, disaggregated, speculative
  }

  /// Ends of the interval of measured over predicted values.
  package struct Factors: Equatable, Sendable {
    package var low: Double
    package var high: Double

    package init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }
  }

  private var factors: [Basis: [Kind: [CardMetric: Factors]]] = [:]

  package func factors(_ basis: Basis, _ kind: Kind, _ metric: CardMetric) -> Factors? {
    factors[basis]?[kind]?[metric]
  }

  // MARK: From predictions

  /// Fewer points than this say nothing about their tails.
  private static let leastPoints = 10

  package init(of points: [PredictedPoint]) {
    for (basis, stage) in [
      (Basis.calibrated, PredictionStage.withoutCampaign), (.transferred, .withoutMachine),
    ] {
      for metric in CardMetric.allCases {
        let all = Self.ratios(of: points, metric, at: stage)
        for kind in Kind.allCases {
          let ratios = all.filter { $0.kind == kind }.map(\.ratio).sorted()
          guard ratios.count >= Self.leastPoints else { continue }
          factors[basis, default: [:]][kind, default: [:]][metric] = Self.factors(of: ratios)
        }
      }
    }
  }

  /// - Parameter ratios: measured to predicted, rising.
  static func factors(of ratios: [Double]) -> Factors {
    let low = ErrorStatistics.quantile((1 - level) / 2, of: ratios)
    let high = ErrorStatistics.quantile((1 + level) / 2, of: ratios)
    if low < 1, high > 1 { return Factors(low: low, high: high) }
    let size = ErrorStatistics.quantile(level, of: ratios.map { max($0, 1 / $0) }.sorted())
    return Factors(low: 1 / size, high: size)
  }

  /// Share of measured values that lie between the factors; nil without any.
  package func coverage(
    of points: [PredictedPoint], _ metric: CardMetric, at stage: PredictionStage
  ) -> Double? {
    let basis: Basis = stage == .withoutMachine ? .transferred : .calibrated
    let inside = Self.ratios(of: points, metric, at: stage).compactMap { kind, ratio -> Bool? in
      guard let factors = factors(basis, kind, metric) else { return nil }
      return factors.low <= ratio && ratio <= factors.high
    }
    return inside.isEmpty ? nil : Double(inside.count { $0 }) / Double(inside.count)
  }

  /// Share of measured values of each campaign that lie between the factors that the other
  /// campaigns alone give: what somebody finds who compares with runs of his own. Nil without any.
  package static func coverageOfUnseenCampaigns(
    of points: [PredictedPoint], _ metric: CardMetric
  ) -> Double? {
    var (inside, all) = (0, 0)
    for family in Set(points.map(\.point.family)) {
      let others = Uncertainty(of: points.filter { $0.point.family != family })
      for (kind, ratio) in ratios(
        of: points.filter { $0.point.family == family }, metric, at: .withoutCampaign)
      {
        guard let factors = others.factors(.calibrated, kind, metric) else { continue }
        all += 1
        if factors.low <= ratio, ratio <= factors.high { inside += 1 }
      }
    }
    return all == 0 ? nil : Double(inside) / Double(all)
  }

  /// Measured to predicted of the points that count.
  private static func ratios(
    of points: [PredictedPoint], _ metric: CardMetric, at stage: PredictionStage
  ) -> [(kind: Kind, ratio: Double)] {
    points.compactMap { point in
      guard point.point.apartness == nil, point.point.load == .closed,
        let figures = metric.figures(of: point.point, point.predictions[stage])
      else { return nil }
      return (Kind(point.point), figures.measured / figures.predicted)
    }
  }

  // MARK: As a file

  package static let shipped = ShippedFile.value(
    at: "measurements/serving/uncertainty.yaml", read: Uncertainty.init(_:file:))

  package init(_ text: String, file: String) throws {
    let source = ConfigSource(file: file, kind: "uncertainty")
    let root = try source.parse(text).mapping()
    for basis in Basis.allCases {
      let kinds = root.optional(basis.rawValue)?.mapping()
      for kind in Kind.allCases {
        let metrics = kinds?.optional(kind.rawValue)?.mapping()
        for metric in CardMetric.allCases {
          guard let pair = metrics?.optional(metric.rawValue)?.sequence(), pair.count == 2 else {
            continue
          }
          factors[basis, default: [:]][kind, default: [:]][metric] = Factors(
            low: pair[0].number(.within(0...1_000)), high: pair[1].number(.within(0...1_000)))
        }
        metrics?.finish()
      }
      kinds?.finish()
    }
    root.finish()
    try source.check()
  }

  package var text: String {
    var lines: [String] = []
    for basis in Basis.allCases {
      lines.append("\(basis.rawValue):")
      for kind in Kind.allCases {
        let pairs = CardMetric.allCases.compactMap { metric in
          factors(basis, kind, metric).map {
            "\(metric.rawValue): [\(NumberText.significant($0.low, 3)), "
              + "\(NumberText.significant($0.high, 3))]"
          }
        }
        lines.append("  \(kind.rawValue): {\(pairs.joined(separator: ", "))}")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Uncertainty.Kind {
  init(_ point: MeasuredPoint) {
    switch CardSection(point) {
    case .aggregated, .offline: self = .aggregated
    case .disaggregated: self = .disaggregated
    case .speculative: self = .speculative
    }
  }

  package init(_ deployment: Deployment) {
    // No diffusion model is among the points: several tokens of a sequence in a step are.
    if deployment.pools.contains(where: {
      $0.design.speculation != nil || $0.design.diffusion != nil
    }) {
      self = .speculative
    } else {
      self = deployment.pools.count > 1 ? .disaggregated : .aggregated
    }
  }
}

extension Uncertainty.Basis {
  /// The basis of the weakest pool.
  package init(_ deployment: Deployment) {
    let isKnown = deployment.pools.allSatisfy { pool in
      pool.hardware.isTimed
        && pool.hardware.architectures.first.map { deployment.engine.platforms[$0] != nil }
          ?? false
    }
    self = isKnown ? .calibrated : .transferred
  }
}
