/// The columns of a file of measured points; an empty cell is unknown.
/// What each means is in `measurements/serving/README.md`.
enum PointColumns {
  /// Those that a file must have.
  static let names: [String] =
    [
      "id", "family", "source", "date", "hardware", "gpus", "model", "weights", "kv", "engine",
      "engine_version", "mode",
    ] + layout + [
      "isl", "osl", "lengths", "load", "concurrency", "rate", "requests", "speculative",
    ] + Metric.required.map(\.rawValue) + ["grade"]

  /// How workers divide the model, and how many there are.
  static let layout = [
    "tp", "pp", "ep", "attention_dp", "prefill_workers", "prefill_tp", "prefill_ep",
    "prefill_attention_dp", "decode_workers", "decode_tp", "decode_ep", "decode_attention_dp",
  ]

  // What a measured system can be: far beyond any, so that a slip is found where it stands and
  // products of the numbers stay far from overflowing.
  static let tokens = 1...10_000_000
  static let clients = 1...1_000_000
  static let requests = 1...1_000_000
  static let workers = 1...1_024
  static let ranks = 1...4_096
  static let accelerators = 1...1_000_000
}
