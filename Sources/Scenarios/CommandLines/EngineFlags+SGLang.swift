/// Options of `python -m sglang.launch_server`.
///
/// Source: SGLang, python/sglang/srt/server_args.py.
enum SGLangFlags {
  static let all: [EngineFlag] = settings + others.flatMap { $0 }

  private static let settings: [EngineFlag] = [
    .one("model-path", "model", is: .model),
    .one("tp-size", "tensor-parallel-size", "tp", is: .layout(.tensor)),
    .one("pp-size", "pipeline-parallel-size", "pp", is: .layout(.pipeline)),
    .one("dp-size", "data-parallel-size", "dp", is: .layout(.data)),
    .one("ep-size", "expert-parallel-size", "ep", is: .layout(.expert)),
    .bare("enable-dp-attention", is: .layout(.attention)),
    .bare("enable-ep-moe", "enable-deepep-moe", is: .layout(.wholeExperts)),
    .one("dcp-size", is: .sets("parallelism.context")),
    .one("context-length", is: .count("maximum_context")),
    .one("max-running-requests", is: .shared("scheduler.maximum_sequences")),
    .one("chunked-prefill-size", is: .shared("scheduler.token_budget")),
    .bare("enable-mixed-chunk", is: .puts("scheduler.policy", "chunked-prefill")),
    .one("mem-fraction-static", is: .sets("memory.usable_fraction")),
    .one("page-size", is: .sets("memory.block_tokens")),
    .one(
      "kv-cache-dtype", is: .word("quantization.kv_cache", VLLMFlags.keyValueFormats)),
    .one("quantization", is: .word("quantization.weights", weightFormats)),
    .one("dtype", is: .word("quantization.weights", VLLMFlags.types)),
    .bare("disable-radix-cache", is: .puts("prefix_cache", "false")),
    .bare("disable-overlap-schedule", is: .puts("scheduler.plan_ahead", "false")),
    .bare("enable-two-batch-overlap", is: .puts("scheduler.overlap_batches", "true")),
    .one("ep-num-redundant-experts", is: .sets("parallelism.redundant_experts")),
    .one("hicache-size", is: .hostMemory(unit: "GB", ofEachRank: true)),
    .bare(
      "disable-cuda-graph", is: .unmodelled(EngineFlag.eager)),
    .one(
      "moe-a2a-backend",
      is: .word("parallelism.expert", ["none": "", "deepep": "all", "mooncake": "all"])),
  ]

  private static let others: [[EngineFlag]] = [
    EngineFlag.unmodelled(
      [
        "speculative-algorithm", "speculative-num-steps", "speculative-eagle-topk",
        "speculative-num-draft-tokens", "speculative-draft-model-path", "speculative-algo",
      ], .one,
      EngineFlag.guesses),
    EngineFlag.unmodelled(
      ["cuda-graph-max-bs", "piecewise-cuda-graph-max-tokens"], .one, EngineFlag.captures),
    EngineFlag.unmodelled(["cuda-graph-bs", "moe-dense-tp-size"], .many, EngineFlag.captures),
    EngineFlag.unmodelled(["enable-lora"], .none, EngineFlag.adapters),
    EngineFlag.unmodelled(
      ["max-loras-per-batch", "max-lora-rank"], .one, EngineFlag.adapters),
    EngineFlag.unmodelled(["lora-paths"], .many, EngineFlag.adapters),
    EngineFlag.unmodelled(["enable-multimodal"], .none, EngineFlag.media),
    EngineFlag.unmodelled(["mm-attention-backend"], .one, EngineFlag.media),
    EngineFlag.unmodelled(
      ["enable-hierarchical-cache"], .none, "how large the host's cache is says `--hicache-size`"),
    EngineFlag.unmodelled(
      ["hicache-ratio"], .one, "in bytes: `--set prefix_cache.host_memory='500 GB'`"),
    EngineFlag.unmodelled(["cpu-offload-gb"], .one, EngineFlag.copies),
    EngineFlag.unmodelled(
      [
        "disaggregation-mode", "disaggregation-transfer-backend", "disaggregation-ib-device",
        "disaggregation-bootstrap-port",
      ], .one,
      EngineFlag.apart),
    EngineFlag.unmodelled(
      [
        "attention-backend", "prefill-attention-backend", "decode-attention-backend",
        "moe-runner-backend", "fp8-gemm-backend", "nsa-prefill-backend", "nsa-decode-backend",
        "deepep-mode", "sampling-backend",
      ], .one, EngineFlag.kernels),
    EngineFlag.unmodelled(
      [
        "enable-flashinfer-allreduce-fusion", "enable-torch-compile", "enable-dp-lm-head",
        "enable-symm-mem",
      ], .none, EngineFlag.kernels),
    EngineFlag.unmodelled(
      [
        "schedule-policy", "schedule-conservativeness", "max-prefill-tokens",
        "num-continuous-decode-steps", "max-total-tokens",
      ], .one,
      "the scheduler is as its profile says"),
    EngineFlag.unmodelled(
      ["enable-eplb"], .none, EngineFlag.balancing),
    EngineFlag.idle(
      [
        "trust-remote-code", "enable-metrics", "enable-cache-report", "log-requests",
        "skip-server-warmup", "enable-p2p-check", "disable-custom-all-reduce",
        "enable-request-time-stats-logging", "disable-shared-experts-fusion",
        "allow-auto-truncate", "skip-tokenizer-init",
      ], words: .none),
    EngineFlag.idle(
      [
        "host", "port", "api-key", "tokenizer-path", "tokenizer-mode", "chat-template",
        "served-model-name", "tool-call-parser", "reasoning-parser", "log-level", "nnodes",
        "node-rank", "dist-init-addr", "load-format", "revision", "random-seed", "watchdog-timeout",
        "load-balance-method", "stream-interval", "tokenizer-worker-num", "device", "nccl-port",
        "base-gpu-id", "download-dir", "grammar-backend", "dist-timeout",
      ], words: .one),
  ]

  static let weightFormats: [String: String] = VLLMFlags.weightFormats.merging(
    ["w8a8_int8": "int8", "w8a8_fp8": "fp8"]) { $1 }
}
