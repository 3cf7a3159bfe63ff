internal import Statistics

// How unlike requests are in what they take of a machine.
extension Workload {
  private static let draws = 4_096

  /// Squared coefficient of variation of the room that requests hold in the cache, over the time
  /// that they hold it:
  ///
  ///     H = (i + o / 2) · o        w² = E[H²] / E[H]² - 1
  ///
  /// - i, o: tokens of a prompt and of its answer, the thinking included; each step adds one token
  ///   to what is held
  ///
  /// From draws of the lengths, always the same ones. Lengths of a recorded workload, and of the
  /// turns of a conversation, are not drawn here: those count as single requests.
  /// Check: prompts of 1,000 and answers of 100 or 300, half each: H = 105,000 and 345,000,
  /// w² = 0.284 (`VariationTests.workedExample`).
  package var holdingVariation: Double {
    let shares = classes.reduce(0) { $0 + $1.share }
    var (first, second) = (0.0, 0.0)
    for kind in classes {
      var random = RandomStream(seed: 0, name: "holding")
      var (sum, squares) = (0.0, 0.0)
      for _ in 0..<Self.draws {
        let input = Double(kind.input.sample(&random))
        let output = Double(kind.output.sample(&random) + (kind.thinking?.sample(&random) ?? 0))
        let held = (input + output / 2) * output
        sum += held
        squares += held * held
      }
      let weight = kind.share / shares / Double(Self.draws)
      first += weight * sum
      second += weight * squares
    }
    guard first > 0 else { return 0 }
    return second / (first * first) - 1
  }
}

extension Sessions {
  private static let draws = 4_096

  /// Turns of the conversation that a turn is of, in the mean of all turns: most turns are those of
  /// the long ones.
  ///
  ///     E[n²] / E[n]
  ///
  /// From draws of the turns, always the same ones. Check: one turn or three, half each: 2.5
  /// (`ConversationTests.mostTurnsAreOfTheLong`).
  package var turnsAroundATurn: Double {
    if case .fixed(let count) = turns { return Double(count) }
    var random = RandomStream(seed: 0, name: "turns around a turn")
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<Self.draws {
      let count = Double(turns.sample(&random))
      sum += count
      squares += count * count
    }
    return sum > 0 ? squares / sum : 1
  }
}
