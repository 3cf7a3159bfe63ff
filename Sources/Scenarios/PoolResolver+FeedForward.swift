internal import Diagnostics
internal import Hardware
internal import OperatorCosts
internal import Units

extension PoolResolver {
  /// The dataflow chips beside a replica; nil when the scenario names none.
  ///
  /// The link between the two, where the scenario does not state it: the network of both, at the
  /// lower rate of the replica's accelerators together and the chips together, and at the higher
  /// latency.
  func remoteFeedForward(_ weights: WeightFormat) -> RemoteFeedForward? {
    guard let keys = pool.feedForward, let chips else { return nil }
    let before = checks.problems.count
    checkRemote(keys, chips)
    let accelerators = Double(checks.layout.accelerators)
    let networks = [(hardware, accelerators), (chips, Double(keys.chips))]
    if keys.bytesPerSecond == nil || keys.latencySeconds == nil,
      let unlinked = networks.first(where: { $0.0.scaleOut == nil })?.0
    {
      checks.refuse(
        "no-link",
        "no link joins the replica and its chips: `\(unlinked.name)` has no `scale_out`",
        at: pool.place(of: "feed_forward"),
        hint: "set `\(checks.path(of: "feed_forward")).bandwidth` and `.latency`, for example "
          + "`400 GB/s` and `2 us`")
    }
    guard checks.problems.count == before else { return nil }
    let rates = networks.compactMap { machine, count in
      machine.scaleOut.map { $0.bandwidth.value * count }
    }
    let latencies = networks.compactMap { $0.0.scaleOut?.latency.value }
    let remote = RemoteFeedForward(
      hardware: chips, chips: keys.chips,
      linkBytesPerSecond: keys.bytesPerSecond ?? rates.min() ?? 1,
      linkLatencySeconds: keys.latencySeconds ?? latencies.max() ?? 0)
    let needed = remote.chipsNeeded(architecture, weights)
    if keys.chips < needed {
      checks.refuse(
        "out-of-memory",
        "the feed-forwards do not fit: \(NumberText.grouped(needed)) chips needed, "
          + "\(NumberText.grouped(keys.chips)) there",
        at: pool.place(of: "feed_forward.chips"),
        notes: [
          "weights \(bytes(remote.weightBytes(architecture, weights))), "
            + "\(bytes(chips.accelerator.memory[0].capacity.value)) a chip, \(chips.title)"
        ],
        hint: "set `\(checks.path(of: "feed_forward.chips"))` to \(needed)")
    }
    return remote
  }

  private func checkRemote(
    _ keys: ScenarioPool.FeedForwardKeys, _ chips: HardwareProfile
  ) {
    if hardware.kind == .lpu || chips.kind == .gpu {
      checks.refuse(
        "machine-kind",
        "feed-forwards go from GPUs to a dataflow machine, not from `\(hardware.name)` to "
          + "`\(chips.name)`",
        at: keys.hardware.place, hint: "choose a machine of kind lpu: `windtunnel list hardware`")
    } else if let missing = DataflowPlan.missingFigure(chips, chips: keys.chips) {
      checks.refuse(
        "missing-figure",
        "\(keys.chips) chips cannot be priced: `\(chips.name)` has no `\(missing)`",
        at: keys.hardware.place,
        hint: "give the figure in a copy of the profile: `windtunnel show hardware "
          + "\(chips.name)`")
    }
    if checks.layout.expert > 1 {
      checks.refuse(
        "layout-experts", "`expert` spreads experts over ranks, and they are on `\(chips.name)`",
        at: pool.place(of: "parallelism.expert"),
        hint: "leave `\(checks.path(of: "parallelism.expert"))` out")
    }
  }

  private func bytes(_ value: Double) -> String { NumberText.quantity(value, .bytes, digits: 3) }
}
