internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import ServingSimulation
internal import Units

/// Whether a model, a machine, a layout and an engine go together; if not, why, and what would.
struct DeploymentChecks {
  let scenario: Scenario
  let architecture: Architecture
  let hardware: HardwareProfile
  let engine: EngineProfile

  func refuse(
    _ code: String, _ message: String, at place: Place, notes: [String] = [], hint: String? = nil
  ) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "scenario/\(code)", message, at: place.location, path: place.path, notes: notes,
        hint: hint))
  }

  func checkMachine() throws {
    guard hardware.kind == .lpu else { return }
    throw refuse(
      "machine-kind",
      "`\(hardware.name)` runs a compiled pipeline over many chips, which this "
        + "version does not simulate yet",
      at: scenario.hardware.place,
      hint: "choose a machine of kind gpu: `windtunnel list hardware`")
  }

  /// The checkpoint's own weight format, when it can be told.
  func checkpointFormat() throws -> WeightFormat {
    if let format = architecture.servedWeights { return format }
    throw refuse(
      "weight-format",
      "the checkpoint's weight format is not understood: `\(architecture.name)`",
      at: scenario.model.place,
      hint: "set `quantization.weights` to one of "
        + WeightFormat.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))
  }

  /// A format for experts alone says nothing about a model without experts.
  func checkFormat(_ weights: WeightFormat) throws {
    let hasExperts = architecture.groups.contains {
      if case .experts = $0.feedForward { true } else { false }
    }
    guard weights == .mxfp4, !hasExperts else { return }
    throw refuse(
      "weight-format",
      "`mxfp4` quantizes experts alone, and the model has none: `\(architecture.name)`",
      at: scenario.model.place,
      hint: "set `quantization.weights` to `int4`, `nvfp4` or `fp8`")
  }

  // MARK: Layout

  func checkLayout() throws {
    let ranks = scenario.layout.tensor
    guard ranks > 1 else { return }
    let place = scenario.layoutPlace
    let link = hardware.scaleUp
    guard ranks <= link.domain, ranks <= 8, link.bandwidth != nil, link.latency != nil else {
      let most = min(8, link.bandwidth == nil ? 1 : link.domain)
      throw refuse(
        "layout-domain",
        "a tensor-parallel group of \(ranks) does not fit the scale-up domain of "
          + "`\(hardware.name)`: \(link.domain)",
        at: place,
        notes: ["tensor parallelism is simulated within one domain, up to 8 ranks"],
        hint: "set `parallelism.tensor` to \(most) or less")
    }
    for (what, count, mayCopy) in dividedCounts() {
      if count % ranks == 0 || mayCopy && ranks % count == 0 { continue }
      let nearest = (1...8).filter { divides($0) }.min {
        (abs($0 - ranks), -$0) < (abs($1 - ranks), -$1)
      }
      throw refuse(
        "layout-divisibility", "\(ranks) ranks do not divide the model's \(what): \(count)",
        at: place, notes: ["each rank holds a whole number of heads and columns"],
        hint: nearest.map { "set `parallelism.tensor` to \($0)" })
    }
  }

  /// Whether a number of ranks divides everything it must, within the domain.
  private func divides(_ ranks: Int) -> Bool {
    ranks <= hardware.scaleUp.domain
      && dividedCounts().allSatisfy { $0.count % ranks == 0 || $0.mayCopy && ranks % $0.count == 0 }
  }

  /// What a tensor-parallel group divides, and whether it may be copied when there are more ranks.
  private func dividedCounts() -> [(what: String, count: Int, mayCopy: Bool)] {
    var list: [(what: String, count: Int, mayCopy: Bool)] = []
    for group in architecture.groups {
      switch group.mixer {
      case .attention(let attention):
        list.append(("attention heads", attention.heads, false))
        list.append(("key-value heads", attention.keyValueHeads, true))
      case .latentAttention(let attention):
        list.append(("attention heads", attention.heads, false))
      case .recurrent(let recurrent): list += recurrent.dividedCounts
      case .none: break
      }
      switch group.feedForward {
      case .dense(let dense): list.append(("feed-forward columns", dense.inner, false))
      case .experts(let experts):
        list.append(("expert columns", experts.inner, false))
        if experts.sharedInner > 0 {
          list.append(("shared expert columns", experts.sharedInner, false))
        }
      case nil: break
      }
    }
    return list
  }

  func checkBudget(_ budget: Int, sequences: Int) throws {
    guard budget < sequences else { return }
    throw refuse(
      "token-budget", "a step of \(budget) tokens cannot hold \(sequences) decoding sequences",
      at: Place(location: SourceLocation(file: scenario.file), path: "scheduler.token_budget"),
      hint: "set `scheduler.token_budget` to \(sequences) or more")
  }

  // MARK: Memory

  func checkFit(
    _ plan: MemoryPlan, _ design: ReplicaDesign, _ policy: MemoryPolicy, _ limits: SchedulerLimits
  ) throws {
    guard plan.blocks == 0 else { return }
    func bytes(_ value: Double) -> String { NumberText.quantity(value, .bytes, digits: 3) }
    let needed = plan.weightBytes + plan.activationBytes + plan.reservedBytes
    throw refuse(
      "out-of-memory",
      "the model does not fit: \(bytes(needed)) needed on each accelerator, "
        + "\(bytes(plan.usableBytes)) usable, \(bytes(needed - plan.usableBytes)) missing",
      at: scenario.model.place,
      notes: [
        "needed = weights \(bytes(plan.weightBytes)) + activations \(bytes(plan.activationBytes))"
          + " + engine \(bytes(plan.reservedBytes))",
        "usable = \(bytes(plan.capacityBytes)) x "
          + "\(NumberText.significant(policy.usableFraction)), \(hardware.title)",
      ],
      hint: whatFits(design, policy, limits))
  }

  /// The smallest change that fits: more ranks first, then a smaller weight format.
  private func whatFits(
    _ design: ReplicaDesign, _ policy: MemoryPolicy, _ limits: SchedulerLimits
  ) -> String {
    func fits(_ ranks: Int, _ weights: WeightFormat) -> Bool {
      guard divides(ranks) else { return false }
      var other = design
      other.layout.tensor = ranks
      other.precision.weights = weights
      return MemoryPlan(
        other, policy: policy, tokenBudget: limits.tokenBudget,
        maximumSequences: limits.maximumSequences
      ).blocks > 0
    }
    let counts = [1, 2, 4, 8]
    var hints: [String] = []
    if let ranks = counts.first(where: {
      $0 > design.layout.tensor && fits($0, design.precision.weights)
    }) {
      hints.append("`parallelism.tensor` to \(ranks)")
    }
    let smaller: [WeightFormat] = [.fp8, .int4].filter {
      $0.bytesPerWeight < design.precision.weights.bytesPerWeight
    }
    if let format = smaller.first(where: { fits(design.layout.tensor, $0) }) {
      hints.append("`quantization.weights` to `\(format.rawValue)`")
    }
    if !hints.isEmpty { return "set " + hints.joined(separator: ", or ") }
    for format in smaller {
      if let ranks = counts.first(where: { fits($0, format) }) {
        return "set `parallelism.tensor` to \(ranks) and `quantization.weights` to "
          + "`\(format.rawValue)`"
      }
    }
    return "no layout of up to 8 ranks fits; choose a machine with more memory: "
      + "`windtunnel list hardware`"
  }
}

extension RecurrentMixer {
  fileprivate var dividedCounts: [(what: String, count: Int, mayCopy: Bool)] {
    switch self {
    case .gatedDelta(let layer):
      [
        ("linear-attention key heads", layer.keyHeads, false),
        ("linear-attention value heads", layer.valueHeads, false),
      ]
    case .lightning(let layer): [("linear-attention heads", layer.heads, false)]
    case .mamba1(let layer): [("state-space channels", layer.channels, false)]
    case .mamba2(let layer): [("state-space heads", layer.heads, false)]
    }
  }
}
