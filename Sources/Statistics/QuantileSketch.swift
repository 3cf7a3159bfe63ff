/// Counts of non-negative integers in logarithmic buckets: quantiles to 0.4 % in constant memory.
///
/// A bucket is an octave cut into 256 equal parts, so its width is at most 1/256 of its values;
/// numbers below 512 have a bucket each. Bucket edges are integers, so that an arithmetic
/// progression of values can be added in closed form and gives exactly the counts of adding one by
/// one. Count, sum, minimum and maximum are exact. Adding is O(1). Only the octaves that values
/// span take memory, 2 kB each: an empty sketch has none, and 115 kB is the most that one can need.
package struct QuantileSketch: Equatable, Sendable {
  private static let precision = 8

  /// The counts of the buckets from `base` on, in whole octaves.
  private var buckets: [Int64] = []
  private var base = 0
  package private(set) var count: Int64 = 0
  package private(set) var sum: Int128 = 0
  package private(set) var minimum: Int64 = .max
  package private(set) var maximum: Int64 = .min

  package init() {}

  /// Adds a value; negative ones are not allowed.
  package mutating func add(_ value: Int64) {
    let place = place(of: Self.bucket(of: value))
    buckets[place] += 1
    count += 1
    sum += Int128(value)
    if value < minimum { minimum = value }
    if value > maximum { maximum = value }
  }

  /// Adds `weight` copies of a value.
  package mutating func add(_ value: Int64, weight: Int64) {
    let place = place(of: Self.bucket(of: value))
    buckets[place] += weight
    count += weight
    sum += Int128(value) * Int128(weight)
    if value < minimum { minimum = value }
    if value > maximum { maximum = value }
  }

  /// Adds the whole parts of `(first + rise · i) / divisor` for `i` in `0..<steps`, each `weight`
  /// times, without visiting each one.
  ///
  /// - Parameter total: the sum of the values, once each, which the caller knows in closed form.
  ///
  /// A value reaches a bucket's end at `i = ceil((end · divisor - first) / rise)`: one division for
  /// each bucket that the progression crosses, and exactly the counts of adding one by one.
  package mutating func addProgression(
    first: Int64, rise: Int64, divisor: Int64, steps: Int64, weight: Int64, sum total: Int128
  ) {
    let smallest = first / divisor
    let largest = (first + rise * (steps - 1)) / divisor
    count += steps * weight
    sum += total * Int128(weight)
    minimum = min(minimum, smallest)
    maximum = max(maximum, largest)
    let lastBucket = Self.bucket(of: largest)
    var bucket = Self.bucket(of: smallest)
    // Both ends at once, so that all between them are there.
    _ = place(of: bucket)
    _ = place(of: lastBucket)
    var start: Int64 = 0
    while bucket < lastBucket {
      let (low, width) = Self.range(of: bucket)
      let next = ((low + width) * divisor - first + rise - 1) / rise
      buckets[bucket - base] += (next - start) * weight
      start = next
      // Mostly the next bucket; a steep progression skips some.
      bucket =
        width * divisor > rise ? bucket + 1 : Self.bucket(of: (first + rise * next) / divisor)
    }
    buckets[lastBucket - base] += (steps - start) * weight
  }

  /// How many values are at most `limit`, to within the share of its bucket that lies below it.
  package func count(upTo limit: Int64) -> Double { snapshot.count(upTo: limit) }

  /// Replaces the sum when the values were cut to integers and their exact sum is known.
  package mutating func correctSum(to exact: Int128) { sum = exact }

  /// Mean of all values, in their unit; nil when nothing was added.
  package var mean: Double? {
    count == 0 ? nil : Double(nearest: sum) / Double(count)
  }

  /// The value below which a share `q` of the counts lies, interpolated inside its bucket and kept
  /// within the exact minimum and maximum; nil when nothing was added.
  package func quantile(_ q: Double) -> Double? {
    guard count > 0 else { return nil }
    let target = q * Double(count)
    var below: Int64 = 0
    for (index, inside) in buckets.enumerated() where inside > 0 {
      if Double(below + inside) >= target {
        let (low, width) = Self.range(of: base + index)
        let within = max(0, target - Double(below)) / Double(inside)
        let estimate = width == 1 ? Double(low) : Double(low) + within * Double(width)
        return min(max(estimate, Double(minimum)), Double(maximum))
      }
      below += inside
    }
    return Double(maximum)
  }

  // MARK: Moments

  /// The counts so far, as many of them as the values span.
  package var snapshot: SketchSnapshot {
    guard count > 0 else { return SketchSnapshot() }
    let first = Self.bucket(of: minimum)
    let last = Self.bucket(of: maximum)
    return SketchSnapshot(
      first: first, counts: Array(buckets[(first - base)...(last - base)]), sum: sum,
      minimum: minimum, maximum: maximum, count: count)
  }

  /// What a sketch had at one moment and not yet at an earlier one. Its smallest and largest values
  /// are those of the whole where they lie in the same buckets, and else the buckets' ends.
  fileprivate init(_ earlier: SketchSnapshot, to later: SketchSnapshot) {
    self.init()
    guard later.count > earlier.count else {
      sum = later.sum - earlier.sum
      return
    }
    _ = place(of: later.first)
    _ = place(of: later.first + later.counts.count - 1)
    for (offset, sum) in later.counts.enumerated() {
      let index = later.first + offset
      let added = sum - earlier.count(of: index)
      guard added > 0 else { continue }
      let (low, width) = Self.range(of: index)
      if count == 0 { minimum = max(low, later.minimum) }
      maximum = min(low + width - 1, later.maximum)
      buckets[index - base] = added
      count += added
    }
    sum = later.sum - earlier.sum
  }

  // MARK: Buckets

  /// Two sketches are equal that have the same counts, whatever room each has.
  package static func == (left: QuantileSketch, right: QuantileSketch) -> Bool {
    left.snapshot == right.snapshot
  }

  /// Where the count of a bucket is; room for it is made.
  @inline(__always)
  private mutating func place(of bucket: Int) -> Int {
    if bucket < base || bucket >= base + buckets.count { makeRoom(for: bucket) }
    return bucket - base
  }

  @inline(never)
  private mutating func makeRoom(for bucket: Int) {
    let octave = 1 << Self.precision
    let first = bucket / octave * octave
    if buckets.isEmpty { base = first }
    if first < base {
      buckets.insert(contentsOf: repeatElement(0, count: base - first), at: 0)
      base = first
    }
    let missing = first + octave - base - buckets.count
    if missing > 0 { buckets.append(contentsOf: repeatElement(0, count: missing)) }
  }

  @inline(__always)
  fileprivate static func bucket(of value: Int64) -> Int {
    precondition(value >= 0, "a sketch holds non-negative values")
    let bits = 63 - (value | 1).leadingZeroBitCount
    let shift = max(0, bits - precision)
    return (shift << precision) + Int(value >> Int64(shift))
  }

  fileprivate static func range(of bucket: Int) -> (low: Int64, width: Int64) {
    let shift = max(0, (bucket >> precision) - 1)
    let mantissa = Int64(bucket - (shift << precision))
    return (mantissa << Int64(shift), 1 << Int64(shift))
  }
}

