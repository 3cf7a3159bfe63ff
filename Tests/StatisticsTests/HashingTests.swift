import Statistics
import Testing

@Suite struct HashingTests {
  @Test func publishedValues() {
    var hash = ByteHash()
    #expect(hash.value.hexadecimal == "cbf29ce484222325")
    hash.add("a".utf8)
    #expect(hash.value.hexadecimal == "af63dc4c8601ec8c")
    var generator = SplitMix64(state: 0)
    #expect(generator.next().hexadecimal == "e220a8397b1dcdaf")
  }

  @Test func digitsAreSixteen() {
    #expect(UInt64(0).hexadecimal == "0000000000000000")
    #expect(UInt64.max.hexadecimal == "ffffffffffffffff")
  }
}
