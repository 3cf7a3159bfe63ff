/// How often each whole number came.
package struct LengthCounts: Sendable {
  /// Counts of the numbers that are usual; of others there are few.
  private static let dense = 1 << 18

  private var counts: [Int32] = []
  private var large: [Int: Int] = [:]
  package private(set) var count = 0
  private var sum = 0.0

  package init() {}

  package mutating func add(_ value: Int) {
    count += 1
    sum += Double(value)
    guard value < Self.dense else {
      large[value, default: 0] += 1
      return
    }
    while counts.count <= value { counts.append(0) }
    counts[value] += 1
  }

  /// Mean of the numbers; 0 where there are none.
  package var mean: Double { count > 0 ? sum / Double(count) : 0 }

  /// The numbers at which these shares of all are reached, with the straight line between the two
  /// next to it, as spreadsheets have it:
  ///
  ///     place = share · (count - 1)
  ///
  /// Check: of 1, 2, 3 and 10 the half is 2.5
  /// (`LengthCountsTests.halfLiesBetweenTheTwoInTheMiddle`).
  ///
  /// - Parameter shares: from 0 to 1, rising.
  package func quantiles(_ shares: [Double]) -> [Double] {
    guard count > 0 else { return shares.map { _ in 0 } }
    let places = shares.map { $0 * Double(count - 1) }
    var wanted = Set<Int>()
    for place in places { wanted.formUnion([Int(place), min(Int(place) + 1, count - 1)]) }
    var values: [Int: Int] = [:]
    var (below, rest) = (0, wanted.sorted()[...])
    func take(_ value: Int, _ times: Int) {
      while let first = rest.first, first < below + times {
        values[first] = value
        rest.removeFirst()
      }
      below += times
    }
    for (value, times) in counts.enumerated() where times > 0 { take(value, Int(times)) }
    for (value, times) in large.sorted(by: { $0.key < $1.key }) { take(value, times) }
    return places.map { place in
      let low = Double(values[Int(place)] ?? 0)
      let high = Double(values[min(Int(place) + 1, count - 1)] ?? 0)
      return low + (high - low) * (place - place.rounded(.down))
    }
  }

  package var largest: Int { large.keys.max() ?? max(0, counts.count - 1) }
}
