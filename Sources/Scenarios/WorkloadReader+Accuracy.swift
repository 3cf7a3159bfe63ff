internal import Diagnostics
internal import Workloads

// How many questions are answered rightly: data beside the physics.
extension WorkloadReader {
  /// `accuracy`: a share, the name of a curve, or a curve of the user's own.
  func readAccuracy(_ node: ConfigNode, _ strategy: Strategy, into item: inout RequestClass) {
    if !node.isMapping, Double(node.string()) != nil {
      item.accuracy = AccuracyCurve.Reading(
        share: node.number(.within(0...1)), basis: "as the scenario says")
      return
    }
    guard let curve = node.isMapping ? readCurve(node) : namedCurve(node) else { return }
    guard let value = Self.value(of: curve.measure, strategy, item) else {
      node.report(
        "no-curve", "a curve against \(curve.measure.rawValue) says nothing of this strategy",
        notes: [
          curve.measure == .thinking
            ? "it is of one sample with `thinking`" : "it is of `vote` or `best`"
        ],
        hint: "give the published share as a number: `accuracy: 0.8`")
      return
    }
    item.accuracy = curve.reading(at: value)
    guard item.accuracy == nil else { return }
    node.report(
      "no-curve",
      "the curve begins at \(Int(curve.points[0].at)) "
        + "\(curve.measure == .thinking ? "thinking tokens" : "samples") and says nothing "
        + "of fewer: \(Int(value.rounded(.down)))",
      hint: "give the published share as a number: `accuracy: 0.8`")
  }

  private static func value(
    of measure: AccuracyCurve.Measure, _ strategy: Strategy, _ item: RequestClass
  ) -> Double? {
    switch (measure, strategy) {
    case (.samples, .vote(let vote)): Double(vote.samples)
    case (.samples, .best(let best)), (.coverage, .best(let best)): Double(best.samples)
    case (.thinking, .vote(let vote)) where vote.samples == 1: item.thinking?.mean
    default: nil
    }
  }

  private func namedCurve(_ node: ConfigNode) -> AccuracyCurve? {
    let name = node.words()
    if let curve = AccuracyCurve.named(name) { return curve }
    let names = AccuracyCurve.shipped.map(\.name)
    node.report(
      "unknown-curve", "unknown curve of accuracy: \(name)",
      notes: ["known: \(names.joined(separator: ", "))"],
      hint: Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" })
    return nil
  }

  private func readCurve(_ node: ConfigNode) -> AccuracyCurve? {
    let map = node.mapping()
    let measure =
      map.required("against")?
      .choice(AccuracyCurve.Measure.self, default: .samples) ?? .samples
    let list = map.required("points")
    let points = source.clean {
      (list?.sequence() ?? []).map { entry in
        let pair = entry.mapping()
        defer { pair.finish() }
        return AccuracyCurve.Point(
          pair.required("at")?.number(.within(1...1e9)) ?? 1,
          pair.required("share")?.number(.within(0...1)) ?? 0)
      }
    }
    let origin = map.optional("source")?.words() ?? "as the scenario says"
    map.finish()
    guard let list, let points else { return nil }
    let isSorted = zip(points, points.dropFirst()).allSatisfy { $0.at < $1.at }
    if points.isEmpty || !isSorted {
      list.report("curve", "a curve needs points in the order of `at`")
      return nil
    }
    if measure == .coverage, !points.allSatisfy({ 0 < $0.share && $0.share < 1 }) {
      list.report("curve", "coverage is above 0 and below 1: a power law has no other points")
      return nil
    }
    return AccuracyCurve(measure, points, source: origin)
  }
}
