import Outcomes
import Planning
import Results
import Scenarios
import Testing

/// The headline of each claim's finding, in small: few requests, and layouts that were found once.
struct ClaimFindingTests {
  /// Output of a GPU in one run over that in another.
  struct Finding: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var one: ClaimRun
    var other: ClaimRun
    var ratio: ClosedRange<Double>

    init(_ words: String, _ one: ClaimRun, over other: ClaimRun, _ ratio: ClosedRange<Double>) {
      testDescription = words
      self.one = one
      self.other = other
      self.ratio = ratio
    }
  }

  private static let fusion = ClaimRun("kernel-fusion")
  private static let unfused = "engine=\(ClaimRun.files)engines/vllm-unfused.json"
  private static let eightBits = "quantization.weights=fp8_block"
  private static let routing = ClaimRun("expert-choice", "workload.output=200")
    .of(clients: 2_048, requests: 2_048)
  private static let few = ClaimRun("experts-per-token").of(clients: 32, requests: 64)
  private static let speeds = ClaimRun("gb200-against-h200").of(clients: 16, requests: 32)
  private static let rack = [
    "hardware=gb200-nvl72", "quantization.weights=nvfp4", "parallelism={tensor: 4, expert: 4}",
  ]
  private static let mixture = ClaimRun("mixture-against-dense").of(clients: 128, requests: 128)
  private static let giant = ClaimRun("giant-mixture").of(clients: 256, requests: 256)

  static let findings = [
    // On half the GPUs.
    Finding(
      "claim 1: GB200 over H200",
      speeds.with(rack[0], rack[1], rack[2]), over: speeds, 2...5),
    Finding(
      "claim 2: Vera Rubin over GB200 with many long contexts",
      ClaimRun("rubin-against-gb200", "hardware=vera-rubin-nvl72").of(clients: 64, requests: 64),
      over: ClaimRun("rubin-against-gb200").of(clients: 64, requests: 64), 1.3...3),
    Finding(
      "claim 3: fused kernels in 4 bits", fusion.of(clients: 16, requests: 48),
      over: fusion.with(unfused).of(clients: 16, requests: 48), 1.38...1.9),
    Finding(
      "claim 3: fused kernels in 8 bits", fusion.with(eightBits).of(clients: 16, requests: 48),
      over: fusion.with(eightBits, unfused).of(clients: 16, requests: 48), 1.1...1.25),
    // For as many users, who are slower with the dense model.
    Finding(
      "claim 4: a mixture over a dense model of its size", mixture,
      over: mixture.with("model=meta-llama/Llama-3.1-405B"), 2...6),
    Finding(
      "claim 4: a mixture over a dense model of its active size", mixture,
      over: mixture.with("model=\(ClaimRun.files)models/dense-17b.json"), 0.3...0.95),
    Finding(
      "claim 8: a giant mixture over a dense model of its active size", giant,
      over: giant.with(
        "model=\(ClaimRun.files)models/dense-100b.json", "parallelism={tensor: 16}"), 0.1...0.8),
    Finding(
      "claim 9: experts that choose over tokens that choose",
      routing.with("experts={routing: expert-choice}"), over: routing, 1.1...1.4),
    Finding(
      "claim 9: one expert a token over eight",
      few.with("model=\(ClaimRun.files)models/qwen3-30b-a3b-top1.json"), over: few, 1.05...1.4),
  ]

  @Test(arguments: findings) func theFindingStands(finding: Finding) throws {
    let ratio = try finding.one.rate() / finding.other.rate()
    #expect(finding.ratio.contains(ratio), "\(ratio)")
  }

  /// Claim 1 again, where it holds: the rack as one machine against the best found of a server.
  @Test func aRackUsedAsOneServesFastUsersTenTimesAsWell() throws {
    let rack = try ClaimRun("gb200-apart").of(clients: 250, requests: 500).trial()
    let server = try ClaimRun(
      "gb200-against-h200", "parallelism={tensor: 8, expert: 8}",
      "speculation={method: mtp, acceptance: [0.69, 0.69, 0.69]}"
    ).of(clients: 4, requests: 40).trial()
    #expect(try ClaimRun.interactivity(rack) > 100)
    #expect(try ClaimRun.interactivity(server) > 100)
    let rates = [rack, server].map { $0.results.outputRatePerAccelerator ?? .nan }
    #expect((8...16).contains(rates[0] / rates[1]), "\(rates)")
    let prices = [rack, server].map { $0.results.cost?.perMillionTokens.blended ?? .nan }
    #expect((0.06...0.13).contains(prices[0] / prices[1]), "\(prices)")
  }

  /// Claim 15: no GPU reaches 400 tokens a second without guessing ahead, dataflow chips do.
  @Test func dataflowChipsAreFasterThanAnyLayoutOfGPUs() throws {
    let gpus = try ClaimRun("lpu-against-gpu", "parallelism={tensor: 16}")
      .of(clients: 1, requests: 4).trial()
    let chips = try ClaimRun(
      "lpu-against-gpu", "hardware=groq-3-lpx", "engine=groq", "parallelism={chips: 292}"
    ).of(clients: 64, requests: 128).trial()
    #expect((200..<400).contains(try ClaimRun.interactivity(gpus)))
    #expect(try ClaimRun.interactivity(chips) > 400)
    #expect(chips.results.energy == nil && chips.results.cost == nil)
  }
}
