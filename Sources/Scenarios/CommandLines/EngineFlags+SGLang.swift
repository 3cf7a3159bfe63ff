/// Options of `python -m sglang.launch_server`.
///
/// Source: SGLang 0.5.23, python/sglang/srt/arg_groups/fields and srt/server_args.py; options of
/// older releases stand beside them.
enum SGLangFlags {
  static let all: [EngineFlag] = settings + others.flatMap { $0 }

  private static let settings: [EngineFlag] = [
    .one("model-path", "model", is: .model),
    .one("tp-size", "tensor-parallel-size", "tp", is: .layout(.tensor)),
    .one("pp-size", "pipeline-parallel-size", "pp", is: .layout(.pipeline)),
    .one("dp-size", "data-parallel-size", "dp", is: .layout(.data)),
    .one("ep-size", "expert-parallel-size", "ep", is: .layout(.expert)),
    .bare("enable-dp-attention", is: .layout(.attention)),
    .one("attn-dp-size", "attention-data-parallel-size", is: .layout(.attentionGroups)),
    .bare("enable-ep-moe", "enable-deepep-moe", is: .layout(.wholeExperts)),
    .one("dcp-size", "decode-context-parallel-size", is: .sets("parallelism.context")),
    .one("speculative-algorithm", "speculative-algo", is: .guesses(.method)),
    .one("speculative-draft-model-path", "speculative-draft-model", is: .guesses(.model)),
    .one("speculative-num-steps", is: .guesses(.guesses)),
    .one("speculative-eagle-topk", is: .guesses(.branches)),
    .one("speculative-num-draft-tokens", is: .guesses(.verified)),
    .one("context-length", is: .count("maximum_context")),
    .one("max-running-requests", is: .shared("scheduler.maximum_sequences")),
    .one("chunked-prefill-size", is: .shared("scheduler.token_budget")),
    .bare("enable-mixed-chunk", is: .puts("scheduler.policy", "chunked-prefill")),
    .one("mem-fraction-static", is: .sets("memory.usable_fraction")),
    .one("max-total-tokens", is: .count("memory.tokens")),
    .one("page-size", is: .sets("memory.block_tokens")),
    .one("kv-cache-dtype", is: .word("quantization.kv_cache", VLLMFlags.keyValueFormats)),
    .one("quantization", is: .weights(weightFormats)),
    .one("dtype", is: .word("quantization.weights", VLLMFlags.types)),
    .bare("disable-radix-cache", is: .puts("prefix_cache", "false")),
    .bare("disable-overlap-schedule", is: .puts("scheduler.plan_ahead", "false")),
    .bare("enable-two-batch-overlap", is: .puts("scheduler.overlap_batches", "true")),
    .one("ep-num-redundant-experts", is: .sets("parallelism.redundant_experts")),
    .one("hicache-size", is: .hostMemory(unit: "GB", ofEachRank: true)),
    .one("cuda-graph-max-bs", "cuda-graph-max-bs-decode", is: .count("scheduler.captured_to")),
    .many("cuda-graph-bs", "cuda-graph-bs-decode", is: .largest("scheduler.captured_to")),
    .bare("disable-cuda-graph", is: .unmodelled(EngineFlag.eager)),
    .one(
      "moe-a2a-backend",
      is: .word(
        "parallelism.expert",
        [
          "none": "", "deepep": "all", "deepep_v2": "all", "mooncake": "all", "nixl": "all",
          "mori": "all", "pplx": "all", "megamoe": "all",
        ])),
    .one("load-balance-method", is: .word("routing", balancing)),
    .bare("enable-lora", is: .adapters(.used)),
    .one("max-loras-per-batch", is: .adapters(.most)),
    .one("max-lora-rank", is: .adapters(.rank)),
    .many("lora-paths", is: .adapters(.names)),
    .one("config", is: .file),
  ]

  /// Between the replicas that one server starts, words of older releases included.
  private static let balancing = [
    "auto": "", "follow_bootstrap_room": "", "round_robin": "round-robin",
    "total_requests": "least-requests", "shortest_queue": "least-requests",
    "total_tokens": "least-tokens", "minimum_tokens": "least-tokens",
  ]

  static let weightFormats: [String: String] = VLLMFlags.weightFormats.merging(
    [
      "w8a8_int8": "int8", "w8a8_fp8": "fp8", "modelopt_fp8": "", "nvfp4_online": "nvfp4",
      "quark_mxfp4": "mxfp4", "unquant": "bf16",
    ]
  ) { $1 }
}
