package import OperatorCosts

/// What a simulated run found that serving tokens takes, by kind of token.
///
///     hours(kind) = sum over pools of h(pool) · q(kind) / q(busy)          dollars likewise
///
/// - h [GPU-h]: of a pool, idle time included     - q: its hours by phase
///
/// So idle time is spread over the kinds as `CostSummary` spreads dollars, and the kinds add up to
/// the run. Energy is divided in proportion to the hours. A token found in a cache takes none of
/// its own.
package struct ServingFigures: Sendable {
  package var name: String
  package var scenario: String
  package var model: String
  package var machine: String
  package var accelerators: Int
  /// Tokens of the run by which the hours were divided.
  package var tokens: TokenMix
  /// Accelerator-hours of the whole run for its computed prompt tokens.
  package var inputHours: Double
  /// Accelerator-hours of the whole run for its output tokens.
  package var outputHours: Double
  package var inputDollars: Double?
  package var outputDollars: Double?
  package var joules: Double?
  package var work: TokenWork
  /// FLOPs of attention for a computed prompt token, at the run's contexts.
  package var inputAttentionPerToken: Double
  /// FLOPs of attention for a generated token, at the run's contexts.
  package var outputAttentionPerToken: Double
  /// How much more or less time the run's tokens may take, from what the facts behind it are off
  /// by.
  package var timeSpread: Spread
  package var priceSpread: Spread
  package var modelFLOPsUtilization: Double?
  package var secondsPerOutputToken: Double?
  package var secondsToFirstToken: Double?
  package var cacheBytesPerToken: Double
  /// Weakest status of what the figures rest on.
  package var weakest: String

  package init(
    name: String, scenario: String, model: String, machine: String, accelerators: Int,
    tokens: TokenMix, inputHours: Double, outputHours: Double, inputDollars: Double?,
    outputDollars: Double?, joules: Double?, work: TokenWork, inputAttentionPerToken: Double,
    outputAttentionPerToken: Double, timeSpread: Spread = .none, priceSpread: Spread = .none,
    modelFLOPsUtilization: Double? = nil, secondsPerOutputToken: Double? = nil,
    secondsToFirstToken: Double? = nil, cacheBytesPerToken: Double = 0,
    weakest: String = "assumed"
  ) {
    self.name = name
    self.scenario = scenario
    self.model = model
    self.machine = machine
    self.accelerators = accelerators
    self.tokens = tokens
    self.inputHours = inputHours
    self.outputHours = outputHours
    self.inputDollars = inputDollars
    self.outputDollars = outputDollars
    self.joules = joules
    self.work = work
    self.inputAttentionPerToken = inputAttentionPerToken
    self.outputAttentionPerToken = outputAttentionPerToken
    self.timeSpread = timeSpread
    self.priceSpread = priceSpread
    self.modelFLOPsUtilization = modelFLOPsUtilization
    self.secondsPerOutputToken = secondsPerOutputToken
    self.secondsToFirstToken = secondsToFirstToken
    self.cacheBytesPerToken = cacheBytesPerToken
    self.weakest = weakest
  }

  package var hoursPerInputToken: Double { Self.ratio(inputHours, tokens.input) }
  package var hoursPerOutputToken: Double { Self.ratio(outputHours, tokens.output) }
  package var dollarsPerInputToken: Double? { inputDollars.map { Self.ratio($0, tokens.input) } }
  package var dollarsPerOutputToken: Double? {
    outputDollars.map { Self.ratio($0, tokens.output) }
  }
  /// By the hour.
  private var joulesPerHour: Double? {
    joules.map { Self.ratio($0, inputHours + outputHours) }
  }

  private static func ratio(_ part: Double, _ count: Double) -> Double {
    count > 0 ? part / count : 0
  }

  /// What so many tokens take.
  ///
  /// - Parameter attention: whether FLOPs of attention count beside 2 N.
  package func effort(of mix: TokenMix, attention: Bool = true) -> Effort {
    let hours = mix.input * hoursPerInputToken + mix.output * hoursPerOutputToken
    let parameters = (mix.input + mix.output) * work.parameterFLOPsPerToken
    let contexts = mix.input * inputAttentionPerToken + mix.output * outputAttentionPerToken
    return Effort(
      flops: parameters + (attention ? contexts : 0), acceleratorHours: hours,
      dollars: dollarsPerInputToken.flatMap { input in
        dollarsPerOutputToken.map { mix.input * input + mix.output * $0 }
      },
      joules: joulesPerHour.map { $0 * hours })
  }

  /// Utilisation of a phase alone: the FLOPs of a token over those of the peak in its time.
  ///
  /// - Parameter peak: FLOP/s of one accelerator.
  package func utilization(prefill: Bool, peak: Double) -> Double? {
    let seconds = (prefill ? hoursPerInputToken : hoursPerOutputToken) * 3_600
    return seconds > 0 ? work.parameterFLOPsPerToken / (seconds * peak) : nil
  }
}
