internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import Units

// The training side.
extension ProjectionReader {
  func readTraining(_ node: ConfigNode, attention: Bool) -> TrainingPlan? {
    let map = node.mapping()
    let model = lookUp(map.required("model")) { try ModelCatalogue.load(nameOrPath: $0) }
    let stated = map.optional("active_parameters")?.number(.within(Limits.parameters))
    let hardware = lookUp(map.required("hardware")) {
      try HardwareCatalogue.load(nameOrPath: $0)
    }
    let arithmeticNode = map.optional("arithmetic")
    let arithmetic = arithmeticNode?.choice(Arithmetic.self, default: .bf16) ?? .bf16
    let basis = map.optional("price_basis")?.choice(Price.Basis.self, default: .rental) ?? .rental
    let price = map.optional("price").map { readPrice($0) }
    let utilization = map.optional("mfu").map { readUtilization($0) }
    let lost = map.optional("lost_time")?.number(.within(0...0.95)) ?? 0
    let failed = map.optional("failed_runs")?.number(.within(0...1_000)) ?? 0
    let experiments = map.optional("experiments")?.number(.within(0...1_000)) ?? 0
    let runs = map.required("runs")?.sequence().map { readRun($0) } ?? []
    let published = map.optional("published").map { readPublished($0) }
    map.finish()
    guard let model, let hardware else { return nil }
    guard let peak = hardware.accelerator.peak[arithmetic]?.value else {
      (arithmeticNode ?? node).report(
        "no-peak", "`\(hardware.name)` has no peak in \(arithmetic.rawValue)",
        notes: [
          "it has "
            + Arithmetic.allCases.filter { hardware.accelerator.peak[$0] != nil }
            .map(\.rawValue).joined(separator: ", ")
        ],
        hint: "set `training.arithmetic` to one of them")
      return nil
    }
    let listed = hardware.price(basis)?.figure
    return TrainingPlan(
      model: model.name, work: TokenWork(model, activeParameters: stated), hardware: hardware,
      peakFLOPsPerSecond: peak, arithmetic: arithmetic,
      dollarsPerHour: price ?? listed.map { Ranged($0.value, low: $0.low, high: $0.high) },
      priceSource: price == nil
        ? listed.map { "\(basis.rawValue) price of \($0.date ?? "no date"), \($0.status.rawValue)" }
          ?? "" : "as the projection says", statesPrice: price != nil,
      utilization: utilization, countsAttention: attention, runs: runs, lostTime: lost,
      failedRuns: failed, experiments: experiments, published: published)
  }

  private func readPrice(_ node: ConfigNode) -> Ranged {
    guard node.isMapping else {
      return Ranged(node.quantity(.dollarsPerHour, .within(1e-6...1e6)))
    }
    return ranged(node) { $0.quantity(.dollarsPerHour, .within(1e-6...1e6)) }
  }

  private func readUtilization(_ node: ConfigNode) -> Ranged {
    guard node.isMapping else { return Ranged(node.number(.fraction)) }
    return ranged(node) { $0.number(.fraction) }
  }

  /// `{value: 0.4, low: 0.38, high: 0.43}`
  private func ranged(_ node: ConfigNode, _ read: (ConfigNode) -> Double) -> Ranged {
    let map = node.mapping()
    let value = map.required("value").map(read) ?? 1
    let low = map.optional("low").map(read) ?? value
    let high = map.optional("high").map(read) ?? value
    if low > value || high < value {
      map.report(
        "out-of-range",
        "`\(map.path)` must have its value between low and high: "
          + "\(low), \(value), \(high)")
    }
    map.finish()
    return Ranged(value, low: min(low, value), high: max(high, value))
  }

  private func readRun(_ node: ConfigNode) -> TrainingRun {
    let map = node.mapping()
    let accelerators = map.optional("gpus")?.number(.within(1...1e9))
    let time = map.optional("time")?.quantity(.seconds, .within(1...1e10))
    var hours = map.optional("hours")?.number(.within(Limits.hours))
    if accelerators != nil || time != nil {
      if hours != nil || accelerators == nil || time == nil {
        map.report(
          "hours", "`\(map.path)` has `hours`, or both `gpus` and `time`",
          hint: "leave out one of the two")
      } else if let accelerators, let time {
        hours = accelerators * time / 3_600
      }
    }
    let rollouts = map.optional("rollouts").map { readRollouts($0, hours: hours) }
    let run = TrainingRun(
      name: map.required("name")?.words() ?? "",
      tokens: map.optional("tokens")?.number(.within(Limits.tokens)),
      epochs: map.optional("epochs")?.number(.within(0.001...1_000)) ?? 1,
      sequenceTokens: map.optional("sequence")?.integer(in: 1...10_000_000) ?? 4_096,
      hours: hours, utilization: map.optional("mfu").map { readUtilization($0) },
      rollouts: rollouts)
    map.finish()
    return run
  }

  private func readRollouts(_ node: ConfigNode, hours: Double?) -> Rollouts {
    let map = node.mapping()
    defer { map.finish() }
    if let share = map.optional("share_of_hours") {
      if hours == nil {
        share.report(
          "no-hours", "`\(share.path)` is a share of hours, which are not given",
          hint: "give the run its `hours`, or the rollouts their `output` tokens")
      }
      return .shareOfHours(share.number(.fraction))
    }
    let output = map.required("output")?.number(.within(Limits.tokens)) ?? 1
    let input = map.optional("input")?.number(.within(Limits.tokens)) ?? 0
    return .tokens(TokenMix(input: input, cached: 0, output: output))
  }

  private func readPublished(_ node: ConfigNode) -> PublishedTraining {
    let map = node.mapping()
    let published = PublishedTraining(
      hours: map.optional("hours")?.number(.within(Limits.hours)),
      dollars: map.optional("dollars")?.number(.within(1e-3...1e15)),
      source: map.required("source")?.words() ?? "")
    map.finish()
    return published
  }
}
