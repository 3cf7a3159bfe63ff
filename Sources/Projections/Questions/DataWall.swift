internal import Units

/// Text that there is, and what it is worth.
package struct TextSupply: Equatable, Sendable {
  package var name: String
  package var tokens: Double
  /// Tokens of the best text that a token of this teaches as much as, 1 for the best.
  package var value: Double

  package init(name: String, tokens: Double, value: Double = 1) {
    self.name = name
    self.tokens = tokens
    self.value = value
  }
}

/// A way to train a model when there is not enough good text.
package struct DataOption: Equatable, Sendable {
  package var name: String
  package var choice: ModelChoice
  /// Passes over the good text, no unit.
  package var epochs: Double
  /// New tokens of the best text that would have taught as much.
  package var worth: Double
  /// Loss of the trained model [nats a token].
  package var loss: Double
  /// 6 N D.
  package var flops: Double
  /// Tokens and FLOPs with which it reaches the loss of as many new ones; or why not.
  package var equal: Result<(tokens: Double, flops: Double), Impossibility>

  package static func == (left: DataOption, right: DataOption) -> Bool {
    left.name == right.name && left.choice == right.choice && left.loss == right.loss
  }
}

/// A model that wants more text than there is.
///
///     wanted = t · N              repeat: D' = worth(U, D)     mix: D' = U + v (D - U)
///                                 smaller: N' = U / t
///
/// - t: tokens a parameter     - U: unique good tokens     - v: worth of a poor token
///
/// The three options are each priced at 6 N D, and again for the loss that enough new text would
/// have given.
/// Check: 70 billion at 20 a parameter wants 1.4e12; of 5e11 good tokens 2.8 epochs are worth
/// 1.349e12 (`DataWallTests.chinchillaWithoutEnoughText`).
package struct DataWall: Sendable {
  package let law: LossLaw
  package let wanted: ModelChoice
  package let good: TextSupply
  package let poor: TextSupply?

  package init(
    law: LossLaw, parameters: Double, tokens: Double, good: TextSupply, poor: TextSupply?
  ) {
    self.law = law
    wanted = ModelChoice(parameters: parameters, tokens: tokens)
    self.good = good
    self.poor = poor
  }

  /// Loss after as many new tokens as are wanted.
  package var targetLoss: Double { law.loss(parameters: wanted.parameters, tokens: wanted.tokens) }

  package var options: [DataOption] {
    [repeating] + (poor.map { [mixing(with: $0)] } ?? []) + [smaller]
  }

  private var repeating: DataOption {
    let worth = RepeatedData.worth(unique: good.tokens, read: wanted.tokens)
    let equal = attempt { () throws(Impossibility) in
      try RepeatedData.read(worth: wanted.tokens, unique: good.tokens)
    }
    return option(
      "repeat the \(good.name) text", wanted, epochs: wanted.tokens / good.tokens, worth: worth,
      equal: equal)
  }

  private func mixing(with poor: TextSupply) -> DataOption {
    let used = min(good.tokens, wanted.tokens)
    let added = min(poor.tokens, wanted.tokens - used)
    var choice = wanted
    choice.tokens = used + added
    let missing = (wanted.tokens - used) / poor.value
    let equal: Result<Double, Impossibility> =
      missing <= poor.tokens
      ? .success(used + missing)
      : .failure(
        Impossibility(
          "it takes more \(poor.name) text than there is: \(CountText.large(missing)) tokens",
          notes: ["there are \(CountText.large(poor.tokens))"], hint: "train a smaller model"))
    return option(
      "add \(poor.name) text", choice, epochs: min(1, wanted.tokens / good.tokens),
      worth: used + added * poor.value, equal: equal)
  }

  private var smaller: DataOption {
    let tokens = min(good.tokens, wanted.tokens)
    let choice = ModelChoice(
      parameters: tokens / wanted.tokensPerParameter, tokens: tokens)
    let equal = attempt { () throws(Impossibility) in
      try law.tokens(loss: targetLoss, parameters: choice.parameters)
    }
    return option(
      "train a smaller model", choice, epochs: tokens / good.tokens, worth: tokens, equal: equal)
  }

  private func option(
    _ name: String, _ choice: ModelChoice, epochs: Double, worth: Double,
    equal: Result<Double, Impossibility>
  ) -> DataOption {
    DataOption(
      name: name, choice: choice, epochs: epochs, worth: worth,
      loss: law.loss(parameters: choice.parameters, tokens: worth), flops: choice.trainingFLOPs,
      equal: equal.map { (tokens: $0, flops: 6 * choice.parameters * $0) })
  }

  private func attempt(
    _ body: () throws(Impossibility) -> Double
  ) -> Result<Double, Impossibility> {
    do { return .success(try body()) } catch { return .failure(error) }
  }
}
