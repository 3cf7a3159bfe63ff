internal import Statistics

/// Share of the questions that are answered rightly, against samples or thinking tokens: data that
/// somebody published or measured, apart from what answering costs.
///
/// Between two points the share is a straight line over the logarithm of what it is measured
/// against. Beyond the last one it stays what it is there, for nobody knows more; before the first
/// one it is unknown.
package struct AccuracyCurve: Equatable, Sendable {
  /// What it is measured against.
  package enum Measure: String, CaseIterable, Sendable {
    /// Samples, the most common of which is taken, or a verifier's best.
    case samples
    /// Thinking tokens of an answer in the mean.
    case thinking
    /// Samples, one of which must be right: a verifier that is never wrong.
    case coverage
  }

  package struct Point: Equatable, Sendable {
    /// Samples or thinking tokens, by the curve's measure.
    package var at: Double
    /// 0...1.
    package var share: Double

    package init(_ at: Double, _ share: Double) {
      self.at = at
      self.share = share
    }
  }

  /// A share, and what it rests on.
  package struct Reading: Equatable, Sendable {
    package var share: Double
    package var basis: String

    package init(share: Double, basis: String) {
      self.share = share
      self.basis = basis
    }
  }

  package var measure: Measure
  /// In order of what they are at, at least one. Of coverage, two that a curve goes through.
  package var points: [Point]
  package var source: String

  package init(_ measure: Measure, _ points: [Point], source: String) {
    self.measure = measure
    self.points = points
    self.source = source
  }

  /// The share at a number of samples or thinking tokens; nil before the first point.
  ///
  ///     coverage:  c(k) = 1 - exp(-a k^b)     a, b: so that it goes through both points
  ///
  /// - k: samples     - a, b: without unit, of model and task
  ///
  /// Range: from the first point to the last. Source: Brown et al., "Large Language Monkeys",
  /// arXiv 2407.21787, 2024, section 3, of the shape.
  /// Check: 15.9 % of one and 56 % of 250 samples are 31.5 % of 16
  /// (`AccuracyCurveTests.coverageGoesThroughItsPoints`).
  package func reading(at value: Double) -> Reading? {
    guard let first = points.first, let last = points.last, value >= first.at else { return nil }
    if value >= last.at {
      let isBeyond = value > last.at
      return Reading(
        share: last.share, basis: source + (isBeyond ? ", as at \(Int(last.at)), the most" : ""))
    }
    if let point = points.first(where: { $0.at == value }) {
      return Reading(share: point.share, basis: source)
    }
    let next = points.firstIndex { $0.at > value } ?? points.count - 1
    let (low, high) = (points[next - 1], points[next])
    let way = logarithm(value / low.at) / logarithm(high.at / low.at)
    let share: Double
    if measure == .coverage {
      let rates = (logarithm(-logarithm(1 - low.share)), logarithm(-logarithm(1 - high.share)))
      let rate = rates.0 + way * (rates.1 - rates.0)
      share = 1 - naturalExponential(-naturalExponential(rate))
    } else {
      share = low.share + way * (high.share - low.share)
    }
    return Reading(
      share: share, basis: source + ", between \(Int(low.at)) and \(Int(high.at))")
  }
}

extension AccuracyCurve {
  /// Curves that travel with the program, by name.
  package static let shipped: [(name: String, curve: AccuracyCurve)] =
    distilled.map { item in
      (
        "\(item.name)/aime-2024",
        AccuracyCurve(
          .samples, [Point(1, item.once), Point(64, item.voted)],
          source: "AIME 2024, DeepSeek-AI, \"DeepSeek-R1\", 2025, table 5")
      )
    } + [
      (
        "r1-zero/aime-2024",
        AccuracyCurve(
          .samples, [Point(1, 0.71), Point(64, 0.867)],
          source: "AIME 2024, DeepSeek-AI, \"DeepSeek-R1\", 2025, table 2")
      ),
      (
        "r1-0528/aime-2025",
        AccuracyCurve(
          .thinking, [Point(12_000, 0.7), Point(23_000, 0.875)],
          source: "AIME 2025, R1 and R1-0528, DeepSeek-AI, model card, 2025-05")
      ),
      (
        "deepseek-coder-v2/swe-bench-lite",
        AccuracyCurve(
          .coverage, [Point(1, 0.159), Point(250, 0.56)],
          source: "SWE-bench Lite, Brown et al., \"Large Language Monkeys\", 2024")
      ),
    ]

  /// One answer, and the most common of 64.
  private static let distilled: [(name: String, once: Double, voted: Double)] = [
    ("r1-distill-qwen-7b", 0.555, 0.833), ("r1-distill-qwen-32b", 0.726, 0.833),
    ("r1-distill-llama-70b", 0.7, 0.867),
  ]

  package static func named(_ name: String) -> AccuracyCurve? {
    shipped.first { $0.name == name }?.curve
  }
}
