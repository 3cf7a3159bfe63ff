package import Hardware
package import OperatorCosts
package import ServingSimulation

/// What a serving engine decides and what it costs: scheduling defaults, memory policy, host time.
///
/// An engine is data, as a machine is: every setting has a status and a source.
package struct EngineProfile: Equatable, Sendable {
  package var name: String
  package var title: String
  package var release: String
  /// The first release that it is of; nil where the profile does not say.
  package var since: EngineRelease?
  /// When that came out: `2025-06`.
  package var published: String?
  package var policy = SchedulingPolicy.chunkedPrefill
  package var tokenBudget = 1
  package var maximumSequences = 1
  package var reservedAnswerShare = 0.0
  /// Whether a step is cut into two batches, each computing while the other communicates.
  package var overlapsBatches = false
  /// Whether running sequences give way to a request that waits and is more urgent by more than the
  /// margin: only where requests differ in priority.
  package var preemptsRunning = false
  package var preemptionMargin = 0
  package var memory = MemoryPolicy(usableFraction: 1, reservedBytes: 0, blockTokens: 1)
  /// What it holds back of the memory, where its share follows from that.
  package var heldBack: HeldBackMemory?
  /// Whether prompts that begin alike share what is cached of them.
  package var cachesPrefixes = false
  /// Whether they share it from when it is scheduled, and not from when it is computed: older
  /// profiles do not say it of engines that do.
  package var sharesPlannedPrefixes = true
  package var host = HostCosts(
    secondsPerStep: 0, secondsPerSequence: 0, secondsPerPrefill: 0, overlapsAccelerator: false,
    exposedElementwiseFloor: 1)
  /// What requests pass before the scheduler sees them.
  package var frontEnd = FrontEnd.none
  /// What the way of a prompt's cache to another pool takes beside the link.
  package var handoverSeconds = 0.0
  /// Fitted from serving points, by the generation of the accelerator and its host.
  package var platforms: [String: StepGaps] = [:]
  /// What is different by default on some machines.
  package var machines: [MachineDefaults] = []
  /// Whether captured batches are of tokens: of so many times fewer sequences where tokens are
  /// guessed.
  package var capturesTokens = false
  /// Batches that are captured instead where tokens are guessed.
  package var speculativeBatches: [Int] = []
  /// Whether a replica that only prefills overlaps its host with the accelerator too.
  package var overlapsPrefillWorkers = true

  /// The fit for a machine: of its own generation, or of the nearest one that has been measured.
  package func gaps(on hardware: HardwareProfile) -> StepGaps {
    hardware.architectures.lazy.compactMap { platforms[$0] }.first ?? .none
  }

  /// What the engine's software costs a replica, by what that does.
  package func host(_ role: ReplicaRole, on hardware: HardwareProfile) -> HostCosts {
    var costs = host
    costs.gaps = gaps(on: hardware)
    if role == .prefill, !overlapsPrefillWorkers { costs.overlapsAccelerator = false }
    return costs
  }

  /// Whether a replica that only decodes keeps the cache of sequences that lose their blocks in the
  /// host's memory, and does not compute it anew.
  package var retractsToHost = false

  /// Every setting as written, in file order.
  package var settings: [Setting] = []

  init(name: String, title: String, release: String) {
    self.name = name
    self.title = title
    self.release = release
  }

  package struct Setting: Equatable, Sendable {
    package var path: String
    package var text: String
    package var provenance: Provenance
  }
}
