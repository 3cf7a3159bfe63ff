import ModelArchitecture
import OperatorCosts
import Testing

struct QuantizedNameTests {
  /// What a hint says to type is a format that there is.
  @Test func everyEndingIsAFormat() {
    for ending in QuantizedName.endings {
      #expect(WeightFormat(rawValue: ending.format) != nil, "\(ending.text)")
      #expect(QuantizedName("a/odd-7b" + ending.text.uppercased())?.model == nil)
      #expect(QuantizedName("Qwen/Qwen3-32B" + ending.text)?.model == "Qwen/Qwen3-32B")
    }
    #expect(QuantizedName("Qwen/Qwen3-32B") == nil)
  }
}
