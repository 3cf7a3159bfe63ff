/// What limits an operator: the larger side of its roofline, or the link it uses.
package enum Bottleneck: String, CaseIterable, Sendable {
  case compute
  case memory
  case interconnect
  case host
}

/// One named operator of one step on one rank: what it does and how long it takes.
///
/// Where ranks differ, times are of the most loaded one and work is the mean of all.
package struct OperatorCost: Equatable, Sendable {
  package var name: String
  /// How many layers run it; the figures below are for all of them together.
  package var layers: Int
  package var flops: Double
  package var bytes: Double
  package var seconds: Double
  /// The FLOPs over the peak of their own arithmetic: how long the units in use switch [s].
  var peakSeconds: Double
  package var bottleneck: Bottleneck
  /// Whether it carries tokens between ranks, which goes on beside computing other tokens.
  var isExchange = false
  /// The time of the same work at the accelerator's peak, without efficiencies and floors.
  package var speedOfLightSeconds: Double
  /// What of the time is there because the most loaded rank has more than the mean.
  package var imbalanceSeconds = 0.0
  /// Time that a transfer takes of the accelerator's own [s], when something is computed beside it;
  /// zero of what is no transfer.
  package var heldSeconds = 0.0

  init(
    name: String, layers: Int, flops: Double, bytes: Double, seconds: Double,
    bottleneck: Bottleneck, speedOfLightSeconds: Double, peakSeconds: Double = 0
  ) {
    self.name = name
    self.layers = layers
    self.flops = flops
    self.bytes = bytes
    self.seconds = seconds
    self.bottleneck = bottleneck
    self.speedOfLightSeconds = speedOfLightSeconds
    self.peakSeconds = peakSeconds
  }

  init(_ name: String, _ work: KernelWork) {
    self.init(
      name: name, layers: 1, flops: work.flops, bytes: work.bytes, seconds: work.seconds,
      bottleneck: work.bottleneck, speedOfLightSeconds: work.speedOfLightSeconds,
      peakSeconds: work.peakSeconds)
  }

  func divided(by count: Int) -> OperatorCost {
    guard count > 1 else { return self }
    var copy = self
    copy.flops /= Double(count)
    copy.bytes /= Double(count)
    copy.seconds /= Double(count)
    copy.peakSeconds /= Double(count)
    copy.speedOfLightSeconds /= Double(count)
    return copy
  }

  func repeated(_ count: Int) -> OperatorCost {
    var copy = self
    copy.layers *= count
    copy.flops *= Double(count)
    copy.bytes *= Double(count)
    copy.seconds *= Double(count)
    copy.peakSeconds *= Double(count)
    copy.speedOfLightSeconds *= Double(count)
    copy.imbalanceSeconds *= Double(count)
    copy.heldSeconds *= Double(count)
    return copy
  }
}

extension Sequence<OperatorCost> {
  /// Time of all operators, one after the other [s].
  var seconds: Double { reduce(0) { $0 + $1.seconds } }
}
