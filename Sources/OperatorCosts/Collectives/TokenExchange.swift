internal import Hardware
internal import Statistics

/// The way of tokens to the ranks of their experts (dispatch) and of the results back (combine).
///
/// Kernels either send every pair of token and expert on its own, at once, or first tell each other
/// how much will come and then send a token once to wherever it has experts, however many:
///
///     inside one scale-up domain, the faster of
///       at once:  t = α_u + u · k x (1 - 1/r) · b / β_u
///       merged:   t = 2 α_u + u · c · b / β_u
///                                              c = x e (1 - (1 - 1/e)^k) (1 - 1/r)
///     between n domains, the faster of
///       at once:  t = max( α_o + u · k x (1 - 1/n) · b / β_o,  α_u + u · k x / n · b / β_u )
///       merged:   t = 2 α_o + α_u + max( u · h · b / β_o,  u · c · b / β_u )
///                                              h = n (1 - (1 - 1/n)^k) (1 - 1/n)
///
/// - u: tokens a rank sends, N / r of the N of all ranks; with several tensor ranks each sends its
///   share of its group's tokens      - b [B]: of one token      - k: experts of a token
/// - r: ranks, e: ranks that whole experts are spread over, x = r / e: ranks that share an expert
/// - c, h: distinct other ranks and domains that a token reaches under independent choice
/// - α_u, β_u, α_o, β_o [s, B/s]: `ExpertExchange` of the profile's scale-up link and network
///
/// Merged between domains, a rank sends one copy to each, where a peer hands it on. All bytes times
/// the imbalance of the most loaded rank, whose link gets or gives that much more. The dispatch
/// carries the experts' own arithmetic, the combine 16 bits. A router that limits a token to a few
/// groups of experts reaches fewer domains than h; that is left out.
/// Source: DeepEP README (low-latency and normal kernels); TensorRT-LLM NVLink all-to-all.
/// Check: H800 with 50 GB/s network, 128 tokens, k = 8, 7,168 B, e = 64 in 8 domains, α = 30 us,
/// β = 45 GB/s: dispatch at once 30 + 142.7 = 172.7 us; measured 173 (`atOnceWorkedExample`).
///
/// A class, because operators are copied with every price.
final class TokenExchange: Sendable {
  let dispatchBytes: Double
  let combineBytes: Double
  private let topK: Int
  private let ranks: Int
  private let domains: Int
  /// Ranks that get a token's copy for each of its experts.
  private let ranksPerExpert: Int
  private let sendShare: Double
  private let inside: ExchangeLink
  private let outside: ExchangeLink?
  /// Share of the processors that merged kernels keep busy while they run.
  private let mergedShare: Double
  /// Copies to and from the buffers of kernels that send at once.
  private let copies: KernelRate

  /// - Precondition: the layout was checked, so that several ranks have a link.
  init(
    topK: Int, hidden: Int, arithmetic: ResolvedArithmetic,
    layout: ParallelLayout, on profile: HardwareProfile
  ) {
    dispatchBytes = Double(hidden) * arithmetic.bytesPerSentActivation
    combineBytes = Double(hidden) * 2
    self.topK = topK
    ranks = layout.ranksPerStage
    ranksPerExpert = layout.ranksPerExpert
    sendShare = 1 / Double(layout.ranksPerStage)
    let domain = min(profile.scaleUp.domain, layout.ranksPerStage)
    domains = (layout.ranksPerStage + domain - 1) / domain
    inside = ExchangeLink(profile.scaleUp, ranks: domain)
    outside = domains > 1 ? ExchangeLink(profile.scaleOut) : nil
    let processors = profile.accelerator.processors ?? Self.processorsOfHopper
    mergedShare = min(1, Double(Self.mergedProcessors) / Double(processors))
    copies = Roofline(profile).rate(.elementwise, .bf16)
  }

  /// Streaming multiprocessors that DeepSeek gives to its normal kernels, and those of its chips.
  /// Source: DeepSeek-V3 report, arXiv:2412.19437, section 3.2.2: 20 of 132.
  private static let mergedProcessors = 20
  private static let processorsOfHopper = 132

  /// What an exchange takes from the computing that goes on beside it:
  ///
  ///     merged:   t · 20 / P                  kernels that stay on 20 of P processors
  ///     at once:  2 floor + 4 v / (B · e_m)   a kernel that writes what is sent, one that reads it
  ///
  /// - t [s]: of the exchange      - v [B]: bytes sent by a rank      - B · e_m [B/s]: of copies
  ///
  /// Source of the second: DeepEP's low-latency kernels return after sending and receive in a
  /// second kernel, with nothing on the processors between the two (README, `return_recv_hook`).
  /// Check: H800, 64 tokens, k = 8, 14,336 B: 2 · 2.26 + 4 · 6.88 MB / 2.11 TB/s = 17.6 us
  /// (`TokenExchangeTests.heldWorkedExample`).
  func heldSeconds(sent: Double) -> Double {
    let merged = mergedSeconds(sent)
    guard atOnceSeconds(sent) <= merged else { return merged * mergedShare }
    let copied = 4 * sent * pairs() * farShare
    return 2 * copies.floorSeconds
      + copies.work(flops: 0, bytes: copied).seconds - copies.floorSeconds
  }

  /// Share of the domains that are not a rank's own.
  private var farShare: Double { 1 - 1 / Double(domains) }

