internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts

extension TimingReader {
  private static let formats: [(word: String, value: (KernelArithmetic, WeightFormat))] = [
    ("bfloat16", (.bf16, .bf16)), ("fp8", (.fp8, .fp8)), ("fp8_block", (.fp8Block, .fp8Block)),
    ("nvfp4", (.fp4, .nvfp4)), ("w4a16_mxfp4", (.w4a16MX, .mxfp4)),
    ("int4_wo", (.w4a16, .int4)),
    ("w4a8_mxfp4_mxfp8", (.w4a8, .mxfp4)),
  ]

  /// The gated experts of one layer on one rank, dispatch and combine apart. `num_tokens` enter the
  /// whole group and are spread evenly:
  ///
  ///     pairs = tokens k / e          distinct = min( experts / e, max(1, pairs) )
  ///
  /// - k: experts of a token      - e: ranks that whole experts are spread over
  ///
  /// Kernels that do a whole layer's experts in one are for tokens that are on the rank, and
  /// engines take them where experts are cut over tensor ranks: vLLM's rows and TensorRT-LLM's
  /// (`min_latency`) are of a class of their own. Where whole experts are timed TensorRT-LLM's
  /// reads fewer of them than the rows say.
  ///
  /// A rank that is timed has at least one expert to compute. Check: 64 tokens, k = 8, 256 experts
  /// over 32 ranks: 16 pairs on 8 experts (`ExpertTimingTests.pairsAreSpreadEvenly`).
  func experts(_ row: CSVTable.Row, _ timings: inout Timings) {
    let origin = origin(row)
    let (kernel, weights) = reader.choice("moe_dtype", row, Self.formats)
    let experts = MixtureOfExperts(
      experts: count("num_experts", row), topK: count("topk", row),
      inner: count("inter_size", row))
    let spread = Double(count("moe_ep_size", row))
    let (hidden, cut) = (count("hidden_size", row), count("moe_tp_size", row))
    let pairs = Double(count("num_tokens", row) * experts.topK) / spread
    let seconds = milliseconds("latency_ms", row)
    guard reader.text("distribution", row) == "balanced" else {
      return Self.unused(origin, "moe of tokens that are not spread evenly", &timings)
    }
    let isWhole = origin.kernelSource.hasSuffix("min_latency")
    let isFused = isWhole || origin.kernelSource.hasPrefix("vllm")
    guard !isWhole || cut > 1 else {
      return Self.unused(origin, "moe_fused of experts that are not cut over ranks", &timings)
    }
    timings.kernels.append(
      KernelTiming(
        origin: origin,
        kernel: .experts(
          kernel, weights: weights, experts: experts, hidden: hidden, ranks: cut, pairs: pairs,
          distinct: min(Double(experts.experts) / spread, max(1, pairs)), isFused: isFused),
        seconds: seconds))
  }
}
