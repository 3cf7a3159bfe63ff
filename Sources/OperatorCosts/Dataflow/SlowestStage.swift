/// The stage that sets the pace of a pipeline, found while the work of all stages is added up.
///
/// Times are the slowest stage's; FLOPs and bytes are those of all stages, for the mean chip.
struct SlowestStage: Sendable {
  private let chips: Double
  private let weightBytes: Double
  private var flops = 0.0
  private var bytes = 0.0
  private var seconds = 0.0
  private var peakSeconds = 0.0
  private var speedOfLightSeconds = 0.0
  private var bottleneck = Bottleneck.memory
  private var layers = 0

  init(chips: Double, weightBytes: Double) {
    self.chips = chips
    self.weightBytes = weightBytes
  }

  /// This pipeline with no work added.
  var empty: SlowestStage { SlowestStage(chips: chips, weightBytes: weightBytes) }

  /// Time of work on the chips of a stage: a share of all chips like its share of all weights.
  func seconds(_ work: KernelWork, of stage: DataflowStage) -> Double {
    work.seconds > 0 ? work.seconds * weightBytes / (stage.weightBytes * chips) : 0
  }

  /// - Parameter slack: time of this work that another term already pays for.
  mutating func add(_ work: KernelWork, of stage: DataflowStage, less slack: Double = 0) {
    guard work.seconds > 0 else { return }
    flops += Double(stage.layers) * work.flops / chips
    bytes += Double(stage.layers) * work.bytes / chips
    peakSeconds += Double(stage.layers) * work.peakSeconds / chips
    layers += stage.layers
    let own = seconds(work, of: stage) - slack
    guard own > seconds else { return }
    seconds = own
    bottleneck = work.bottleneck
    speedOfLightSeconds = min(own, own * work.speedOfLightSeconds / work.seconds)
  }

  /// What the link between chips takes beside the stages' own work.
  mutating func limit(_ linkSeconds: Double) {
    guard linkSeconds > seconds else { return }
    (seconds, speedOfLightSeconds) = (linkSeconds, linkSeconds)
    bottleneck = .interconnect
  }

  func cost(_ name: String) -> OperatorCost {
    OperatorCost(
      name: name, layers: layers, flops: flops, bytes: bytes, seconds: seconds,
      bottleneck: bottleneck, speedOfLightSeconds: speedOfLightSeconds,
      peakSeconds: peakSeconds)
  }
}
