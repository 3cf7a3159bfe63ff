internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts

extension TimingReader {
  private static let caches: [(word: String, value: KeyValueFormat)] = [
    ("bfloat16", .bf16), ("fp8", .fp8),
  ]

  /// One layer's attention over keys and values of its own: of a batch of whole prompts, or of one
  /// token a sequence over its context.
  ///
  /// Efficiencies are keyed by the format of the cache. A prompt over an fp8 cache is taken where
  /// the arithmetic is fp8 too, since that is what engines with such a cache run; in decode the
  /// bytes decide, whatever the arithmetic.
  func attention(_ row: CSVTable.Row, isPrefill: Bool, _ timings: inout Timings) {
    let origin = origin(row)
    let cache = reader.choice("kv_cache_dtype", row, Self.caches)
    let arithmetic = reader.choice("attn_dtype", row, Self.caches)
    let attention = Attention(
      heads: count("num_heads", row), keyValueHeads: count("num_key_value_heads", row),
      headDimension: count("head_dim", row))
    let batch = count("batch_size", row)
    let tokens = count(isPrefill ? "isl" : "kv_len", row)
    let seconds = milliseconds("latency_ms", row)
    guard !isPrefill || arithmetic == cache else {
      return Self.unused(
        origin, "attention_prefill of \(arithmetic.rawValue) over a cache in \(cache.rawValue)",
        &timings)
    }
    timings.kernels.append(
      KernelTiming(
        origin: origin,
        kernel: isPrefill
          ? .prefill(attention, cache: cache, batch: batch, tokens: tokens)
          : .decode(attention, cache: cache, batch: batch, context: tokens),
        seconds: seconds))
  }

  /// Latent attention with the dimensions of DeepSeek-V3, which the tables leave out: a latent of
  /// 512 with 64 rotary values, heads of 128 + 64 for queries and keys and 128 for values.
  /// Source: DeepSeek-V3 report, arXiv:2412.19437, section 4.2.
  ///
  /// Rows of whole modules have projections inside and are left to `gemm`.
  func latentAttention(_ row: CSVTable.Row, isPrefill: Bool, _ timings: inout Timings) {
    let origin = origin(row)
    let cache = reader.choice("kv_cache_dtype", row, Self.caches)
    let attention = LatentAttention(
      heads: count("num_heads", row), queryRank: nil, keyValueRank: 512, ropeDimension: 64,
      nopeDimension: 128, valueDimension: 128)
    let batch = count("batch_size", row)
    let tokens = count(isPrefill ? "isl" : "kv_len", row)
    let seconds = milliseconds("latency_ms", row)
    guard reader.text("kind", row) == "kernel" else {
      let operation = isPrefill ? OperatorClass.mlaPrefill : .mlaDecode
      return Self.unused(origin, "\(operation.rawValue) with its projections", &timings)
    }
    timings.kernels.append(
      KernelTiming(
        origin: origin,
        kernel: isPrefill
          ? .prefill(attention, cache: cache, batch: batch, tokens: tokens)
          : .decode(attention, cache: cache, batch: batch, context: tokens),
        seconds: seconds))
  }
}
