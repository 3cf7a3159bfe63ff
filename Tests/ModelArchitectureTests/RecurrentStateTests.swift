import ModelArchitecture
import Testing

struct RecurrentStateTests {
  private func layer(_ name: String) throws -> any RecurrentLayer {
    let model = try ModelCatalogue.load(nameOrPath: name)
    for group in model.groups {
      if case .recurrent(let mixer) = group.mixer { return mixer.layer }
    }
    throw NoRecurrentLayer(model: name)
  }

  private struct NoRecurrentLayer: Error { var model: String }

  @Test("Gated DeltaNet of Qwen3.5 holds a fp32 state and a 16-bit convolution")
  func gatedDeltaNet() throws {
    let deltaNet = try layer("Qwen3.5-27B")
    #expect(deltaNet.stateElements == 48 * 128 * 128)
    #expect(deltaNet.stateBytesPerElement == 4)
    #expect(deltaNet.convolutionElements == 3 * 10_240)
    #expect(deltaNet.stateBytesPerSequence == 3_207_168)
    #expect(deltaNet.recurrenceFLOPsPerToken == 5_586_944)
    let model = try ModelCatalogue.load(nameOrPath: "Qwen3.5-27B")
    #expect(model.stateBytesPerSequence == 48 * 3_207_168)
  }

  @Test("the state is 16-bit where the config asks for nothing else")
  func defaultState() throws {
    #expect(try layer("Qwen3-Next-80B-A3B").stateBytesPerElement == 2)
    #expect(try layer("NVIDIA-Nemotron-3-Nano-30B-A3B-BF16").stateBytesPerElement == 4)
  }

  @Test("lightning attention of MiniMax-M1 holds one matrix a head")
  func lightning() throws {
    let lightning = try layer("MiniMax-M1-80k")
    #expect(lightning.stateElements == 64 * 128 * 128)
    #expect(lightning.convolutionElements == 0)
    #expect(lightning.recurrenceFLOPsPerToken == 5_242_880)
  }

  @Test("Mamba of Jamba holds 16 numbers a channel")
  func mamba1() throws {
    let mamba = try layer("AI21-Jamba-1.5-Mini")
    #expect(mamba.stateElements == 8192 * 16)
    #expect(mamba.recurrenceFLOPsPerToken == 983_040)
  }

  @Test("Mamba-2 of Nemotron-H holds one matrix a head")
  func mamba2() throws {
    let mamba = try layer("Nemotron-H-56B-Base-8K")
    #expect(mamba.stateElements == 256 * 64 * 256)
    #expect(mamba.convolutionElements == 3 * 20_480)
    #expect(mamba.recurrenceFLOPsPerToken == 21_135_360)
  }

  @Test("Kimi delta attention holds one matrix a head, with a decay a channel")
  func kimiDelta() throws {
    let layer = KimiDeltaAttention(
      heads: 32, headDimension: 128, convolutionWidth: 4, decayRank: 128, gateRank: 128,
      stateBytesPerElement: 4)
    #expect(layer.stateElements == 32 * 128 * 128)
    #expect(layer.convolutionElements == 3 * 3 * 4096)
    #expect(layer.recurrenceFLOPsPerToken == 3_768_320)
  }

  @Test("a model of attention alone holds no state")
  func attentionAlone() throws {
    #expect(try ModelCatalogue.load(nameOrPath: "Llama-3.1-8B").stateBytesPerSequence == 0)
  }
}
