import Statistics
import Testing

struct RandomStreamTests {
  private struct Moments {
    var mean = 0.0
    var variance = 0.0

    init(_ count: Int, _ draw: () -> Double) {
      let values = (0..<count).map { _ in draw() }
      mean = values.reduce(0, +) / Double(count)
      let average = mean
      variance = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(count - 1)
    }
  }

  /// Pinned, so that an old scenario keeps its traffic in a new release; from an independent
  /// implementation of the published algorithms.
  @Test func theFirstNumbersOfAStreamNeverChange() {
    var arrivals = RandomStream(seed: 1, name: "arrivals")
    #expect(
      (0..<4).map { _ in arrivals.nextBits() } == [
        0xa4d7_f7c3_52c7_3678, 0xd331_697a_1888_976a,
        0x2c8d_9e3f_c556_502b, 0x4d70_a934_741c_e880,
      ])
    var empty = RandomStream(seed: 0, name: "")
    #expect(
      (0..<4).map { _ in empty.nextBits() } == [
        0xc7c9_810f_3d1c_f2b7, 0x1bc4_7e21_0716_5ab2,
        0x2563_b8b8_ca5b_dbb5, 0xd38b_1557_2668_e0c7,
      ])
  }

  @Test func streamsOfOtherNamesAndSeedsAreIndependent() {
    var streams = [("arrivals", 1), ("lengths", 1), ("arrivals", 2), ("classes", 2)].map {
      RandomStream(seed: UInt64($0.1), name: $0.0)
    }
    let count = 20_000
    let values = streams.indices.map { index in
      (0..<count).map { _ in streams[index].uniform() - 0.5 }
    }
    for left in values.indices {
      for right in values.indices where right > left {
        let product = zip(values[left], values[right]).reduce(0) { $0 + $1.0 * $1.1 }
        // Four standard errors of a correlation of zero.
        #expect(abs(product / Double(count) * 12) < 4 / Double(count).squareRoot())
      }
    }
  }

  @Test func uniformNumbersFillTheUnitInterval() {
    var random = RandomStream(seed: 7, name: "uniform")
    let moments = Moments(50_000) { random.uniform() }
    #expect(abs(moments.mean - 0.5) < 4 * (1.0 / 12 / 50_000).squareRoot())
    #expect(abs(moments.variance - 1.0 / 12) < 0.001)
  }

  @Test func exponentialNumbersHaveMeanAndDeviationOne() {
    var random = RandomStream(seed: 8, name: "exponential")
    let moments = Moments(50_000) { random.exponential() }
    #expect(abs(moments.mean - 1) < 4 / 50_000.0.squareRoot())
    #expect(abs(moments.variance - 1) < 0.06)
  }

  @Test func normalNumbersAreStandard() {
    var random = RandomStream(seed: 9, name: "normal")
    var beyondTwo = 0
    let moments = Moments(50_000) {
      let value = random.normal()
      if abs(value) > 2 { beyondTwo += 1 }
      return value
    }
    #expect(abs(moments.mean) < 4 / 50_000.0.squareRoot())
    #expect(abs(moments.variance - 1) < 0.03)
    #expect(abs(Double(beyondTwo) / 50_000 - 0.0455) < 0.004)
  }

  @Test(arguments: [0.25, 0.5, 1, 2, 3.7])
  func gammaNumbersHaveTheCoefficientOfVariationAskedFor(_ cv: Double) {
    var random = RandomStream(seed: 10, name: "gamma")
    let moments = Moments(60_000) { random.gamma(shape: 1 / (cv * cv)) }
    #expect(abs(moments.mean - 1) < 4 * cv / 60_000.0.squareRoot())
    #expect(abs(moments.variance.squareRoot() / cv - 1) < 0.05)
  }

  @Test func wholeNumbersAreEvenAndInBounds() {
    var random = RandomStream(seed: 11, name: "integers")
    for range in [0...0, -3...3, 5...12, Int.min...Int.max, Int.max - 1...Int.max] {
      for _ in 0..<200 { #expect(range.contains(random.integer(in: range))) }
    }
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.integer(in: -3...3) + 3] += 1 }
    // Chi-squared with six degrees of freedom is below 22.5 in 999 of 1,000 cases.
    let chiSquared = counts.reduce(0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    #expect(chiSquared < 22.5, "\(counts)")
  }
}
