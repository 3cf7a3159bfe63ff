internal import Statistics
internal import Units

/// What text is worth that is read several times:
///
///     D' = U + U R* (1 - e^(-R / R*))      R = D / U - 1
///
/// - U: unique tokens     - D: tokens read, D >= U     - R: repetitions beyond the first pass
/// - D': tokens read once that would have taught as much     - R* = 15.39, fitted
///
/// Up to four passes are nearly as good as new text; however often it is read, the worth ends at
/// U (1 + R*). The source's term for models too large for their text is left out, so worth is an
/// upper bound there. Fitted to runs of up to 9 billion parameters and 900 billion tokens read.
/// Source: Muennighoff et al. 2023, arXiv:2305.16264, equation 5 and its fit.
/// Check: U = 5e11, D = 1.4e12, 2.8 passes: D' = 1.349e12 (`RepeatedDataTests.workedExample`).
package enum RepeatedData {
  /// Repetitions over which the worth of a further one falls to 1/e; fitted, no unit.
  package static let decay = 15.387756

  package static func worth(unique: Double, read: Double) -> Double {
    let passes = max(0, read / unique - 1)
    return min(read, unique) + unique * decay * (1 - naturalExponential(-passes / decay))
  }

  /// Tokens to read so that they are worth a number of new ones; `worth` solved for D:
  ///
  ///     D = U (1 - R* ln(1 - (D'/U - 1) / R*))
  package static func read(
    worth: Double, unique: Double
  ) throws(Impossibility) -> Double {
    guard worth > unique else { return worth }
    let used = (worth / unique - 1) / decay
    guard used < 1 else {
      throw Impossibility(
        "repeating \(CountText.large(unique)) tokens never teaches as much as this many new ones: "
          + CountText.large(worth),
        notes: [
          "the worth of repetition ends at \(NumberText.significant(1 + decay, 3)) times the text: "
            + CountText.large(unique * (1 + decay))
        ],
        hint: "find \(CountText.large(worth / (1 + decay))) unique tokens or more")
    }
    return unique * (1 - decay * logarithm(1 - used))
  }
}
