internal import Diagnostics
internal import Units

// The serving side, and what is asked of the ratio.
extension ProjectionReader {
  func readDemand(_ node: ConfigNode) -> DemandPlan {
    let map = node.mapping()
    var plan = DemandPlan(
      input: map.optional("input")?.number(.within(Limits.tokens)),
      answer: map.optional("answer")?.number(.within(Limits.tokens)),
      total: map.optional("tokens_per_day")?.number(.within(Limits.tokens)),
      cachedShare: map.optional("cached_share")?.number(.within(0...1)),
      reasoningShare: map.optional("reasoning_share")?.number(.within(0...1)) ?? 0,
      thinkingMultiplier: map.optional("thinking_multiplier")?.number(.within(Limits.multiplier))
        ?? 0,
      growth: map.optional("growth").map { readGrowth($0) } ?? 1,
      ceiling: map.optional("ceiling")?.number(.within(Limits.tokens)),
      source: map.optional("source")?.words())
    let volume = map.optional("published").flatMap { readVolume($0) }
    if let volume {
      plan.source = plan.source ?? "\(volume.source) (\(volume.date))"
      if let input = volume.inputPerDay {
        plan.input = input
        plan.answer = volume.tokensPerDay - input
      } else {
        plan.total = volume.tokensPerDay
      }
    }
    let ways = [
      map.has("published"), map.has("tokens_per_day"), map.has("input") || map.has("answer"),
    ]
    if ways.count(where: { $0 }) != 1 {
      map.report(
        "demand", "`\(map.path)` says its tokens in one of three ways",
        notes: ["`input` and `answer`, `tokens_per_day`, or `published`"],
        hint: "keep one of them, for example `tokens_per_day: 776e9`")
    } else if ways[2], plan.input == nil || plan.answer == nil {
      _ = map.required(plan.input == nil ? "input" : "answer")
    }
    map.finish()
    return plan
  }

  /// A factor a year. What shrinks to nothing or below is no demand.
  private func readGrowth(_ node: ConfigNode) -> Double {
    let text = node.string()
    if let value = Quantity.plainNumber(text), value <= 0 {
      node.report(
        "growth", "`\(node.path)` is a factor a year and must be above zero: \(text)",
        notes: ["1 is no growth, 2 doubles every year, 0.5 halves"],
        hint: value < 0 && value > -1
          ? "for a loss of \(NumberText.plain(-value * 100)) % a year write "
            + "`\(NumberText.significant(1 + value, 3))`" : "write for example `0.5`")
      return 1
    }
    return node.number(.within(Limits.growth))
  }

  private func readVolume(_ node: ConfigNode) -> PublishedVolume? {
    let name = node.words()
    if let volume = PublishedVolume.named(name) { return volume }
    let known = PublishedVolume.all.map(\.name)
    node.report(
      "unknown-value", "`\(node.path)` is not one of the known volumes: \(name)",
      notes: ["known: " + known.joined(separator: ", ")],
      hint: Suggestion.nearest(to: name, in: known).map { "did you mean `\($0)`?" })
    return nil
  }

  func readTarget(_ node: ConfigNode) -> RatioTarget {
    let map = node.mapping()
    let target = RatioTarget(
      ratio: map.required("ratio")?.number(.within(Limits.ratio)) ?? 1,
      measure: map.optional("of")?.choice(Measure.self, default: .flops) ?? .flops)
    map.finish()
    return target
  }

  func readClaim(_ node: ConfigNode) -> Claim {
    let map = node.mapping()
    let claim = Claim(
      says: map.required("says")?.words() ?? "",
      conditions: map.optional("holds_when")?.sequence().map { readCondition($0) } ?? [])
    map.finish()
    return claim
  }

  private func readCondition(_ node: ConfigNode) -> Claim.Condition {
    let map = node.mapping()
    let figure = map.required("figure")
    let condition = Claim.Condition(
      figure: figure?.words() ?? "", from: map.optional("from")?.number(),
      to: map.optional("to")?.number(), location: figure?.location ?? node.location,
      path: figure?.path ?? node.path)
    if condition.from == nil, condition.to == nil { _ = map.required("from") }
    map.finish()
    return condition
  }
}
