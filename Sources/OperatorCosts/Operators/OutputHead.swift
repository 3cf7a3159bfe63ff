internal import Hardware
internal import ModelArchitecture

/// From the last hidden vectors to sampled tokens: head matrix, gather of the logits, sampler.
///
///     head:     2 s d V / p FLOPs
///     gather:   s V · 2 bytes on every rank
///     sampler:  3 s V · 4 bytes
///
/// - s: sequences whose next token is drawn      - d, V, p: hidden width, vocabulary, ranks
///
/// The head is 16-bit in every format the engines serve, unless its checkpoint has it in another:
/// b bytes a weight in the place of 2. The sampler reads fp32 logits for penalties and temperature,
/// softmax, and the draw.
struct OutputHead: Sendable {
  let vocabulary: Double
  let hidden: Double
  let ranks: Int
  private let arithmetic: ResolvedArithmetic?

  /// - Parameter arithmetic: of a head that is not in 16 bits.
  init(_ architecture: Architecture, ranks: Int, arithmetic: ResolvedArithmetic? = nil) {
    self.arithmetic = arithmetic
    vocabulary = Double(architecture.vocabularySize)
    hidden = Double(architecture.hiddenSize)
    self.ranks = ranks
  }

  func costs(sampled: Double, allGather: AllGather?, on roofline: Roofline) -> [OperatorCost] {
    guard sampled > 0 else { return [] }
    let slice = vocabulary / Double(ranks)
    let weight = arithmetic?.bytesPerWeight ?? 2
    let input = arithmetic?.bytesPerActivation ?? 2
    let multiply = roofline.cost(
      "output_head", .gemm, arithmetic?.kernel ?? .bf16, flops: 2 * sampled * slice * hidden,
      bytes: slice * hidden * weight + sampled * (hidden * input + slice * 2), depth: hidden,
      elements: sampled * hidden)
    let sampler = roofline.cost(
      "sampler", .elementwise, .bf16, flops: 0, bytes: 3 * sampled * vocabulary * 4)
    guard let allGather else { return [multiply, sampler] }
    let gather = allGather.cost("gather_logits", bytes: sampled * vocabulary * 2)
    return [multiply, gather, sampler]
  }
}
