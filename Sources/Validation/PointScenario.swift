internal import OperatorCosts

/// The scenario of a measured point, as a file that `windtunnel run` reads.
struct PointScenario {
  let point: MeasuredPoint
  private let settings: RunSettings

  init(_ point: MeasuredPoint) {
    self.point = point
    settings = Campaign(point).settings(of: point)
  }

  var text: String {
    var lines = [
      "schema: windtunnel/scenario/1",
      "name: \(point.id)",
      "model: \(point.model)",
      "hardware: \(point.hardware)",
      "engine: \(point.engineProfile)",
      "quantization: {weights: \(weights), kv_cache: \(settings.keyValueCache)}",
      "prefix_cache: \(settings.promptVariants != nil)",
    ]
    if let scheduler = settings.scheduler { lines.append("scheduler: \(scheduler)") }
    if let fraction = settings.usableFraction {
      lines.append("memory: {usable_fraction: \(fraction)}")
    }
    if !settings.acceptance.isEmpty {
      let rates = settings.acceptance.map { "\($0)" }.joined(separator: ", ")
      lines.append("speculation: {method: mtp, acceptance: [\(rates)]}")
    }
    if point.mode == .aggregated {
      lines.append("parallelism: {\(layout(point.workers[0]))}")
    } else {
      lines.append("pools:")
      for (name, workers) in zip(["prefill", "decode"], point.workers) {
        lines.append(
          "  \(name): {replicas: \(workers.count), parallelism: {\(layout(workers))}\(own(name))}")
      }
    }
    lines += ["workload:"] + workload.map { "  " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What one of two pools has for itself.
  private func own(_ pool: String) -> String {
    guard pool == "decode", let sequences = settings.decodeSequences else { return "" }
    var own = settings
    own.maximumSequences = sequences
    return own.scheduler.map { ", scheduler: \($0)" } ?? ""
  }

  private var weights: String {
    guard point.weights == "fp8" else { return point.weights }
    return settings.usesBlockScales ? "fp8_block" : "fp8"
  }

  private func layout(_ workers: MeasuredPoint.Workers) -> String {
    workers.layout.used.map { "\($0.dimension.rawValue): \($0.size)" }.joined(separator: ", ")
  }

  private var workload: [String] {
    let arrivals =
      switch point.load {
      case .closed: "{process: closed-loop, clients: \(point.concurrency ?? 1)}"
      case .offline: "{process: offline}"
      case .open:
        if let rate = point.rate, rate.isFinite {
          point.isEvenlySpaced
            ? "{process: gamma, cv: 0.01, rate: \(rate) req/s}"
            : "{process: poisson, rate: \(rate) req/s}"
        } else {
          "{process: offline}"
        }
      }
    var lines = ["requests: \(settings.requests)", "arrivals: \(arrivals)"]
    if let variants = settings.promptVariants, point.inputTokens > 1 {
      lines += [
        "input: 1",
        "shared_prefix: {tokens: \(point.inputTokens - 1), variants: \(variants)}",
      ]
    } else {
      lines.append("input: \(length(point.inputTokens))")
    }
    return lines + ["output: \(length(point.outputTokens))"]
  }

  private func length(_ nominal: Int) -> String {
    guard point.lengths == .uniform else { return "\(nominal)" }
    let least = max(1, Int(Double(nominal) * 0.8))
    return "{distribution: uniform, minimum: \(least), maximum: \(nominal)}"
  }
}
