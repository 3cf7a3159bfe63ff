/// The cost of a part of a step: its time to the femtosecond, and what the time was spent on.
///
/// The integer is what schedules are made of, so that any number of equal steps adds up exactly, in
/// any order. The split by bottleneck sums to it within rounding and is only reported.
package struct PartCost: Equatable, Sendable {
  package var femtoseconds: Int64 = 0
  /// Time that computing decides [s].
  package var compute = 0.0
  /// Time that reading and writing memory decides [s].
  package var memory = 0.0
  /// Time of transfers between ranks [s].
  package var interconnect = 0.0
  /// Time of the engine's software [s].
  package var host = 0.0
  package var flops = 0.0
  package var bytes = 0.0
  /// Time that the FLOPs would take at the peaks of their own arithmetics [s]: what switching the
  /// units takes goes with it.
  package var peakSeconds = 0.0
  /// Time that is there because the most loaded rank has more experts' tokens than the mean [s].
  package var imbalance = 0.0

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
    peakSeconds += cost.peakSeconds
    imbalance += cost.imbalanceSeconds
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
    peakSeconds += work.peakSeconds * factor
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
    left.peakSeconds += right.peakSeconds
    left.imbalance += right.imbalance
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
    cost.peakSeconds *= factor
    cost.imbalance *= factor
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
    peakSeconds += part.peakSeconds * count
    imbalance += part.imbalance * count
  }

  /// Adds time in which a transfer keeps the accelerator from computing.
  mutating func addHeld(_ held: Double) {
    let rounded = Self.femtoseconds(held)
    femtoseconds += rounded
    interconnect += Double(rounded) * 1e-15
  }

  /// Adds work alone, no time.
  mutating func addWork(of part: PartCost, times count: Double) {
    flops += part.flops * count
    bytes += part.bytes * count
    peakSeconds += part.peakSeconds * count
  }

  package var seconds: Double { Double(femtoseconds) * 1e-15 }

  /// Whole femtoseconds, rounded up, at most 2 hours: `Deployment` refuses steps that take one.
  static func femtoseconds(_ seconds: Double) -> Int64 {
    let exact = (seconds * 1e15).rounded(.up)
    // What is no number fails the comparison and is as long as anything can be.
    return exact.magnitude < 7.2e18 ? Int64(exact) : 7_200_000_000_000_000_000
  }
}

extension PartCost {
  /// One of a number of equal parts, its time rounded down: for the accounts.
  package func divided(by count: Int) -> PartCost {
    let factor = 1 / Double(count)
    var part = PartCost()
    part.femtoseconds = femtoseconds / Int64(count)
    part.add(self, times: factor)
    return part
  }

  /// Adds the time to bring cached keys and values back from the host's memory.
  package mutating func addLoad(femtoseconds load: Int64) {
    femtoseconds += load
    interconnect += Double(load) * 1e-15
  }
}
