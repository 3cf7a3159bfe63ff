internal import Hardware
internal import ModelArchitecture

/// The state update of one recurrent layer (gated delta rule, Mamba, lightning attention).
///
///     decode:   flops = B · f          bytes = 2 · B · s
///     verify:   flops = B · q · f      bytes = (q + 3) · B · s
///     prefill:  flops = n · f          bytes = 2 · s + 2 · n · i          depth = n
///
/// - B: sequences, each reading and writing its state once      - n: tokens of the chunk
/// - q: tokens of a sequence that are verified together. Nobody knows which is the last right one
///   until all are computed, so the state after each is written, and the one that holds is read and
///   written once more to where the next step looks for it
/// - f [FLOP]: recurrence of one token     - s [B]: state of one sequence, on this rank
/// - i [B]: what the projections write and the output projection reads for one token, 16-bit; once
///   through the convolution and once through the recurrence
///
/// The state does not grow, so there is no slope in the context. The prefill kernels work in chunks
/// of tokens with the state kept on chip, and each chunk waits for the state that the one before
/// leaves: n is the depth of the class `recurrence` (`Roofline`), some 25 to 45 ns a token however
/// few heads a rank has.
/// Source: derived; of verified tokens SGLang, `hybrid_linear_attn_backend.py`: the scratch
/// `intermediate_ssm` and `update_mamba_state_after_mtp_verify`.
/// Check: Qwen3.5-27B layer on one rank: s = 3,207,168 B, 64 sequences move 410.5 MB, and 1,436.8
/// where each verifies 4 tokens (`recurrentStateWorkedExample`).
struct RecurrentKernel: Sendable {
  static let decodeClass = OperatorClass.elementwise
  static let prefillClass = OperatorClass.recurrence

  let stateBytes: Double
  let flopsPerToken: Double
  let inputBytes: Double

  init(_ mixer: RecurrentMixer, hidden: Int, ranks: Int) {
    let layer = mixer.layer
    stateBytes = Double(layer.stateBytesPerSequence) / Double(ranks)
    flopsPerToken = Double(layer.recurrenceFLOPsPerToken) / Double(ranks)
    let projections = layer.projections(hiddenSize: hidden)
    let elements = projections.reduce(0) { $0 + ($1.name == "output" ? $1.inputs : $1.outputs) }
    inputBytes = Double(elements) * 2 / Double(ranks)
  }

  /// - Parameter queries: tokens of a sequence, which share the reading of its state.
  func decodeCost(
    sequences: Double, on roofline: Roofline, queries: DecodeQueries = DecodeQueries()
  ) -> OperatorCost {
    let moved = queries.tokens > 1 ? queries.tokens + 3 : 2
    return roofline.cost(
      "decode_recurrence", Self.decodeClass, .bf16,
      flops: sequences * Double(queries.tokens) * flopsPerToken,
      bytes: Double(moved) * sequences * stateBytes)
  }

  func prefillCost(new: Int, on roofline: Roofline) -> OperatorCost {
    let rate = roofline.rate(Self.prefillClass, .bf16)
    return OperatorCost("prefill_recurrence", prefillWork(new: new, at: rate))
  }

  func prefillWork(new: Int, at rate: KernelRate) -> KernelWork {
    rate.work(
      flops: Double(new) * flopsPerToken, bytes: 2 * stateBytes + 2 * Double(new) * inputBytes,
      depth: Double(new))
  }
}
