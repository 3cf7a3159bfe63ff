package import Hardware
package import ServingSimulation
internal import Units

/// What a run's accelerator-hours cost, line by line.
///
/// A quantity is counted in billionths of an accelerator-hour and a price in millionths of a
/// dollar, so that every line can be multiplied again from what is printed and the lines add up to
/// the total exactly (law L11). No machine time is left out: what nobody used is the line `idle`.
package struct CostSummary: Equatable, Sendable {
  package struct Line: Equatable, Sendable {
    package enum Phase: String, CaseIterable, Sendable { case prefill, thinking, answer, idle }

    package let phase: Phase
    /// Billionths of an accelerator-hour.
    package let quantity: Int64
    /// Millionths of a dollar for an accelerator-hour.
    package let unitPrice: Int64

    package init(phase: Phase, quantity: Int64, unitPrice: Int64) {
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

  package let price: Price
  package let accelerators: Int
  package let lines: [Line]
  private let tokens: TokenCounts

  package var total: Int64 { lines.reduce(0) { $0 + $1.cost } }
  package var dollars: Double { Double(total) / 1e6 }
  package var dollarsPerHour: Double { price.figure.value * Double(accelerators) }

  package init(_ summary: RunSummary, accelerators: Int, price: Price) {
    self.init(
      times: PhaseTimes(
        makespanSeconds: summary.makespan.seconds, busySeconds: summary.busySeconds,
        prefillSeconds: summary.prefillSeconds),
      tokens: TokenCounts(
        input: summary.inputTokens, thinking: summary.thinkingTokens,
        answer: summary.outputTokens - summary.thinkingTokens),
      accelerators: accelerators, price: price)
  }

  package init(times: PhaseTimes, tokens: TokenCounts, accelerators: Int, price: Price) {
    self.price = price
    self.accelerators = accelerators
    self.tokens = tokens
    func quantity(_ seconds: Double) -> Int64 {
      Int64((seconds * Double(accelerators) / 3600 * 1e9).rounded())
    }
    let all = quantity(times.makespanSeconds)
    let busy = min(quantity(times.busySeconds), all)
    let prefill = min(quantity(times.prefillSeconds), busy)
    let generated = tokens.thinking + tokens.answer
    let thinking =
      generated > 0
      ? Int64(Int128(busy - prefill) * Int128(tokens.thinking) / Int128(generated)) : 0
    let unitPrice = Int64((price.figure.value * 1e6).rounded())
    let quantities: [(Line.Phase, Int64)] = [
      (.prefill, prefill), (.thinking, thinking), (.answer, busy - prefill - thinking),
      (.idle, all - busy),
    ]
    // A machine without thinking requests has no line for them; the other lines always stand.
    lines = quantities.filter { $0.0 != .thinking || tokens.thinking > 0 }.map {
      Line(phase: $0.0, quantity: $0.1, unitPrice: unitPrice)
    }
  }

  // MARK: Per token

  /// Dollars for a million tokens of one kind, idle time included; nil when there are none.
  ///
  ///     p(phase) = total · q(phase) / q(busy) / tokens(phase) · 10^6
  ///
  /// Idle time is spread over the phases in proportion to their time, so that prices times tokens
  /// add up to the total again.
  package func dollarsPerMillionTokens(_ phase: Line.Phase) -> Double? {
    let busy = lines.filter { $0.phase != .idle }.reduce(0) { $0 + $1.quantity }
    let count =
      switch phase {
      case .prefill: tokens.input
      case .thinking: tokens.thinking
      case .answer: tokens.answer
      case .idle: Int64(0)
      }
    guard count > 0, busy > 0, let line = lines.first(where: { $0.phase == phase }) else {
      return nil
    }
    return Double(total) * (Double(line.quantity) / Double(busy)) / Double(count)
  }

  /// Dollars for a million tokens of any kind.
  package var blendedDollarsPerMillionTokens: Double? {
    let count = tokens.input + tokens.thinking + tokens.answer
    return count > 0 ? Double(total) / Double(count) : nil
  }
}

/// How long a replica worked, and on what.
package struct PhaseTimes: Equatable, Sendable {
  package var makespanSeconds: Double
  package var busySeconds: Double
  /// What steps took only because of prompts in them; the rest of the busy time is decoding.
  package var prefillSeconds: Double

  package init(makespanSeconds: Double, busySeconds: Double, prefillSeconds: Double) {
    self.makespanSeconds = makespanSeconds
    self.busySeconds = busySeconds
    self.prefillSeconds = prefillSeconds
  }
}

/// Tokens that were paid for, by kind.
package struct TokenCounts: Equatable, Sendable {
  package var input: Int64
  package var thinking: Int64
  package var answer: Int64

  package init(input: Int64, thinking: Int64, answer: Int64) {
    self.input = input
    self.thinking = thinking
    self.answer = answer
  }
}
