import Statistics
import Testing

struct WideNumbersTests {
  @Test func theNearestNumberIsTheOneTheLibraryFinds() {
    var random = RandomStream(seed: 5, name: "wide numbers")
    var values: [Int128] = [0, 1, -1, .max, .min, Int128(Int64.max), Int128(Int64.min)]
    for _ in 0..<20_000 {
      let bits = Int128(truncatingIfNeeded: random.nextBits()) << 64
      let whole = bits | Int128(random.nextBits())
      values.append(whole >> Int128(random.integer(in: 0...127)))
    }
    // Halfway between two numbers, and one beside it.
    for exponent in 54...126 {
      for offset in -1...1 {
        let half = Int128(1) << Int128(exponent - 53)
        values.append((Int128(1) << Int128(exponent)) + half + Int128(offset))
        values.append((Int128(1) << Int128(exponent)) + 3 * half + Int128(offset))
      }
    }
    for value in values {
      #expect(Double(nearest: value) == Double(value), "\(value)")
    }
  }
}
