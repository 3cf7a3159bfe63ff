package import Hardware

/// What one call of a kernel is asked to do, whatever the machine.
struct KernelDemand: Equatable, Sendable {
  var flops = 0.0
  var bytes = 0.0
  /// Inner width of a matrix multiplication, 0 for other kernels.
  var innerWidth = 0.0
  /// Activations moved apart from the multiplication, in the class's own count.
  var elementsPerCall = 0.0

  /// The demand of a number of sequences that one kernel takes together.
  func times(_ count: Double) -> KernelDemand {
    KernelDemand(
      flops: flops * count, bytes: bytes * count, innerWidth: innerWidth,
      elementsPerCall: elementsPerCall * count)
  }
}

/// What one call of a kernel does and how long it takes.
struct KernelWork: Sendable {
  var flops: Double
  var bytes: Double
  var seconds: Double
  var bottleneck: Bottleneck
  var speedOfLightSeconds: Double
  /// Time of its FLOPs at the peak of their arithmetic [s].
  var peakSeconds: Double
}

/// The numbers of an `Efficiency`, without where they come from: copied for nothing.
struct KernelReach: Sendable {
  let compute: Double
  let memory: Double
  let floorSeconds: Double
  let depthLatencySeconds: Double
  let serialBytesPerElement: Double

  /// As an engine's own kernels reach them, beside those that were timed:
  ///
  ///     t_compute = (1 + g) · flops / (peak · e_c)
  ///
  /// - g: share by which its arithmetic takes longer, 0 or more; nothing where e_c is no fit to
  ///   timings, and an estimate of the engine as it runs
  ///
  /// Kernels were timed one at a time, most of them as TensorRT-LLM builds them. Another engine has
  /// others, and a machine at work is held to its power; bytes move as fast as ever.
  /// Check: e_c = 0.8, g = 0.25: as if e_c were 0.64
  /// (`RooflineTests.anEnginesKernelsComputeSlower`).
  init(_ efficiency: Efficiency, computeExcess: Double = 0) {
    compute =
      (efficiency.compute ?? 1) / (efficiency.status == .fitted ? 1 + computeExcess : 1)
    memory = efficiency.memory ?? 1
    floorSeconds = efficiency.floorSeconds
    depthLatencySeconds = efficiency.depthLatencySeconds
    serialBytesPerElement = efficiency.serialTraffic
  }
}

/// The roofline of one class of kernels, with its efficiencies multiplied in (formula: `Roofline`).
package struct KernelRate: Sendable {
  let floorSeconds: Double
  private let secondsPerFLOP: Double
  private let secondsPerByte: Double
  private let secondsPerDepth: Double
  private let secondsPerElement: Double
  private let lightSecondsPerFLOP: Double
  private let lightSecondsPerByte: Double

  package init(_ efficiency: Efficiency, peak: Double, bandwidth: Double) {
    self.init(KernelReach(efficiency), peak: peak, bandwidth: bandwidth)
  }

  init(_ reach: KernelReach, peak: Double, bandwidth: Double) {
    floorSeconds = reach.floorSeconds
    lightSecondsPerFLOP = 1 / peak
    lightSecondsPerByte = 1 / bandwidth
    secondsPerFLOP = lightSecondsPerFLOP / reach.compute
    secondsPerByte = lightSecondsPerByte / reach.memory
    secondsPerDepth = reach.depthLatencySeconds
    secondsPerElement = reach.serialBytesPerElement * lightSecondsPerByte
  }

  /// Without floors, for machines that launch no kernels; efficiencies are shares in (0, 1].
  init(compute: Double, memory: Double, peak: Double, bandwidth: Double) {
    (floorSeconds, secondsPerDepth, secondsPerElement) = (0, 0, 0)
    lightSecondsPerFLOP = 1 / peak
    lightSecondsPerByte = 1 / bandwidth
    secondsPerFLOP = lightSecondsPerFLOP / compute
    secondsPerByte = lightSecondsPerByte / memory
  }

  /// - Parameters:
  ///   - depth: inner width of a matrix multiplication, 0 for other kernels.
  ///   - elements: activations moved apart from the multiplication, in the class's own count.
  @inline(__always)
  func work(
    flops: Double, bytes: Double, depth: Double = 0, elements: Double = 0
  ) -> KernelWork {
    let compute = flops * secondsPerFLOP
    let serial = floorSeconds + depth * secondsPerDepth + elements * secondsPerElement
    let memory = bytes * secondsPerByte
    let peakSeconds = flops * lightSecondsPerFLOP
    return KernelWork(
      flops: flops, bytes: bytes, seconds: serial + max(compute, memory),
      bottleneck: compute > memory ? .compute : .memory,
      speedOfLightSeconds: max(peakSeconds, bytes * lightSecondsPerByte),
      peakSeconds: peakSeconds)
  }

  @inline(__always)
  func work(_ demand: KernelDemand) -> KernelWork {
    work(
      flops: demand.flops, bytes: demand.bytes, depth: demand.innerWidth,
      elements: demand.elementsPerCall)
  }
}
