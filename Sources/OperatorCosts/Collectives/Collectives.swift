internal import Hardware
internal import ModelArchitecture

/// The groups of ranks that one layout talks in, each with its links.
struct Collectives: Sendable {
  /// All-reduce of the tensor ranks; nil with one rank.
  let allReduce: AllReduce?
  /// All-gather of the tensor ranks; nil with one rank.
  let allGather: AllGather?
  /// All-gather of all ranks of a stage; nil unless several attention ranks bring tokens.
  let stageGather: AllGather?
  /// Reduce-scatter of all ranks of a stage; nil where there is no `stageGather`.
  let stageScatter: AllGather?
  /// The exchange of ranks that share a sequence's context; nil when none do.
  let context: ContextSplit?
  /// From a stage to the next; nil when there is one.
  let stageSend: StageSend?

  init(_ design: ReplicaDesign) {
    let layout = design.layout
    let (link, network) = (design.hardware.scaleUp, design.hardware.scaleOut)
    let tensor = layout.tensor
    allReduce =
      tensor > 1
      ? AllReduce(
        ranks: tensor, over: link, across: network,
        oneShotShare: design.host.oneShotShare) : nil
    allGather = tensor > 1 ? AllGather(ranks: tensor, over: link, across: network) : nil
    let stage = layout.ranksPerStage
    let gathers = layout.attentionData > 1 && layout.expert == 1
    stageGather = gathers ? AllGather(ranks: stage, over: link, across: network) : nil
    stageScatter =
      gathers ? AllGather(.reduceScatter, ranks: stage, over: link, across: network) : nil
    context = layout.context > 1 ? ContextSplit(design) : nil
    stageSend = layout.pipeline > 1 ? StageSend(design) : nil
  }
}

/// The hidden vectors of a micro-batch on their way to the next pipeline stage.
///
///     t = α + u · d · 2 / β
///
/// - u: tokens of the micro-batch      - d: hidden width, 16-bit elements
/// - α [s], β [B/s]: of the scale-up link when the whole replica is in one domain, else the network
///
/// Every tensor rank has the whole vectors and sends them to its counterpart, in a torus over one
/// link.
/// Check: u = 64, d = 8,192, α = 3 us, β = 450 GB/s: 3 + 2.3 = 5.3 us (`stageSendWorkedExample`).
struct StageSend: Sendable {
  private let latencySeconds: Double
  private let bytesPerSecond: Double
  private let bytesPerToken: Double

  /// - Precondition: the layout was checked, so that the stages have a link.
  init(_ design: ReplicaDesign) {
    let (link, network) = (design.hardware.scaleUp, design.hardware.scaleOut)
    bytesPerToken = Double(design.architecture.hiddenSize) * 2
    if design.layout.accelerators <= link.domain, let latency = link.latency,
      let bandwidth = link.bandwidth
    {
      latencySeconds = latency.value
      bytesPerSecond = bandwidth.value * TorusBlock.pairFraction(in: link)
    } else if let network {
      (latencySeconds, bytesPerSecond) = (network.latency.value, network.bandwidth.value)
    } else {
      preconditionFailure("layout validation refuses several stages without a link")
    }
  }

  func cost(tokens: Double) -> OperatorCost {
    let wire = tokens * bytesPerToken / bytesPerSecond
    return OperatorCost(
      name: "send_stage", layers: 1, flops: 0, bytes: 0, seconds: latencySeconds + wire,
      bottleneck: .interconnect, speedOfLightSeconds: wire)
  }
}
