/// Options that NVIDIA Dynamo's workers, `python -m dynamo.vllm` and `dynamo.sglang`, have beside
/// those of their engine.
///
/// Source: ai-dynamo/dynamo 1.6, the groups of arguments of its backends.
enum DynamoFlags {
  static let all: [EngineFlag] = [
    EngineFlag.unmodelled(
      EngineFlag.apart, .one, "disaggregation-mode disaggregation-transfer-backend connector"),
    EngineFlag.unmodelled(
      EngineFlag.apart, .none, "is-prefill-worker is-decode-worker route-to-encoder"),
    EngineFlag.idle(
      .one,
      """
      dyn-tool-call-parser dyn-reasoning-parser migration-limit endpoint namespace store-kv
      request-plane event-plane custom-jinja-template dyn-endpoint-types
      """),
    EngineFlag.idle(.none, "enable-local-indexer durable-kv-events use-sglang-tokenizer"),
    EngineFlag.unmodelled(EngineFlag.media, .none, "enable-multimodal multimodal-worker"),
  ].flatMap { $0 }

  /// The options of an engine, and of these those that it has not.
  static func beside(_ flags: [EngineFlag]) -> [EngineFlag] {
    let known = Set(flags.flatMap(\.names))
    return flags + all.filter { known.isDisjoint(with: $0.names) }
  }
}
