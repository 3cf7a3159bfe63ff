package import Statistics

/// A latency whose distribution a run keeps.
package enum Latency: String, CaseIterable, Sendable {
  case timeToFirstToken, timeToFirstAnswer, timePerOutputToken, interToken, endToEnd

  /// That objectives may limit.
  package static let limited: [Latency] = [.timeToFirstToken, .timePerOutputToken, .endToEnd]
}

/// How the latencies of a run are distributed, in nanoseconds.
package struct LatencySketches: Sendable {
  package internal(set) var timeToFirstToken = QuantileSketch()
  package internal(set) var timeToFirstAnswer = QuantileSketch()
  package internal(set) var timePerOutputToken = QuantileSketch()
  package internal(set) var endToEnd = QuantileSketch()
  package internal(set) var gaps = TokenGaps()

  init() {}

  package var interToken: QuantileSketch { gaps.sketch }
  /// Exact sum of all gaps.
  package var interTokenFemtoseconds: Int128 { gaps.femtoseconds }
  package var meanInterTokenSeconds: Double? { gaps.meanSeconds }

  package subscript(_ latency: Latency) -> QuantileSketch {
    switch latency {
    case .timeToFirstToken: timeToFirstToken
    case .timeToFirstAnswer: timeToFirstAnswer
    case .timePerOutputToken: timePerOutputToken
    case .interToken: gaps.sketch
    case .endToEnd: endToEnd
    }
  }

  /// What was added until now, in little memory.
  func snapshot(gaps: TokenGaps) -> Snapshot {
    Snapshot(
      timeToFirstToken: timeToFirstToken.snapshot, timeToFirstAnswer: timeToFirstAnswer.snapshot,
      timePerOutputToken: timePerOutputToken.snapshot, endToEnd: endToEnd.snapshot,
      interToken: gaps.sketch.snapshot, interTokenFemtoseconds: gaps.femtoseconds)
  }

  package struct Snapshot: Sendable {
    let timeToFirstToken: SketchSnapshot
    let timeToFirstAnswer: SketchSnapshot
    let timePerOutputToken: SketchSnapshot
    let endToEnd: SketchSnapshot
    let interToken: SketchSnapshot
    let interTokenFemtoseconds: Int128

    subscript(_ latency: Latency) -> SketchSnapshot {
      switch latency {
      case .timeToFirstToken: timeToFirstToken
      case .timeToFirstAnswer: timeToFirstAnswer
      case .timePerOutputToken: timePerOutputToken
      case .interToken: interToken
      case .endToEnd: endToEnd
      }
    }

    /// What was added between two moments.
    func since(_ earlier: Snapshot) -> LatencySketches {
      var difference = LatencySketches()
      difference.timeToFirstToken = timeToFirstToken.since(earlier.timeToFirstToken)
      difference.timeToFirstAnswer = timeToFirstAnswer.since(earlier.timeToFirstAnswer)
      difference.timePerOutputToken = timePerOutputToken.since(earlier.timePerOutputToken)
      difference.endToEnd = endToEnd.since(earlier.endToEnd)
      difference.gaps.sketch = interToken.since(earlier.interToken)
      difference.gaps.femtoseconds = interTokenFemtoseconds - earlier.interTokenFemtoseconds
      difference.gaps.finish()
      return difference
    }
  }
}

/// The gaps between the tokens of all sequences.
package struct TokenGaps: Sendable {
  /// Cut to nanoseconds.
  package internal(set) var sketch = QuantileSketch()
  /// Their exact sum.
  package internal(set) var femtoseconds: Int128 = 0

  init() {}

  mutating func add(femtoseconds gap: Int64, count: Int64) {
    sketch.add(gap / 1_000_000, weight: count)
    femtoseconds += Int128(gap) * Int128(count)
  }

  /// Adds the gaps of a run's steps from `first` on, one for each of its sequences.
  @inline(__always)
  mutating func add(_ run: Run, from first: Int64) {
    let sum = Int128(run.duration - run.elapsed(first))
    let lowest = run.first + run.growth * first
    if run.steps == first + 1 {
      sketch.add(lowest / 1_000_000, weight: run.sequences)
    } else {
      sketch.addProgression(
        first: lowest, rise: run.growth, divisor: 1_000_000, steps: run.steps - first,
        weight: run.sequences, sum: sum / 1_000_000)
    }
    femtoseconds += sum * Int128(run.sequences)
  }

  /// Cuts the sum of all gaps to nanoseconds once, not once a gap or once a run: it is the same in
  /// every mode.
  mutating func finish() { sketch.correctSum(to: femtoseconds / 1_000_000) }

  package var meanSeconds: Double? {
    sketch.count > 0 ? Double(femtoseconds) * 1e-15 / Double(sketch.count) : nil
  }
}
