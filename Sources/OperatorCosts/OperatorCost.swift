/// What limits an operator: the larger side of its roofline, or the link it uses.
package enum Bottleneck: String, CaseIterable, Sendable {
  case compute
  case memory
  case interconnect
  case host
}

/// One named operator of one step on one rank: what it does and how long it takes.
package struct OperatorCost: Equatable, Sendable {
  package var name: String
  /// How many layers run it; the figures below are for all of them together.
  package var layers: Int
  package var flops: Double
  package var bytes: Double
  package var seconds: Double
  package var bottleneck: Bottleneck
  /// The time of the same work at the accelerator's peak, without efficiencies and floors.
  package var speedOfLightSeconds: Double

  init(
    name: String, layers: Int, flops: Double, bytes: Double, seconds: Double,
    bottleneck: Bottleneck, speedOfLightSeconds: Double
  ) {
    self.name = name
    self.layers = layers
    self.flops = flops
    self.bytes = bytes
    self.seconds = seconds
    self.bottleneck = bottleneck
    self.speedOfLightSeconds = speedOfLightSeconds
  }

  init(_ name: String, _ work: KernelWork) {
    self.init(
      name: name, layers: 1, flops: work.flops, bytes: work.bytes, seconds: work.seconds,
      bottleneck: work.bottleneck, speedOfLightSeconds: work.speedOfLightSeconds)
  }

  func repeated(_ count: Int) -> OperatorCost {
    var copy = self
    copy.layers *= count
    copy.flops *= Double(count)
    copy.bytes *= Double(count)
    copy.seconds *= Double(count)
    copy.speedOfLightSeconds *= Double(count)
    return copy
  }
}

/// The cost of a part of a step: its time to the femtosecond, and what the time was spent on.
///
/// The integer is what schedules are made of, so that any number of equal steps adds up exactly, in
/// any order. The split by bottleneck sums to it within rounding and is only reported.
package struct PartCost: Equatable, Sendable {
  package var femtoseconds: Int64 = 0
  package var compute = 0.0
  package var memory = 0.0
  package var interconnect = 0.0
  package var host = 0.0
  package var flops = 0.0
  package var bytes = 0.0

  package init() {}

  /// The sum of operators, each rounded up to a whole femtosecond: never faster than the formula.
  package init(_ operators: some Sequence<OperatorCost>) {
    for cost in operators { add(cost) }
  }

  mutating func add(_ cost: OperatorCost) {
    let rounded = Self.femtoseconds(cost.seconds)
    let seconds = Double(rounded) * 1e-15
    femtoseconds += rounded
    flops += cost.flops
    bytes += cost.bytes
    switch cost.bottleneck {
    case .compute: compute += seconds
    case .memory: memory += seconds
    case .interconnect: interconnect += seconds
    case .host: host += seconds
    }
  }

  /// Adds the same kernel in a number of layers, without making an `OperatorCost` of it.
  @inline(__always)
  mutating func add(_ work: KernelWork, layers: Int) {
    let factor = Double(layers)
    let rounded = Self.femtoseconds(work.seconds * factor)
    let seconds = Double(rounded) * 1e-15
    femtoseconds += rounded
    flops += work.flops * factor
    bytes += work.bytes * factor
    // Kernels are never bound by a link or the host.
    if work.bottleneck == .compute { compute += seconds } else { memory += seconds }
  }

  @inline(__always)
  package static func += (left: inout PartCost, right: PartCost) {
    left.femtoseconds += right.femtoseconds
    left.compute += right.compute
    left.memory += right.memory
    left.interconnect += right.interconnect
    left.host += right.host
    left.flops += right.flops
    left.bytes += right.bytes
  }

  /// The cost of a number of equal parts.
  @inline(__always)
  package func scaled(by count: Int) -> PartCost {
    let factor = Double(count)
    var cost = self
    cost.femtoseconds *= Int64(count)
    cost.compute *= factor
    cost.memory *= factor
    cost.interconnect *= factor
    cost.host *= factor
    cost.flops *= factor
    cost.bytes *= factor
    return cost
  }

  /// Adds a number of equal parts to the split, not to the exact time.
  @inline(__always)
  mutating func add(_ part: PartCost, times count: Double) {
    compute += part.compute * count
    memory += part.memory * count
    interconnect += part.interconnect * count
    host += part.host * count
    flops += part.flops * count
    bytes += part.bytes * count
  }

  package var seconds: Double { Double(femtoseconds) * 1e-15 }

  /// Whole femtoseconds, rounded up, at most 2 hours: `Deployment` refuses steps that take one.
  static func femtoseconds(_ seconds: Double) -> Int64 {
    let exact = (seconds * 1e15).rounded(.up)
    // What is no number fails the comparison and is as long as anything can be.
    return exact.magnitude < 7.2e18 ? Int64(exact) : 7_200_000_000_000_000_000
  }
}
