import Hardware
import ModelArchitecture
import Statistics
import TestSupport
import Testing

@testable import OperatorCosts

struct TokenExchangeTests {
  private let fp8 = ResolvedArithmetic(.fp8, on: SampleMachine.profile.accelerator)

  private func exchange(_ ranks: Int, expert: Int? = nil, hidden: Int = 7168) -> TokenExchange {
    TokenExchange(
      topK: 8, hidden: hidden, arithmetic: fp8,
      layout: ParallelLayout(attentionData: ranks, expert: expert ?? ranks),
      on: SampleMachine.profile)
  }

  @Test func atOnceWorkedExample() {
    // The sample's network has no figures of its own: 30 us and 0.9 of 50 GB/s.
    let seconds = exchange(64).atOnceSeconds(128 * 7168)
    #expect(abs(seconds - 172.7e-6) < 0.05e-6)
  }

  @Test func heldWorkedExample() {
    // Sent at once: the copies of 64 tokens to 8 experts, 15/16 of them on other servers, and back.
    let rate = Roofline(SampleMachine.profile).rate(.elementwise, .bf16)
    let sent = 64.0 * 14_336
    let copies = rate.work(flops: 0, bytes: 4 * sent * 8 * 15 / 16).seconds - rate.floorSeconds
    let held = exchange(128).heldSeconds(sent: sent)
    #expect(abs(held - (2 * rate.floorSeconds + copies)) < 1e-9)
    // Merged kernels stay on 20 of 132 processors.
    let many = 4096.0 * 7168
    let exchange = exchange(32)
    let share = exchange.heldSeconds(sent: many) / exchange.mergedSeconds(many)
    #expect(abs(share - 20.0 / 132) < 1e-9)
  }

  /// DeepEP's own table: 7,168 wide, 8 of 256 experts, 128 tokens a rank, H800, 50 GB/s.
  @Test(arguments: [
    (ranks: 16, dispatch: 118.0, combine: 195.0), (32, 155, 273), (64, 173, 314), (128, 192, 369),
    (256, 194, 360),
  ])
  func lowLatencyKernelsOverANetworkAsMeasured(
    _ row: (ranks: Int, dispatch: Double, combine: Double)
  ) {
    let exchange = exchange(row.ranks)
    let dispatch = exchange.atOnceSeconds(128 * (7168 + 7168 / 32)) * 1e6
    let combine = exchange.atOnceSeconds(128 * 2 * 7168) * 1e6
    #expect(abs(dispatch / row.dispatch - 1) < 0.12, "\(dispatch)")
    #expect(abs(combine / row.combine - 1) < 0.12, "\(combine)")
  }

  /// aiconfigurator's table of the normal kernels, H100, 20 processors, their count included.
  @Test(arguments: [
    (ranks: 16, tokens: 1024.0, dispatch: 295.0, combine: 613.0), (16, 4096, 893, 2099),
    (32, 1024, 575, 968), (32, 4096, 1860, 3528), (32, 16_384, 7028, 13_578),
  ])
  func normalKernelsOverANetworkAsMeasured(
    _ row: (ranks: Int, tokens: Double, dispatch: Double, combine: Double)
  ) {
    let exchange = exchange(row.ranks)
    let tokens = row.tokens * Double(row.ranks)
    let dispatch = exchange.seconds(tokens: tokens, bytes: 7168, imbalance: 1) * 1e6
    let combine = exchange.seconds(tokens: tokens, bytes: 2 * 7168, imbalance: 1) * 1e6
    #expect(abs(dispatch / row.dispatch - 1) < 0.15, "\(dispatch)")
    #expect(abs(combine / row.combine - 1) < 0.35, "\(combine)")
  }

  @Test func insideADomainManyTokensGoOnceToARank() {
    // 8 of 8 ranks: 8 (1 - (7/8)^8) = 5.251 distinct, 7 of 8 of them elsewhere.
    let rate = 0.55 * 450e9
    let seconds = { exchange(8).seconds(tokens: 8 * $0, bytes: 7168, imbalance: 1) }
    #expect(abs(seconds(1000) / (36e-6 + 1000 * 7168 * 5.2512 * 7 / 8 / rate) - 1) < 1e-4)
    // Few go at once: all 8 pairs, 7 of them to other ranks.
    #expect(abs(seconds(100) / (18e-6 + 100 * 7168 * 7 / rate) - 1) < 1e-9)
    // An expert on two ranks: tokens go to both.
    let homes = 4 * (1 - power(0.75, 8))
    let cut = exchange(8, expert: 4).mergedSeconds(7168e3)
    #expect(abs((cut - 36e-6) / (seconds(1000) - 36e-6) - 2 * homes / 5.2512) < 1e-4)
  }

  /// GB200: TensorRT-LLM one-sided, nvfp4 dispatch and bf16 combine over 16 ranks.
  @Test(arguments: [
    (tokens: 1.0, dispatch: 19.5, combine: 26.6), (128, 23.6, 40.8), (1024, 69.1, 206.4),
    (4096, 211.4, 705.3),
  ])
  func rackScaleKernelsAsMeasured(_ row: (tokens: Double, dispatch: Double, combine: Double)) {
    var profile = SampleMachine.profile
    profile.scaleUp.domain = 72
    profile.scaleUp.bandwidth!.value = 900e9
    let exchange = TokenExchange(
      topK: 8, hidden: 7168, arithmetic: fp8,
      layout: ParallelLayout(attentionData: 16, expert: 16), on: profile)
    func microseconds(_ bytes: Double) -> Double {
      exchange.seconds(tokens: 16 * row.tokens, bytes: bytes, imbalance: 1) * 1e6
    }
    #expect(abs(microseconds(7168 * 0.5625) / row.dispatch - 1) < 0.25)
    #expect(abs(microseconds(2 * 7168) / row.combine - 1) < 0.35)
  }

  @Test func manyTokensCrossOnceToADomain() {
    // Four domains and 4,096 tokens a rank: one copy a domain instead of one an expert.
    let exchange = exchange(32)
    let tokens = 4096.0 * 32
    let direct = 30e-6 + 4096 * 8 * 0.75 * 7168 / 45e9
    #expect(exchange.seconds(tokens: tokens, bytes: 7168, imbalance: 1) < direct / 2)
  }

  @Test func noExchangeIsFasterThanItsLinks() {
    for ranks in [2, 8, 16, 64, 256] {
      for tokens in [1.0, 100, 1e4, 1e6] {
        for imbalance in [1.0, 1.5] {
          for cost in [
            exchange(ranks).dispatch(tokens: tokens, imbalance: imbalance),
            exchange(ranks).combine(tokens: tokens, imbalance: imbalance),
          ] {
            #expect(cost.seconds > cost.speedOfLightSeconds)
            #expect((cost.imbalanceSeconds > 0) == (imbalance > 1))
          }
        }
      }
    }
  }
}
