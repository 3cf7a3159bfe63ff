package import Hardware
package import ModelArchitecture

/// The feed-forwards of a model on dataflow chips beside the accelerators that do its attention.
///
/// Hidden vectors leave a replica after each layer's mixer, a share of them from each rank, and
/// come back as the feed-forward's result. Router, shared and routed experts are on the chips;
/// norms stay. For n tokens and a layer, before the ranks gather the shares:
///
///     t = 2 · ( α + n · d · 2 B / β ) + max( φ · λ, w(n) / c )
///
/// - α [s], β [B/s]: latency and bandwidth of the link between the replica and the chips, one way
/// - d: hidden width, 16-bit numbers       - λ [s]: layer latency of the chips' profile
/// - φ: feed-forward's share of the weights that a token passes in a layer, taken as that of λ
/// - w(n) [s]: roofline time of the feed-forward for n tokens on one chip     - c: a layer's chips
///
/// The n tokens pass as one matrix. Chips are divided over the layers as in `DataflowStage`.
/// Check: Llama-3.1-70B in fp8 on 256 chips of groq-3-lpx, 64 tokens, α = 2 us, β = 400 GB/s:
/// 2 · (2 + 2.62) + max(0.824 · 7, 33.6) = 42.8 us a layer
/// (`RemoteFeedForwardTests.workedExample`).
package struct RemoteFeedForward: Equatable, Sendable {
  /// The profile of the chips, whose kind is `lpu`.
  package var hardware: HardwareProfile
  /// Chips that do the feed-forwards of one replica.
  package var chips: Int
  /// Bandwidth between the replica, all its accelerators together, and the chips.
  package var linkBytesPerSecond: Double
  package var linkLatencySeconds: Double

  package init(
    hardware: HardwareProfile, chips: Int, linkBytesPerSecond: Double, linkLatencySeconds: Double
  ) {
    self.hardware = hardware
    self.chips = chips
    self.linkBytesPerSecond = linkBytesPerSecond
    self.linkLatencySeconds = linkLatencySeconds
  }

  /// Bytes of the feed-forwards' weights, all on the chips.
  package func weightBytes(_ architecture: Architecture, _ weights: WeightFormat) -> Double {
    let formats = DataflowFormats(weights, on: hardware)
    return architecture.parameterCount.groups.reduce(0) { sum, group in
      var matrices = DataflowMatrices()
      matrices.addFeedForward(group.layer, formats)
      return sum + Double(group.count) * matrices.storedBytes
    }
  }

  /// The fewest chips whose memory holds the feed-forwards, each with a share of it usable.
  package func chipsNeeded(
    _ architecture: Architecture, _ weights: WeightFormat, usableFraction: Double = 1
  ) -> Int {
    let chip = hardware.accelerator.memory[0].capacity.value * usableFraction
    return Int((weightBytes(architecture, weights) / chip).rounded(.up))
  }
}

/// The remote feed-forward of one layer.
struct RemoteFeedForwardLayer: Sendable {
  private let matrices: DataflowMatrices
  /// Chips of this layer, below 1 when layers share one.
  private let chips: Double
  private let latencySeconds: Double
  private let hidden: Double
  private let linkBytesPerSecond: Double
  private let linkLatencySeconds: Double

  /// - Precondition: the profile has a layer latency (`DataflowPlan.missingFigure`).
  init(
    _ remote: RemoteFeedForward, of parameters: LayerParameters, in architecture: Architecture,
    _ weights: WeightFormat
  ) {
    guard let layerLatency = remote.hardware.lpu?.layerLatency?.value else {
      preconditionFailure("deployment checks refuse a pipeline without a layer latency")
    }
    var matrices = DataflowMatrices()
    matrices.addFeedForward(parameters, DataflowFormats(weights, on: remote.hardware))
    self.matrices = matrices
    let share = matrices.storedBytes / remote.weightBytes(architecture, weights)
    chips = Double(remote.chips) * share
    let active = parameters.active.matrices
    let mixer = parameters.mixer.matrices + parameters.indexer.matrices
    latencySeconds = layerLatency * Double(active - mixer) / Double(active)
    hidden = Double(architecture.hiddenSize)
    linkBytesPerSecond = remote.linkBytesPerSecond
    linkLatencySeconds = remote.linkLatencySeconds
  }

  /// In order: to the chips, on them, and back.
  var operators: [Operator] { Operator.Name.allCases.map { Operator(name: $0, layer: self) } }

  struct Operator: Sendable {
    enum Name: String, CaseIterable {
      case send = "send_hidden"
      case feedForward = "remote_feed_forward"
      case receive = "receive_hidden"
    }

    let name: Name
    let layer: RemoteFeedForwardLayer

    /// What the chips compute is not the work of the replica's accelerators, which wait for it: its
    /// FLOPs and bytes are not counted here, and its time is the link's.
    func cost(tokens: Double) -> OperatorCost {
      let (seconds, light) = name == .feedForward ? layer.computing(tokens) : layer.transfer(tokens)
      return OperatorCost(
        name: name.rawValue, layers: 1, flops: 0, bytes: 0, seconds: seconds,
        bottleneck: .interconnect, speedOfLightSeconds: light)
    }
  }

  private func computing(_ tokens: Double) -> (seconds: Double, light: Double) {
    let work = matrices.work(tokens: tokens)
    // A layer on a part of a chip has all of it while its tokens are there.
    let parallel = max(1, chips)
    return (max(latencySeconds, work.seconds / parallel), work.speedOfLightSeconds / parallel)
  }

  private func transfer(_ tokens: Double) -> (seconds: Double, light: Double) {
    let wire = tokens * hidden * 2 / linkBytesPerSecond
    return (linkLatencySeconds + wire, wire)
  }
}

extension ReplicaDesign {
  /// Nil when the replica does the group's feed-forward itself, or the group has none.
  func remoteFeedForwardLayer(of group: LayerGroup) -> RemoteFeedForwardLayer? {
    guard let remoteFeedForward, group.feedForward != nil else { return nil }
    let index = architecture.groups.firstIndex(of: group)!
    return RemoteFeedForwardLayer(
      remoteFeedForward, of: architecture.parameterCount.groups[index].layer, in: architecture,
      precision.weights)
  }
}
