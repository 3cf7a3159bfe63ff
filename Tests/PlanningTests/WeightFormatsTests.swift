import Hardware
import ModelArchitecture
import OperatorCosts
import Scenarios
import Testing

@testable import Planning

struct WeightFormatsTests {
  /// DeepSeek's own weights are as wide as FP8, Llama's are twice that.
  @Test(
    arguments: [
      ("deepseek-ai/DeepSeek-R1", "b200-sxm", WeightFormat.fp8Block, [WeightFormat.nvfp4], []),
      ("meta-llama/Llama-3.3-70B-Instruct", "h200-sxm", .bf16, [.fp8], []),
      ("meta-llama/Llama-3.3-70B-Instruct", "mi355x", .bf16, [], [.fp8, .nvfp4]),
      ("openai/gpt-oss-120b", "b200-sxm", .mxfp4, [], []),
      ("meta-llama/Llama-3.3-70B-Instruct", "groq-lpu", .bf16, [], []),
    ] as [(String, String, WeightFormat, [WeightFormat], [WeightFormat])])
  func onlyTimedFormatsAreTried(
    model: String, machine: String, own: WeightFormat, tried: [WeightFormat],
    untimed: [WeightFormat]
  ) throws {
    let formats = WeightFormats(
      narrowerThan: own, of: try Catalogues.builtIn.model(model),
      on: try Catalogues.builtIn.hardware(machine))
    #expect(formats.tried == tried)
    #expect(formats.untimed == untimed)
  }
}
