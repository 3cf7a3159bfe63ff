internal import Hardware
internal import Units

/// What a run's accelerator-hours cost, line by line.
///
/// A quantity is counted in billionths of an accelerator-hour and a price in millionths of a
/// dollar, so that every line can be multiplied again from what is printed and the lines add up to
/// the total exactly (law L11). No machine time is left out: what nobody used is the line `idle`.
/// Every pool has lines and a price of its own.
package struct CostSummary: Equatable, Sendable {
  package struct Line: Equatable, Sendable {
    package enum Phase: String, CaseIterable, Sendable { case prefill, thinking, answer, idle }

    package let pool: String
    package let phase: Phase
    /// Billionths of an accelerator-hour.
    package let quantity: Int64
    /// Millionths of a dollar for an accelerator-hour.
    package let unitPrice: Int64

    package init(pool: String, phase: Phase, quantity: Int64, unitPrice: Int64) {
      self.pool = pool
      self.phase = phase
      self.quantity = quantity
      self.unitPrice = unitPrice
    }

    /// Quantity times unit price in millionths of a dollar, to the nearest one.
    package var cost: Int64 {
      let product = Int128(quantity) * Int128(unitPrice)
      return Int64((product + 500_000_000) / 1_000_000_000)
    }

    package var acceleratorHours: Double { Double(quantity) / 1e9 }
    package var dollarsPerAcceleratorHour: Double { Double(unitPrice) / 1e6 }
    package var dollars: Double { Double(cost) / 1e6 }
  }

  /// The lines of each pool, one pool after the other.
  package let lines: [Line]
  package let dollarsPerHour: Double
  private let tokens: TokenCounts

  package var total: Int64 { lines.reduce(0) { $0 + $1.cost } }
  package var dollars: Double { Double(total) / 1e6 }

  package init(pools: [PoolUse], tokens: TokenCounts) {
    self.tokens = tokens
    lines = pools.flatMap { Self.lines(of: $0, tokens) }
    dollarsPerHour = pools.reduce(0) { $0 + $1.price.figure.value * Double($1.accelerators) }
  }

  private static func lines(of pool: PoolUse, _ tokens: TokenCounts) -> [Line] {
    let times = pool.times
    func quantity(_ replicaSeconds: Double) -> Int64 {
      Int64((replicaSeconds * Double(pool.acceleratorsPerReplica) / 3600 * 1e9).rounded())
    }
    let all = quantity(times.makespanSeconds * Double(pool.replicas))
    let busy = min(quantity(times.busySeconds), all)
    let prefill = min(quantity(times.prefillSeconds), busy)
    let decode = busy - prefill
    let generated = tokens.thinking + tokens.answer
    let thinking =
      generated > 0 ? Int64(Int128(decode) * Int128(tokens.thinking) / Int128(generated)) : 0
    let quantities: [(Line.Phase, Int64)] = [
      (.prefill, prefill), (.thinking, thinking), (.answer, decode - thinking),
      (.idle, all - busy),
    ]
    let unitPrice = Int64((pool.price.figure.value * 1e6).rounded())
    // A pool has lines for what it is there for, and thinking only where somebody thinks.
    return quantities.filter { phase, quantity in
      switch phase {
      case .prefill: pool.prefills || quantity > 0
      case .thinking: tokens.thinking > 0 && (pool.decodes || quantity > 0)
      case .answer: pool.decodes && (generated > 0 || tokens.input == 0) || quantity > 0
      case .idle: true
      }
    }.map { phase, quantity in
      Line(pool: pool.name, phase: phase, quantity: quantity, unitPrice: unitPrice)
    }
  }

  // MARK: Per token

  /// Dollars for a million tokens of one kind, idle time included; nil when there are none.
  ///
  ///     p(phase) = sum over pools of ( total · q(phase) / q(busy) ) / tokens(phase) · 10^6
  ///
  /// Prefill is paid for by the prompt tokens that are computed. One found in a cache takes no
  /// machine time of its own: loading it from the host's memory and attending to it is part of the
  /// steps that compute the tokens after it, and the memory it waits in would be idle. So its price
  /// is 0, and what it saves is in the price of all prompt tokens together: with 750 of 1,000
  /// tokens cached and 0.80 dollars of prefill, a million computed ones cost 3,200 dollars and a
  /// million of either kind 800 (`CostSummaryTests.cachedTokensCostNothingOfTheirOwn`).
  ///
  /// Idle time of a pool is spread over its phases in proportion to their time, and a pool that did
  /// nothing at all over those of the others in proportion to their cost, so that prices times
  /// tokens add up to the total again.
  package func dollarsPerMillionTokens(_ phase: Line.Phase) -> Double? {
    let count =
      switch phase {
      case .prefill: tokens.input - tokens.cached
      case .thinking: tokens.thinking
      case .answer: tokens.answer
      case .idle: Int64(0)
      }
    guard count > 0, let cost = part([phase], of: \.cost) else { return nil }
    return cost / Double(count)
  }

  /// Dollars that some phases cost, idle time included; nil when nothing was done at all.
  package func dollars(of phases: Set<Line.Phase>) -> Double? {
    part(phases, of: \.cost).map { $0 / 1e6 }
  }

  /// Accelerator-hours that some phases take, idle time included; nil when nothing was done at all.
  package func hours(of phases: Set<Line.Phase>) -> Double? {
    part(phases, of: \.quantity).map { $0 / 1e9 }
  }

  /// The part of an amount that some phases have, with idle time spread as above.
  private func part(_ phases: Set<Line.Phase>, of amount: (Line) -> Int64) -> Double? {
    var share = 0.0
    var spread: Int64 = 0
    for pool in pools {
      let own = lines.filter { $0.pool == pool }
      let busy = own.filter { $0.phase != .idle }.reduce(0) { $0 + $1.quantity }
      guard busy > 0 else { continue }
      let all = own.reduce(0) { $0 + amount($1) }
      let quantity = own.filter { phases.contains($0.phase) }.reduce(0) { $0 + $1.quantity }
      spread += all
      share += Double(all) * (Double(quantity) / Double(busy))
    }
    guard spread > 0 else { return nil }
    return share * (Double(lines.reduce(0) { $0 + amount($1) }) / Double(spread))
  }

  /// Dollars for a million prompt tokens found in a cache, which is 0; nil when there are none.
  package var cachedDollarsPerMillionTokens: Double? { tokens.cached > 0 ? 0 : nil }

  private var pools: [String] {
    lines.map(\.pool).reduce(into: []) { names, name in
      if names.last != name { names.append(name) }
    }
  }

  /// Dollars for a million tokens of any kind.
  package var blendedDollarsPerMillionTokens: Double? {
    let count = tokens.input + tokens.thinking + tokens.answer
    return count > 0 ? Double(total) / Double(count) : nil
  }
}
