internal import Diagnostics
internal import Hardware
internal import OperatorCosts

/// Where a timing comes from.
struct TimingOrigin: Hashable {
  /// The machine as the table names it.
  var system: String
  var place: SourceLocation
  /// Framework and version: `trtllm 1.3.0rc20`; empty when the table does not say.
  var framework: String
  /// What the table calls the kernel.
  var kernelSource: String
}

/// One kernel with its measured time.
struct KernelTiming {
  var origin: TimingOrigin
  var kernel: TimedKernel
  var seconds: Double
}

/// One collective with its measured time.
struct CollectiveTiming {
  /// Which measurement an all-reduce is of: several may exist for one size.
  enum Path {
    /// Inside a captured graph, as engines run it.
    case graph
    /// From the host: the fastest way only where the message takes longer than the launch.
    case library
    /// The dispatch of an expert exchange, as an all-to-all.
    case dispatch
  }

  var origin: TimingOrigin
  var kind: CollectiveKind
  var path: Path
  var ranks: Int
  var point: LineFit.Point
}

/// One dispatch or combine of experts with its measured time.
struct ExchangeTiming {
  /// Kernels that count what they send alike.
  enum Family: String, CaseIterable {
    case lowLatency = "DeepEP low latency"
    case normal = "DeepEP normal"
    case oneSided = "NVLink one-sided"
    case twoSided = "NVLink two-sided"
  }

  var origin: TimingOrigin
  var family: Family
  var isAcrossDomains: Bool
  /// Streaming multiprocessors it was given; nil where the kernel takes what it needs.
  var processors: Int?
  /// Bytes that leave the accelerator over the link in question.
  var point: LineFit.Point
}

/// All timings of some files.
struct Timings {
  var kernels: [KernelTiming] = []
  var collectives: [CollectiveTiming] = []
  var exchanges: [ExchangeTiming] = []
  /// Rows that no fit uses, with the reason, counted by system.
  var unused: [UnusedRows] = []

  struct UnusedRows: Hashable {
    var system: String
    var reason: String
  }

  /// In order of appearance.
  var systems: [String] {
    var seen: Set<String> = []
    let origins = kernels.map(\.origin) + collectives.map(\.origin) + exchanges.map(\.origin)
    return origins.map(\.system).filter { seen.insert($0).inserted }
  }
}
