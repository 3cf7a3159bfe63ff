package import Diagnostics

/// What is known of one machine: its chip, how fast kernels run on it, its links, its prices.
///
///     let profile = try HardwareCatalogue.load(nameOrPath: "h200-sxm")
///     profile.accelerator.peak[.bf16]?.value                       // 9.89e14 FLOP/s
///     profile.efficiency(of: .gemm, .bf16)?.compute                // 0.77
///     profile.scaleUp.curve(.allReduce, ranks: 8)?.time(bytes: 16_384)
///
/// A figure that nobody knows is nil, never zero. A profile computes no step time: that is
/// `OperatorCosts`.
package struct HardwareProfile: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case gpu
    /// Weights and KV cache in the SRAM of many chips; fixed latencies instead of efficiencies.
    case lpu
  }

  package struct Release: Hashable, Sendable {
    package enum State: String, CaseIterable, Sendable { case shipping, announced }

    package var state: State
    /// `2024-06`
    package var date: String
    package var note: String?
  }

  package var name: String
  package var title: String
  package var vendor: String
  package var kind: Kind
  package var release: Release
  /// The generation of the accelerator, which engines' host times are fitted by, then generations
  /// that are next to it.
  package var architectures: [String]
  package var accelerator: Accelerator
  package var efficiencies: Efficiencies
  package var scaleUp: ScaleUp
  package var scaleOut: ScaleOut?
  /// Bandwidth between an accelerator and its host's memory, per direction.
  package var hostLinkBandwidth: Figure?
  /// Power of the accelerator with its share of CPUs, memory, network and fans, without cooling.
  package var systemPowerPerAccelerator: Figure?
  package var prices: [Price]
  package var sales: SalesUnits
  package var lpu: DataflowLatencies?
  /// What is odd in its file and no error, such as a source that no figure has.
  package var remarks: [Diagnostic]

  /// Every figure under its key path, in file order.
  package var figures: [(path: String, figure: Figure)] {
    record.figures.map { ($0.path, $0.content) }
  }
  /// The provenance of every figure, efficiency and collective curve, in file order.
  package var provenances: [(path: String, provenance: Provenance)] {
    record.provenances.map { ($0.path, $0.content) }
  }
  var record: ProfileRecord

  package func efficiency(
    of operation: OperatorClass, _ arithmetic: KernelArithmetic
  ) -> Efficiency? {
    efficiencies.efficiency(of: operation, arithmetic)
  }
}

/// The profile's figures as the file lists them, for `show` and for the provenance of a result.
struct ProfileRecord: Hashable, Sendable {
  struct Entry<Content: Hashable & Sendable>: Hashable, Sendable {
    var path: String
    var content: Content
  }

  var figures: [Entry<Figure>] = []
  var provenances: [Entry<Provenance>] = []
}

/// Times of a machine that runs a compiled schedule instead of kernels.
package struct DataflowLatencies: Hashable, Sendable {
  /// Latency of one token through one layer when nothing else is in the pipeline.
  package var layerLatency: Figure?
  /// Latency from one chip to its neighbour.
  package var hopLatency: Figure?
}
