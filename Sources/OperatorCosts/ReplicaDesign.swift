package import Hardware
package import ModelArchitecture

/// Time that the serving engine's own software takes around a step.
package struct HostCosts: Equatable, Sendable {
  /// Time of every step: scheduling, input preparation, sampling, output handling [s].
  package var secondsPerStep: Double
  /// Time on top for every sequence in the step [s].
  package var secondsPerSequence: Double
  /// Time on top for every prompt chunk in the step [s].
  package var secondsPerPrefill: Double
  /// Whether the host prepares a step while the accelerator still runs the one before.
  package var overlapsAccelerator: Bool
  /// Share of the elementwise kernels' floors left after kernel fusion and launch overlap, 0...1.
  package var exposedElementwiseFloor: Double
  /// Numbers of decoding sequences for which the engine has captured its kernels' launches, rising:
  /// a step without prompts computes as many as the next of them. Empty when it pads to none.
  package var capturedBatches: [Int]
  /// Most tokens of a step with prompts whose launches are captured too.
  package var capturedPromptTokens = 0
  /// Time to launch the kernels of a layer one by one, where they are not captured (`launch`) [s].
  package var secondsPerLaunchedLayer = 0.0
  /// Share by which kernels that arithmetic bounds take longer than those that were timed
  /// (`KernelReach`).
  package var computeExcess = 0.0
  /// What the accelerator waits in every step even where the host prepares the next one beside it.
  package var gaps: StepGaps
  /// Share of a one-shot exchange that comes on top of the fastest all-reduce (`AllReduce`).
  package var oneShotShare: Double
  /// Whether the engine has one kernel for all experts of a layer where it can.
  package var fusesExperts: Bool

  package init(
    secondsPerStep: Double, secondsPerSequence: Double, secondsPerPrefill: Double,
    overlapsAccelerator: Bool, exposedElementwiseFloor: Double, capturedBatches: [Int] = [],
    gaps: StepGaps = .none, oneShotShare: Double = 0,
    fusesExperts: Bool = false
  ) {
    self.secondsPerStep = secondsPerStep
    self.secondsPerSequence = secondsPerSequence
    self.secondsPerPrefill = secondsPerPrefill
    self.overlapsAccelerator = overlapsAccelerator
    self.exposedElementwiseFloor = exposedElementwiseFloor
    self.capturedBatches = capturedBatches
    self.gaps = gaps
    self.oneShotShare = oneShotShare
    self.fusesExperts = fusesExperts
  }

  /// Sequences that a step without prompts computes for a number of real ones: beyond the largest
  /// captured batch there is no padding.
  package func padded(_ sequences: Int) -> Int {
    capturedBatches.first { $0 >= sequences } ?? sequences
  }

  /// Host time of a step [fs]: `step + sequence · sequences + prefill · prompts`.
  @inline(__always)
  package func femtoseconds(sequences: Int, prompts: Int) -> Int64 {
    let seconds =
      secondsPerStep + secondsPerSequence * Double(sequences)
      + secondsPerPrefill * Double(prompts)
    return PartCost.femtoseconds(seconds)
  }

  /// What a step takes at least whose kernels the host launches one by one [fs]: the time the host
  /// needs for those of all L layers,
  ///
  ///     launch = e · L
  ///
  /// A step without prompts is launched as a whole that was captured before. One with prompts has a
  /// shape of its own; where its kernels are short - few tokens, many ranks - the accelerator waits
  /// for the host in every layer, and is done when the host is.
  /// Check: e = 0.3 ms, 80 layers, 15 ms of kernels: 24 ms; 40 ms of kernels: 40 ms
  /// (`LaunchedStepTests.workedExample`).
  func launch(layers: Int) -> Int64 {
    PartCost.femtoseconds(secondsPerLaunchedLayer * Double(layers))
  }

  /// Whether a step has prompts and more tokens than were captured.
  @inline(__always)
  func launches(tokens: Int, prompts: Int) -> Bool {
    prompts > 0 && tokens > capturedPromptTokens
  }

  package static let none = HostCosts(
    secondsPerStep: 0, secondsPerSequence: 0, secondsPerPrefill: 0, overlapsAccelerator: true,
    exposedElementwiseFloor: 1)
}

/// One replica as it is priced: a model on a number of accelerators in given number formats.
package struct ReplicaDesign: Sendable {
  package var architecture: Architecture
  package var hardware: HardwareProfile
  package var precision: Precision
  package var layout: ParallelLayout
  package var host: HostCosts
  package var routing: ExpertRouting
  package var speculation: Speculation?
  /// How blocks of tokens are refined; nil where one token is written after the other.
  package var diffusion: BlockDiffusion?
  /// Whether a step is cut into two batches, each computing while the other communicates.
  package var overlapsBatches: Bool
  /// Dataflow chips that do the feed-forwards in place of the replica's own accelerators.
  package var remoteFeedForward: RemoteFeedForward?
  package var adapters: Adapters?
  /// Where the model's experts lie, for all who price the replica.
  package let loads: ExpertLoads

  package init(
    architecture: Architecture, hardware: HardwareProfile, precision: Precision,
    layout: ParallelLayout, host: HostCosts, routing: ExpertRouting = .tokenChoice(skew: 0),
    speculation: Speculation? = nil, overlapsBatches: Bool = false,
    remoteFeedForward: RemoteFeedForward? = nil, loads: ExpertLoads = ExpertLoads()
  ) {
    self.architecture = architecture
    self.hardware = hardware
    self.precision = precision
    self.layout = layout
    self.host = host
    self.routing = routing
    self.speculation = speculation
    self.overlapsBatches = overlapsBatches
    self.remoteFeedForward = remoteFeedForward
    self.loads = loads
  }
}

extension ReplicaDesign {
  /// Whether experts run in one kernel: not when their tokens come from other ranks.
  var fusesExperts: Bool { host.fusesExperts && !layout.exchangesTokens }
}
