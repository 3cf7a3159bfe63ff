import Statistics
import Testing

struct StudentTTests {
  /// Abramowitz and Stegun, table 26.10.
  @Test func tabulatedValues() {
    for (probability, degrees, expected) in [
      (0.95, 1, 12.706), (0.95, 2, 4.303), (0.95, 10, 2.228), (0.95, 31, 2.040), (0.8, 31, 1.309),
      (0.99, 7, 3.499), (0.95, 120, 1.980),
    ] {
      let found = StudentT.halfWidth(probability, degreesOfFreedom: degrees)
      #expect(abs(found / expected - 1) < 4e-4, "\(probability), \(degrees): \(found)")
    }
  }
}

struct InitialTransientTests {
  @Test func workedExample() {
    #expect(InitialTransient.length(of: [0, 5, 9, 10, 11, 10, 9, 10, 11, 10]) == 3)
  }

  @Test func seriesThatIsStillOnItsWayHasNoEndOfItsBeginning() {
    #expect(InitialTransient.length(of: (0..<40).map(Double.init)) == nil)
    #expect(InitialTransient.length(of: [1, 2]) == nil)
  }

  @Test func steadySeriesLosesLittle() throws {
    var random = RandomStream(seed: 5, name: "noise")
    let series = (0..<200).map { _ in random.normal() }
    #expect(try #require(InitialTransient.length(of: series)) < 100)
  }
}

struct CorrelationTimeTests {
  /// Of x' = a x + noise it is (1 + a) / (1 - a) / 2.
  @Test(arguments: [0.0, 0.5, 0.9])
  func autoregressiveSeries(_ memory: Double) {
    var random = RandomStream(seed: 3, name: "noise")
    var value = 0.0
    let series = (0..<40_000).map { _ -> Double in
      value = memory * value + random.normal()
      return value
    }
    let expected = (1 + memory) / (1 - memory) / 2
    let found = CorrelationTime.integrated(of: series)
    #expect(abs(found / expected - 1) < 0.15, "\(found), expected \(expected)")
  }

  @Test func constantSeriesRemembersNothing() {
    #expect(CorrelationTime.integrated(of: [Double](repeating: 4, count: 50)) == 0.5)
  }
}

struct BatchEstimateTests {
  @Test func workedExample() throws {
    let found = try #require(BatchEstimate(ratioOf: [1, 3], over: [1, 1]))
    #expect(found.value == 2)
    #expect(abs(found.standardError - 1) < 1e-12)
    #expect(found.degreesOfFreedom == 1)
  }

  @Test func ratioOfSumsIsNotTheMeanOfRatios() throws {
    let found = try #require(BatchEstimate(ratioOf: [1, 9], over: [1, 3]))
    #expect(found.value == 2.5)
  }

  @Test func neighboursThatAreAlikeMakeItWider() throws {
    let alike = (0..<32).map { Double($0 / 4 % 2) }
    let apart = (0..<32).map { Double($0 % 2) }
    let ones = [Double](repeating: 1, count: 32)
    let (wide, narrow) = (
      try #require(BatchEstimate(ratioOf: alike, over: ones)),
      try #require(BatchEstimate(ratioOf: apart, over: ones))
    )
    #expect(wide.halfWidth(0.95) > 1.5 * narrow.halfWidth(0.95))
  }

  @Test func oneBatchSaysNothingOfItsError() {
    #expect(BatchEstimate(ratioOf: [1], over: [1]) == nil)
    #expect(BatchEstimate(ratioOf: [1, 2], over: [0, 0]) == nil)
  }
}

struct SketchSnapshotTests {
  @Test func differenceOfTwoMomentsIsWhatWasAddedBetween() {
    var random = RandomStream(seed: 9, name: "values")
    var sketch = QuantileSketch()
    var between = QuantileSketch()
    for _ in 0..<500 { sketch.add(Int64(random.integer(in: 200...900_000))) }
    let start = sketch.snapshot
    for _ in 0..<700 {
      let value = Int64(random.integer(in: 50...50_000))
      sketch.add(value)
      between.add(value)
    }
    let found = sketch.snapshot.since(start)
    #expect(found.count == 700)
    #expect(found.sum == between.sum)
    for share in [0.1, 0.5, 0.99] {
      let (one, other) = (found.quantile(share)!, between.quantile(share)!)
      #expect(abs(one - other) <= other / 200)
    }
    #expect(sketch.snapshot.since(sketch.snapshot).count == 0)
  }

  @Test func countsUpToALimit() {
    var sketch = QuantileSketch()
    for value in 1...400 as ClosedRange<Int64> { sketch.add(value) }
    #expect(sketch.count(upTo: 0) == 0)
    #expect(sketch.count(upTo: 100) == 100)
    #expect(sketch.count(upTo: 4_000) == 400)
  }
}

extension BatchEstimateTests {
  @Test func hoursAreHeldAgainstThemselves() throws {
    let found = try #require(
      BatchEstimate(ratioOf: [1, 10, 3, 10], over: [1, 1, 1, 1], alikeAfter: 2))
    #expect(found.value == 6)
    #expect(abs(found.standardError - 0.5) < 1e-12)
    #expect(found.degreesOfFreedom == 2)
    #expect(BatchEstimate(ratioOf: [1, 10], over: [1, 1], alikeAfter: 2) == nil)
  }
}

struct ControlVariatesTests {
  @Test func workedExample() {
    let found = ControlVariates.adjusted([3, 1], by: [[-1, 1]])
    #expect(found.values == [2, 2])
    #expect(found.used == 1)
  }

  @Test func whatExplainsNothingNewIsLeftOut() {
    let found = ControlVariates.adjusted([3, 1, 2], by: [[-1, 1, 0], [2, -2, 0], [0, 0, 0]])
    #expect(found.used == 1)
    #expect(ControlVariates.adjusted([3, 1, 2], by: []).values == [3, 1, 2])
  }

  /// Counts in batches of equal work: as many requests as their lengths leave room for.
  @Test func chanceOfLengthsIsTakenOut() throws {
    var random = RandomStream(seed: 11, name: "lengths")
    var counts: [Double] = []
    var excess: [Double] = []
    for _ in 0..<60 {
      var (work, count, tokens) = (0.0, 0.0, 0.0)
      while work < 1e6 {
        let (input, output) = (1_000 * random.exponential(), 300 * random.exponential())
        work += input + 20 * output
        count += 1
        tokens += input + 20 * output
      }
      counts.append(count)
      excess.append(tokens - 7_000 * count)
    }
    let ones = counts.map { _ in 1.0 }
    let plain = try #require(BatchEstimate(ratioOf: counts, over: ones))
    let adjusted = ControlVariates.adjusted(counts, by: [excess])
    let found = try #require(
      BatchEstimate(ratioOf: adjusted.values, over: ones, fitted: adjusted.used))
    #expect(found.standardError * 5 < plain.standardError)
    // One more than the work divided by its mean ends in each batch, but for the half that is left.
    #expect(abs(found.value - 1e6 / 7_000) < 2, "\(found)")
  }
}
