/// What a quantity was like over time, in at most 256 equal buckets, however long the time is.
///
/// Buckets begin a microsecond wide. When something comes that lies beyond the last one, pairs are
/// merged and all become twice as wide, as often as it takes, so that of any long series more than
/// half of the buckets are in use. A bucket has the integral over its time, and the maximum.
package struct BucketedSeries: Equatable, Sendable {
  package static let bucketCount = 256

  /// Width of one bucket [ns]: a power of two, so that its edges are exact.
  package private(set) var width: Double = 1024
  private var integrals = [Double](repeating: 0, count: bucketCount)
  private var maxima = [Double](repeating: 0, count: bucketCount)

  package init() {}

  // MARK: Adding

  /// Makes room for what lasts until an instant [ns].
  package mutating func reach(_ end: Double) {
    while end > width * Double(Self.bucketCount) { mergePairs() }
  }

  /// The bucket that an instant is in; one that is within reach.
  package func bucket(at nanoseconds: Double) -> Int {
    min(Int(nanoseconds / width), Self.bucketCount - 1)
  }

  package func end(of bucket: Int) -> Double { Double(bucket + 1) * width }

  package mutating func add(_ integral: Double, maximum: Double, to bucket: Int) {
    integrals[bucket] += integral
    maxima[bucket] = max(maxima[bucket], maximum)
  }

  /// Adds a value that does not change from one instant to another [ns].
  package mutating func add(_ value: Double, from start: Double, to end: Double) {
    reach(end)
    var bucket = bucket(at: start)
    var position = start
    repeat {
      let edge = min(end, self.end(of: bucket))
      add(value * (edge - position), maximum: value, to: bucket)
      position = edge
      bucket += 1
    } while position < end
  }

  private mutating func mergePairs() {
    for pair in 0..<(Self.bucketCount / 2) {
      integrals[pair] = integrals[2 * pair] + integrals[2 * pair + 1]
      maxima[pair] = max(maxima[2 * pair], maxima[2 * pair + 1])
    }
    for bucket in (Self.bucketCount / 2)..<Self.bucketCount {
      integrals[bucket] = 0
      maxima[bucket] = 0
    }
    width *= 2
  }

  // MARK: Reading

  /// Over all time [the quantity times nanoseconds].
  package var integral: Double { integrals.reduce(0, +) }

  package func integral(of bucket: Int) -> Double { integrals[bucket] }
  package func maximum(of bucket: Int) -> Double { maxima[bucket] }
}