  /// Other ranks that a token reaches on average.
  private func reachedRanks() -> Double {
    Double(ranksPerExpert) * Self.distinct(ranks / ranksPerExpert, of: topK) * (1 - sendShare)
  }

  /// Other domains that a token reaches on average.
  private func reachedDomains() -> Double {
    Self.distinct(domains, of: topK) * farShare
  }

  /// Bins hit by a number of balls.
  private static func distinct(_ bins: Int, of balls: Int) -> Double {
    let bins = Double(bins)
    return bins * (1 - power(1 - 1 / bins, Double(balls)))
  }

  /// Copies of a token when every expert gets its own.
  private func pairs() -> Double { Double(topK * ranksPerExpert) }

  /// - Parameters:
  ///   - tokens: of all ranks.   - bytes: of one.   - imbalance: most loaded rank over the mean.
  func seconds(tokens: Double, bytes: Double, imbalance: Double) -> Double {
    let sent = tokens * sendShare * bytes * imbalance
    return min(atOnceSeconds(sent), mergedSeconds(sent))
  }

  /// - Parameter sent: bytes of a rank's tokens, each counted once.
  func atOnceSeconds(_ sent: Double) -> Double {
    guard let outside else {
      return inside.seconds(bytes: sent * pairs() * (1 - sendShare), rounds: 1)
    }
    return max(
      outside.seconds(bytes: sent * pairs() * farShare, rounds: 1),
      inside.seconds(bytes: sent * pairs() * (1 - farShare), rounds: 1))
  }

  func mergedSeconds(_ sent: Double) -> Double {
    let near = sent * reachedRanks()
    guard let outside else { return inside.seconds(bytes: near, rounds: 2) }
    return max(
      outside.seconds(bytes: sent * reachedDomains(), rounds: 2) + inside.latencySeconds,
      inside.seconds(bytes: near, rounds: 1) + 2 * outside.latencySeconds)
  }

  /// The fewest bytes over each link at its own speed.
  private func lightSeconds(tokens: Double, bytes: Double, imbalance: Double) -> Double {
    let sent = tokens * sendShare * bytes * imbalance
    guard let outside else { return sent * reachedRanks() / inside.wireBytesPerSecond }
    let near = sent * reachedRanks() * (1 - farShare) / inside.wireBytesPerSecond
    return max(near, sent * reachedDomains() / outside.wireBytesPerSecond)
  }

  private func cost(
    _ name: String, tokens: Double, bytes: Double, imbalance: Double
  ) -> OperatorCost {
    let seconds = seconds(tokens: tokens, bytes: bytes, imbalance: imbalance)
    var cost = OperatorCost(
      name: name, layers: 1, flops: 0, bytes: 0, seconds: seconds, bottleneck: .interconnect,
      speedOfLightSeconds: lightSeconds(tokens: tokens, bytes: bytes, imbalance: imbalance))
    cost.isExchange = true
    cost.heldSeconds = heldSeconds(sent: tokens * sendShare * bytes * imbalance)
    cost.imbalanceSeconds =
      seconds - self.seconds(tokens: tokens, bytes: bytes, imbalance: 1)
    return cost
  }

  func dispatch(tokens: Double, imbalance: Double) -> OperatorCost {
    cost("expert_dispatch", tokens: tokens, bytes: dispatchBytes, imbalance: imbalance)
  }

  func combine(tokens: Double, imbalance: Double) -> OperatorCost {
    cost("expert_combine", tokens: tokens, bytes: combineBytes, imbalance: imbalance)
  }
}

/// One level of an exchange: measured where the profile has figures, else derived from the link.
private struct ExchangeLink: Sendable {
  let latencySeconds: Double
  let bytesPerSecond: Double
  let wireBytesPerSecond: Double

  func seconds(bytes: Double, rounds: Double) -> Double {
    rounds * latencySeconds + bytes / bytesPerSecond
  }

  /// Where a profile has no figures of its own, those of its relatives relative to their links.
  /// Inside a domain: 18 us and 0.5 TB/s of 0.9 on GB200 (TensorRT-LLM one-sided, 1 to 1,024
  /// tokens). Over a network: 30 us and 45 GB/s of 50 (DeepEP low-latency, H800, EP16 to EP256).
  private static let insideLatencySeconds = 18e-6
  private static let insideShareOfLink = 0.55
  private static let networkLatencySeconds = 30e-6
  private static let networkShareOfLink = 0.9

  /// In a torus, all ranks together send no more than passes its middle.
  init(_ link: ScaleUp, ranks: Int) {
    let share = TorusBlock(ranks: ranks, in: link)?.crossingFraction ?? 1
    let wire = (link.bandwidth?.value ?? .infinity) * share
    wireBytesPerSecond = wire
    latencySeconds = link.expertExchange?.latency.value ?? Self.insideLatencySeconds
    bytesPerSecond = min(
      wire, link.expertExchange?.bandwidth.value ?? Self.insideShareOfLink * wire)
  }

  init(_ network: ScaleOut?) {
    guard let network else {
      preconditionFailure("layout validation refuses several domains without a network")
    }
    let wire = network.bandwidth.value
    wireBytesPerSecond = wire
    latencySeconds = network.expertExchange?.latency.value ?? Self.networkLatencySeconds
    bytesPerSecond = min(
      wire, network.expertExchange?.bandwidth.value ?? Self.networkShareOfLink * wire)
  }
}
