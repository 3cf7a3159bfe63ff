import Statistics
import Testing

struct QuantileSketchTests {
  /// Values over the whole range of latencies, from nanoseconds to hours.
  private func values(_ seed: UInt64, count: Int) -> [Int64] {
    var random = RandomStream(seed: seed, name: "values")
    let spread = 1 + Double(seed % 5)
    return (0..<count).map { _ in
      Int64(min(1e15, 1e6 * (random.normal() * spread).exponential))
    }
  }

  @Test(arguments: 1...20)
  func quantilesAreWithinABucketOfTheExactOnes(_ seed: UInt64) {
    let values = values(seed, count: 2000)
    var sketch = QuantileSketch()
    for value in values { sketch.add(value) }
    let sorted = values.sorted()
    for q in [0.001, 0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1] {
      let rank = max(1, Int((q * Double(sorted.count)).rounded(.up)))
      let exact = Double(sorted[rank - 1])
      let found = sketch.quantile(q)!
      #expect(abs(found - exact) <= 0.004 * exact + 1, "seed \(seed), q \(q): \(found), \(exact)")
    }
    #expect(sketch.count == 2000)
    #expect(sketch.sum == values.reduce(0) { $0 + Int128($1) })
    #expect(sketch.minimum == sorted.first && sketch.maximum == sorted.last)
    #expect(sketch.quantile(0) == Double(sorted[0]))
    #expect(sketch.quantile(1) == Double(sorted[1999]))
  }

  @Test func anEmptySketchHasNoQuantile() {
    let sketch = QuantileSketch()
    #expect(sketch.quantile(0.5) == nil)
    #expect(sketch.mean == nil)
  }

  @Test(arguments: [0, 1, 255, 511, 512, 513, 1023, 1024, 1 << 40, .max] as [Int64])
  func oneValueIsItsOwnQuantile(_ value: Int64) {
    var sketch = QuantileSketch()
    sketch.add(value, weight: 3)
    for q in [0, 0.5, 1] { #expect(sketch.quantile(q) == Double(value)) }
    #expect(sketch.mean == Double(value))
  }

  @Test func aProgressionAddsWhatItsValuesDo() {
    var random = RandomStream(seed: 3, name: "progressions")
    for number in 0..<300 {
      let magnitude = Int64(1) << Int64(random.integer(in: 0...40))
      let first = Int64(random.integer(in: 0...Int(magnitude)))
      let rise = Int64(random.integer(in: 0...max(0, Int(magnitude) / 50)))
      let steps = Int64(random.integer(in: 1...700))
      let weight = Int64(random.integer(in: 1...9))
      // Cut to whole numbers as the gaps between tokens are.
      let divisor = Int64(random.integer(in: 1...1000))
      let value = { (index: Int64) in (first + rise * index) / divisor }
      var single = QuantileSketch()
      var sum: Int128 = 0
      for index in 0..<steps {
        single.add(value(index), weight: weight)
        sum += Int128(value(index))
      }
      var whole = QuantileSketch()
      whole.addProgression(
        first: first, rise: rise, divisor: divisor, steps: steps, weight: weight, sum: sum)
      #expect(whole == single, "progression \(number): \(first) + \(rise) i over \(divisor)")
    }
  }

  @Test func anExactSumReplacesTheSumOfCutValues() {
    var sketch = QuantileSketch()
    sketch.add(2, weight: 4)
    sketch.correctSum(to: 10)
    #expect(sketch.mean == 2.5)
  }
}

extension Double {
  /// e to this power, from its definition: enough for test data, without a C library.
  fileprivate var exponential: Double {
    var power = 1 + self / 1_048_576
    for _ in 0..<20 { power *= power }
    return power
  }
}
