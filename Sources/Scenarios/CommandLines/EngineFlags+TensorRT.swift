/// Options of `trtllm-serve`, and keys of the file that `--config` names, joined by `-`.
///
/// Source: TensorRT-LLM, tensorrt_llm/commands/serve.py and tensorrt_llm/llmapi/llm_args.py.
enum TensorRTFlags {
  static let all: [EngineFlag] = settings + others.flatMap { $0 }

  private static let settings: [EngineFlag] = [
    .one("model", is: .model),
    .one("tp-size", "tensor-parallel-size", is: .layout(.tensor)),
    .one("pp-size", "pipeline-parallel-size", is: .layout(.pipeline)),
    .one("ep-size", "moe-expert-parallel-size", is: .layout(.expert)),
    .one("enable-attention-dp", is: .layout(.attention)),
    .one("max-batch-size", is: .count("scheduler.maximum_sequences")),
    .one("max-num-tokens", is: .count("scheduler.token_budget")),
    .one("max-seq-len", is: .count("maximum_context")),
    .one(
      "kv-cache-free-gpu-memory-fraction", "free-gpu-memory-fraction",
      "kv-cache-config-free-gpu-memory-fraction", is: .sets("memory.usable_fraction")),
    .one(
      "kv-cache-dtype", "kv-cache-config-dtype",
      is: .word("quantization.kv_cache", VLLMFlags.keyValueFormats)),
    .one("kv-cache-config-tokens-per-block", is: .sets("memory.block_tokens")),
    .one("kv-cache-config-enable-block-reuse", is: .sets("prefix_cache")),
    .one(
      "kv-cache-config-host-cache-size",
      is: .unmodelled(
        "of a whole replica: `--set prefix_cache.host_memory='500 GB'`")),
    .bare(
      "enable-chunked-prefill", "enable-chunked-context",
      is: .puts("scheduler.policy", "chunked-prefill")),
    .one("config", "extra-llm-api-options", is: .file),
    .one(
      "scheduler-policy", "scheduler-config-capacity-scheduler-policy",
      is: .word(
        "scheduler.reserved_answer_share",
        [
          "max_utilization": "0", "MAX_UTILIZATION": "0", "guaranteed_no_evict": "1",
          "GUARANTEED_NO_EVICT": "1",
        ])),
    .one("dtype", is: .word("quantization.weights", VLLMFlags.types)),
    .one(
      "disable-overlap-scheduler",
      is: .word("scheduler.plan_ahead", ["true": "false", "false": "true"])),
  ]

  private static let others: [[EngineFlag]] = [
    EngineFlag.unmodelled(
      [
        "speculative-config-decoding-type", "speculative-config-num-nextn-predict-layers",
        "speculative-config-max-draft-len",
      ], .one, EngineFlag.guesses),
    EngineFlag.unmodelled(
      [
        "cuda-graph-config-enable-padding", "cuda-graph-config-max-batch-size",
        "cuda-graph-config-batch-sizes",
      ], .one, EngineFlag.captures),
    EngineFlag.unmodelled(
      ["moe-config-backend", "attn-backend", "enable-autotuner", "allreduce-strategy"], .one,
      EngineFlag.kernels),
    EngineFlag.unmodelled(
      ["max-beam-width"], .one, "an answer has one beam"),
    EngineFlag.idle(
      ["trust-remote-code", "fail-fast-on-attention-window-too-large"], words: .none),
    EngineFlag.idle(
      [
        "host", "port", "backend", "tokenizer", "reasoning-parser", "tool-parser", "log-level",
        "gpus-per-node", "num-postprocess-workers", "metadata-server-config-file", "server-role",
        "api-key", "stream-interval", "print-iter-log", "served-model-name", "custom-tokenizer",
        "cluster-size",
      ], words: .one),
  ]
}
