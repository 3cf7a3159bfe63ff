internal import Diagnostics
internal import Hardware
internal import OperatorCosts
internal import ServingSimulation
internal import Units
internal import Workloads

extension DeploymentChecks {
  func checkFit(
    _ plan: MemoryPlan, _ design: ReplicaDesign, _ policy: MemoryPolicy, _ limits: SchedulerLimits
  ) {
    if hardware.kind == .lpu { return checkChips(plan, design, policy) }
    guard plan.blocks == 0 else { return }
    func bytes(_ value: Double) -> String { NumberText.quantity(value, .bytes, digits: 3) }
    let needed = plan.weightBytes + plan.activationBytes + plan.reservedBytes
    refuse(
      "out-of-memory",
      "the model does not fit: \(bytes(needed)) needed on each accelerator, "
        + "\(bytes(plan.usableBytes)) usable, \(bytes(needed - plan.usableBytes)) missing",
      at: pool.place.path.isEmpty ? scenario.model.place : pool.place,
      notes: [
        "needed = weights \(bytes(plan.weightBytes)) + activations \(bytes(plan.activationBytes))"
          + " + engine \(bytes(plan.reservedBytes))",
        usable(plan, policy),
      ],
      hint: whatFits(design, policy, limits))
  }

  private func usable(_ plan: MemoryPlan, _ policy: MemoryPolicy) -> String {
    let capacity = NumberText.quantity(plan.capacityBytes, .bytes, digits: 3)
    guard policy.basis == .all else { return "the machine: \(hardware.title)" }
    return "usable = \(capacity) x \(NumberText.significant(policy.usableFraction)), "
      + hardware.title
  }

  /// The chips of a dataflow machine are one memory; the longest request must fit beside the model.
  private func checkChips(
    _ plan: MemoryPlan, _ design: ReplicaDesign, _ policy: MemoryPolicy
  ) {
    let flow = DataflowPlan(design)
    let context = min(scenario.workload.longestRequest, scenario.maximumContext ?? .max)
    let chips = design.layout.accelerators
    let sequence = flow.sequenceBytes(context: context, policy)
    guard plan.blocks == 0 || plan.poolBytes < sequence else { return }
    func bytes(_ value: Double) -> String { NumberText.quantity(value, .bytes, digits: 3) }
    let held = plan.weightBytes + plan.activationBytes
    let usable = plan.usableBytes - plan.reservedBytes
    let needed = (held + sequence) * Double(chips) / usable
    refuse(
      "out-of-memory",
      "the model does not fit: \(bytes(held + sequence)) needed on all chips, "
        + "\(bytes(usable)) usable on \(NumberText.grouped(chips))",
      at: pool.place(of: "parallelism.chips"),
      notes: [
        "needed = weights \(bytes(plan.weightBytes)) + activations \(bytes(plan.activationBytes))"
          + " + cache of \(NumberText.grouped(context)) tokens \(bytes(sequence))",
        "usable = \(NumberText.grouped(chips)) x (\(bytes(plan.capacityBytes / Double(chips))) x "
          + "\(NumberText.significant(policy.usableFraction)) - engine "
          + "\(bytes(policy.reservedBytes))), \(hardware.title)",
      ],
      hint: usable > 0 && needed < 1e12
        ? "set `\(path(of: "parallelism.chips"))` to \(Int(needed.rounded(.up)))"
        : "set `\(path(of: "memory")).reserved` to 0 B")
  }

  /// The smallest change that fits: more ranks first, then a smaller weight format, then both.
  private func whatFits(
    _ design: ReplicaDesign, _ policy: MemoryPolicy, _ limits: SchedulerLimits
  ) -> String {
    func fits(_ layout: ParallelLayout, _ weights: WeightFormat) -> Bool {
      guard LayoutRules(architecture, hardware).accepts(layout) else { return false }
      var other = design
      other.layout = layout
      other.precision.weights = weights
      return MemoryPlan(
        other, policy: policy, tokenBudget: limits.tokenBudget,
        maximumSequences: limits.maximumSequences
      ).blocks > 0
    }
    let layouts = largerLayouts(than: design.layout)
    var hints: [String] = []
    if let layout = layouts.first(where: { fits($0, design.precision.weights) }) {
      hints.append(change(to: layout, from: design.layout))
    }
    let smaller: [WeightFormat] = [.fp8, .int4].filter {
      $0.bytesPerWeight < design.precision.weights.bytesPerWeight
    }
    if let format = smaller.first(where: { fits(design.layout, $0) }) {
      hints.append(change(to: format))
    }
    if !hints.isEmpty { return "set " + hints.joined(separator: ", or ") }
    for format in smaller {
      if let layout = layouts.first(where: { fits($0, format) }) {
        return "set \(change(to: layout, from: design.layout)) and \(change(to: format))"
      }
    }
    return "no larger layout fits; choose a machine with more memory: `windtunnel list hardware`"
  }

  /// Layouts of two to 64 times as many accelerators, the smallest first: wider in tensor ranks, in
  /// attention ranks with their experts, or longer in stages.
  private func largerLayouts(than layout: ParallelLayout) -> [ParallelLayout] {
    [2, 4, 8, 16, 32, 64].flatMap { factor in
      var wider = layout
      wider.tensor *= factor
      var spread = layout
      spread.attentionData *= factor
      spread.expert *= factor
      var longer = layout
      longer.pipeline *= factor
      // More attention ranks make nothing smaller that is not an expert.
      let widening = layout.expert > 1 ? [spread, wider] : [wider]
      return widening + [longer]
    }
  }

  private func change(to layout: ParallelLayout, from old: ParallelLayout) -> String {
    LayoutDimension.allCases.filter { layout[$0] != old[$0] }.map {
      "`\(path(of: "parallelism.\($0.rawValue)"))` to \(layout[$0])"
    }.joined(separator: " and ")
  }

  private func change(to format: WeightFormat) -> String {
    "`\(path(of: "quantization.weights"))` to `\(format.rawValue)`"
  }
}
