internal import Diagnostics
internal import Workloads

// Kinds of requests, and their lengths.
extension WorkloadReader {
  func readClass(_ node: ConfigNode) -> RequestClass {
    let map = node.mapping()
    let name = map.required("name")?.words() ?? ""
    let share = map.required("share")?.number(.upTo(WorkloadLimits.largestWeight)) ?? 1
    let result = readLengths(of: map, name: name, share: share)
    map.finish()
    return result
  }

  func readLengths(of map: ConfigMapping, name: String, share: Double) -> RequestClass {
    var result = RequestClass(
      name: name, share: share, input: readLength(map.required("input"), WorkloadLimits.lengths),
      thinking: map.optional("thinking").map { readLength($0, 0...WorkloadLimits.longest) },
      output: readAnswer(map.required("output")))
    readSharing(of: map, into: &result)
    readClients(of: map, into: &result)
    if let node = map.optional("media") { readMedia(node, into: &result) }
    result.priority = map.optional("priority").map { Self.readPriority($0) } ?? 0
    checkThinking(map, result)
    return result
  }

  /// 0 reads prompts for vectors or scores. Lengths that are drawn are of answers, and at least 1.
  func readAnswer(_ node: ConfigNode?) -> LengthDistribution {
    guard let node, !node.isMapping, node.string() == "0" else {
      return readLength(node, WorkloadLimits.lengths)
    }
    return .fixed(0)
  }

  /// What is thought is thought for an answer.
  private func checkThinking(_ map: ConfigMapping, _ item: RequestClass) {
    guard item.answersNothing, item.thinking != nil, let node = map.optional("thinking") else {
      return
    }
    node.report(
      "no-answer", "`\(node.path)` is of no use to a request without an answer",
      hint: "leave it out, or set `output` to 1 or more")
  }

  private enum Shape: String, CaseIterable {
    case fixed, uniform, lognormal, empirical
  }

  /// A length: a plain number, or a mapping with a `distribution`.
  func readLength(
    _ node: ConfigNode?, _ range: ClosedRange<Int>
  ) -> LengthDistribution {
    guard let node else { return .fixed(range.lowerBound) }
    let least = range.lowerBound
    guard node.isMapping else { return .fixed(node.integer(in: range)) }
    let map = node.mapping()
    let shape = map.required("distribution")?.choice(Shape.self, default: .fixed) ?? .fixed
    let result: LengthDistribution
    switch shape {
    case .fixed: result = .fixed(map.required("tokens")?.integer(in: range) ?? least)
    case .uniform:
      let low = map.required("minimum")?.integer(in: range) ?? least
      let high = map.required("maximum")?.integer(in: range) ?? least
      if low > high {
        map.report("out-of-range", "`\(map.path).minimum` is above its maximum: \(low) > \(high)")
      }
      result = .uniform(low...max(low, high))
    case .lognormal: result = readLogNormal(map, range)
    case .empirical: result = readEmpirical(map, range)
    }
    map.finish()
    return result
  }

  private func readLogNormal(
    _ map: ConfigMapping, _ range: ClosedRange<Int>
  ) -> LengthDistribution {
    let low = map.optional("minimum")?.integer(in: range) ?? range.lowerBound
    let high = map.optional("maximum")?.integer(in: range) ?? range.upperBound
    if low > high {
      map.report("out-of-range", "`\(map.path).minimum` is above its maximum: \(low) > \(high)")
    }
    let bounds = low...max(low, high)
    if let mean = map.optional("mean")?.number(.upTo(Double(WorkloadLimits.longest))) {
      let cv = map.required("cv")?.number(.within(0...100)) ?? 1
      return .logNormal(mean: mean, coefficientOfVariation: cv, within: bounds)
    }
    let mu = map.required("mu")?.number(.within(-10...20)) ?? 0
    let sigma = map.required("sigma")?.number(.within(0...10)) ?? 0
    return .logNormal(mu: mu, sigma: sigma, within: bounds)
  }

  private func readEmpirical(
    _ map: ConfigMapping, _ range: ClosedRange<Int>
  ) -> LengthDistribution {
    let lengths = map.required("lengths")?.sequence().map { $0.integer(in: range) } ?? []
    let weightNodes = map.optional("weights")?.sequence()
    // Weights that cannot be read have been reported, and are as good as none.
    let weights =
      weightNodes.flatMap { nodes in
        source.clean { nodes.map { $0.number(.within(0...WorkloadLimits.largestWeight)) } }
      } ?? lengths.map { _ in 1 }
    let total = weights.reduce(0, +)
    guard !lengths.isEmpty, weights.count == lengths.count, total > 0 else {
      map.report(
        "empirical",
        "`\(map.path)` needs as many weights as lengths, at least one of them above zero: "
          + "\(lengths.count) lengths, \(weights.count) weights")
      return .fixed(range.lowerBound)
    }
    var sum = 0.0
    var cumulative = weights.map { weight in
      sum += weight / total
      return sum
    }
    cumulative[cumulative.count - 1] = 1
    return .empirical(lengths: lengths, cumulative: cumulative)
  }
}