/// The counts of a sketch at one moment.
package struct SketchSnapshot: Equatable, Sendable {
  /// The bucket that `counts` begins with.
  fileprivate var first = 0
  fileprivate var counts: [Int64] = []
  fileprivate var sum: Int128 = 0
  fileprivate var minimum: Int64 = .max
  fileprivate var maximum: Int64 = .min

  package private(set) var count: Int64 = 0

  package init() {}

  fileprivate init(
    first: Int, counts: [Int64], sum: Int128, minimum: Int64, maximum: Int64, count: Int64
  ) {
    self.first = first
    self.counts = counts
    self.sum = sum
    self.minimum = minimum
    self.maximum = maximum
    self.count = count
  }

  /// Sum of all values, in their unit.
  package var total: Double { Double(nearest: sum) }

  /// How many values are at most `limit`, to within the share of its bucket that lies below it.
  package func count(upTo limit: Int64) -> Double {
    guard count > 0, limit >= minimum else { return 0 }
    guard limit < maximum else { return Double(count) }
    let last = QuantileSketch.bucket(of: limit) - first
    let (low, width) = QuantileSketch.range(of: last + first)
    let below = counts[..<last].reduce(0, +)
    return Double(below) + Double(counts[last]) * Double(limit - low + 1) / Double(width)
  }

  fileprivate func count(of bucket: Int) -> Int64 {
    let offset = bucket - first
    return counts.indices.contains(offset) ? counts[offset] : 0
  }

  /// A sketch of what was added since an earlier moment of the same sketch.
  package func since(_ earlier: SketchSnapshot) -> QuantileSketch {
    QuantileSketch(earlier, to: self)
  }
}
