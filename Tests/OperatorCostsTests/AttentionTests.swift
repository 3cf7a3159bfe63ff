import Hardware
import ModelArchitecture
import Statistics
import TestSupport
import Testing

@testable import OperatorCosts

struct AttentionTests {
  private let roofline = Roofline(SampleMachine.profile)

  @Test func decodeAttentionWorkedExample() {
    let layer = Attention(heads: 32, keyValueHeads: 8, headDimension: 128)
    let kernel = AttentionKernel(layer, ranks: 1, cache: .bf16)
    #expect(kernel.decodeBytesPerContextToken == 4096)
    // Scores and weighted values, two FLOPs each; query read and output written in 16 bits.
    #expect(kernel.decodeFLOPsPerContextToken == 4 * 32 * 128)
    #expect(kernel.bytesPerQuery == 2 * 32 * 128 * 2)
    let fp8 = AttentionKernel(layer, ranks: 2, cache: .fp8)
    #expect(fp8.decodeBytesPerContextToken == 1024)
    #expect(fp8.decodeFLOPsPerContextToken == 2 * 32 * 128)
    let seconds =
      kernel.decodeCost(sequences: 16, context: 100_000, on: roofline).seconds
      - kernel.decodeBase(sequences: 16, on: roofline).seconds
    #expect(abs(seconds - 115.3e-6) < 0.05e-6)
  }

  @Test func prefillWorkedExample() {
    let layer = Attention(heads: 64, keyValueHeads: 8, headDimension: 128)
    let kernel = AttentionKernel(layer, ranks: 1, cache: .bf16)
    #expect(kernel.visibility.visiblePairs(prior: 0, new: 16_384) == 134_225_920)
    let cost = kernel.prefillCost(new: 16_384, prior: 0, on: roofline)
    #expect(abs(cost.flops - 4.398e12) < 0.0005e12)
  }

  @Test func latentAttentionWorkedExample() throws {
    let model = try ModelCatalogue.load(nameOrPath: "DeepSeek-V3")
    guard case .latentAttention(let layer) = model.groups[0].mixer else {
      Issue.record("DeepSeek-V3 has latent attention")
      return
    }
    let kernel = AttentionKernel(layer, ranks: 1, cache: .bf16)
    #expect(kernel.decodeFLOPsPerContextToken == 278_528)
    #expect(kernel.prefillFLOPsPerPair == 81_920)
    // The latent is not divided among the ranks; the heads are.
    let sliced = AttentionKernel(layer, ranks: 8, cache: .bf16)
    #expect(sliced.decodeBytesPerContextToken == kernel.decodeBytesPerContextToken)
    #expect(sliced.decodeFLOPsPerContextToken * 8 == kernel.decodeFLOPsPerContextToken)
  }

  @Test func asManyKeyValueHeadsAsHeadsIsMultiHeadAttention() {
    // Four times the heads per key-value head: the same work, a quarter of the cache read.
    let multi = AttentionKernel(
      Attention(heads: 32, keyValueHeads: 32, headDimension: 64), ranks: 1, cache: .bf16)
    let grouped = AttentionKernel(
      Attention(heads: 32, keyValueHeads: 8, headDimension: 64), ranks: 1, cache: .bf16)
    #expect(multi.decodeBytesPerContextToken == 2 * 32 * 64 * 2)
    #expect(grouped.decodeBytesPerContextToken * 4 == multi.decodeBytesPerContextToken)
    #expect(grouped.decodeFLOPsPerContextToken == multi.decodeFLOPsPerContextToken)
    #expect(grouped.prefillFLOPsPerPair == multi.prefillFLOPsPerPair)
  }

  @Test func visiblePairsAreTheSumOverQueries() {
    var random = RandomStream(seed: 5, name: "pairs")
    for _ in 0..<500 {
      let tokens = random.integer(in: 1...40)
      let prior = random.integer(in: 0...100)
      let new = random.integer(in: 1...100)
      let views: [ContextVisibility] = [
        .full, .sliding(tokens: tokens), .chunked(tokens: tokens),
      ]
      for view in views {
        let sum = (prior + 1...prior + new).reduce(0) { $0 + view.visible(at: $1) }
        #expect(
          view.visiblePairs(prior: prior, new: new) == Double(sum), "\(view) \(prior) \(new)")
      }
    }
  }

  @Test func chunksOfAPromptDoTheWorkOfTheWhole() {
    let windows: [AttentionWindow?] = [nil, .sliding(tokens: 300), .chunked(tokens: 256)]
    for window in windows {
      let layer = Attention(heads: 8, keyValueHeads: 4, headDimension: 64, window: window)
      let kernel = AttentionKernel(layer, ranks: 1, cache: .bf16)
      let whole = kernel.prefillCost(new: 1000, prior: 0, on: roofline)
      let parts = [(512, 0), (300, 512), (188, 812)].map {
        kernel.prefillCost(new: $0.0, prior: $0.1, on: roofline)
      }
      #expect(parts.reduce(0) { $0 + $1.flops } == whole.flops)
      // Chunks read what was cached before them again.
      #expect(parts.reduce(0) { $0 + $1.bytes } > whole.bytes)
    }
  }

  @Test func aChunkReadsOnlyWhatItsFirstQuerySees() {
    func bytesBefore(_ window: AttentionWindow?, prior: Int) -> Double {
      let layer = Attention(heads: 8, keyValueHeads: 4, headDimension: 64, window: window)
      let kernel = AttentionKernel(layer, ranks: 1, cache: .bf16)
      let cost = kernel.prefillCost(new: 10, prior: prior, on: roofline)
      let alone = kernel.prefillCost(new: 10, prior: 0, on: roofline)
      return (cost.bytes - alone.bytes) / kernel.decodeBytesPerContextToken
    }
    #expect(bytesBefore(nil, prior: 700) == 700)
    #expect(bytesBefore(.sliding(tokens: 300), prior: 700) == 299)
    #expect(bytesBefore(.chunked(tokens: 100), prior: 750) == 50)
    #expect(bytesBefore(.chunked(tokens: 100), prior: 700) == 0)
  }
}
