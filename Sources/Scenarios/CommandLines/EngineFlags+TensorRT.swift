/// Options of `trtllm-serve`, and keys of the file that `--config` names, joined by `-`.
///
/// Source: TensorRT-LLM, tensorrt_llm/commands/serve.py, commands/common_llm_options.py and
/// llmapi/llm_args.py.
enum TensorRTFlags {
  static let all: [EngineFlag] = settings + others.flatMap { $0 }

  private static let settings: [EngineFlag] = [
    .one("model", is: .model),
    .one("tp-size", "tp", "tensor-parallel-size", is: .layout(.tensor)),
    .one("pp-size", "pp", "pipeline-parallel-size", is: .layout(.pipeline)),
    .one("ep-size", "ep", "moe-expert-parallel-size", is: .layout(.expert)),
    .one("enable-attention-dp", is: .layout(.attention)),
    .one("max-batch-size", is: .count("scheduler.maximum_sequences")),
    .one("max-num-tokens", is: .count("scheduler.token_budget")),
    .one("max-seq-len", is: .count("maximum_context")),
    .one(
      "kv-cache-free-gpu-memory-fraction", "kv-cache-free-gpu-mem-fraction",
      "free-gpu-memory-fraction", "kv-cache-config-free-gpu-memory-fraction",
      is: .sets("memory.usable_fraction")),
    .one(
      "kv-cache-dtype", "kv-cache-config-dtype",
      is: .word("quantization.kv_cache", VLLMFlags.keyValueFormats)),
    .one("kv-cache-config-tokens-per-block", is: .sets("memory.block_tokens")),
    .one("kv-cache-config-max-tokens", is: .count("memory.tokens")),
    .one("kv-cache-config-enable-block-reuse", is: .sets("prefix_cache")),
    .bare("disable-kv-cache-reuse", is: .puts("prefix_cache", "false")),
    .one(
      "kv-cache-config-host-cache-size",
      is: .unmodelled("of a whole replica: `--set prefix_cache.host_memory='500 GB'`")),
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
    .one("cuda-graph-config-max-batch-size", is: .count("scheduler.captured_to")),
    .many("cuda-graph-config-batch-sizes", is: .largest("scheduler.captured_to")),
    .one("speculative-config-decoding-type", is: .guesses(.method)),
    .one(
      "speculative-config-max-draft-len", "speculative-config-num-nextn-predict-layers",
      is: .guesses(.guesses)),
    .one(
      "speculative-config-speculative-model", "speculative-config-speculative-model-dir",
      is: .guesses(.model)),
    .one("enable-lora", is: .adapters(.used)),
    .one("lora-config-max-loras", is: .adapters(.most)),
    .one("lora-config-max-lora-rank", is: .adapters(.rank)),
    .many("lora-config-lora-dir", is: .adapters(.names)),
  ]

  private static let others: [[EngineFlag]] = [
    nested(EngineFlag.guesses, "speculative-config"),
    nested(EngineFlag.captures, "cuda-graph-config torch-compile-config"),
    nested(
      EngineFlag.kernels,
      """
      moe-config nvfp4-gemm-config fp8-gemm-config extended-runtime-perf-knob-config
      sparse-attention-config
      """),
    nested(EngineFlag.balancing, "moe-config-load-balancer"),
    nested("attention ranks take requests as `routing` says it", "attention-dp-config"),
    nested("the scheduler is as its profile says", "scheduler-config"),
    nested(EngineFlag.apart, "cache-transceiver-config disagg-cluster"),
    nested(EngineFlag.adapters, "lora-config peft-cache-config"),
    nested("the cache is as `memory` and `prefix_cache` say it", "kv-cache-config"),
    nested(EngineFlag.formats, "quant-config calib-config"),
    nested(EngineFlag.asConfigured, "model-kwargs"),
    nested(EngineFlag.split, "cp-config"),
    EngineFlag.unmodelled(EngineFlag.split, .one, "context-parallel-size cp-size"),
    EngineFlag.unmodelled(
      "experts and their slices are divided as `parallelism.expert` says it", .one,
      "moe-tensor-parallel-size moe-cluster-parallel-size cluster-size"),
    EngineFlag.unmodelled(
      "prompts that wait for others: `--set scheduler.gather_prompts='{tokens: 4096, steps: 8}'`",
      .one, "batch-wait-timeout-ms batch-wait-timeout-iters batch-wait-max-tokens-ratio"),
    EngineFlag.unmodelled(
      EngineFlag.kernels, .one,
      """
      attn-backend enable-autotuner allreduce-strategy sampler-type enable-lm-head-tp-in-adp
      enable-min-latency pp-partition use-torch-sampler
      """),
    EngineFlag.unmodelled("an answer has one beam", .one, "max-beam-width"),
    EngineFlag.unmodelled(
      "lengths are those of the workload and `maximum_context`", .one, "max-input-len"),
    EngineFlag.unmodelled(EngineFlag.media, .one, "media-io-kwargs"),
    EngineFlag.unmodelled(EngineFlag.apart, .one, "server-role disagg-cluster-uri"),
    EngineFlag.idle(
      .none, "trust-remote-code fail-fast-on-attention-window-too-large skip-tokenizer-init"),
    EngineFlag.idle(
      .one,
      """
      host port backend tokenizer reasoning-parser tool-parser log-level gpus-per-node
      num-postprocess-workers metadata-server-config-file api-key stream-interval print-iter-log
      served-model-name custom-tokenizer custom-module-dirs revision tokenizer-revision
      tokenizer-mode otlp-traces-endpoint chat-template load-format guided-decoding-backend
      iter-stats-max-iterations request-stats-max-iterations gather-generation-logits
      postprocess-tokenizer-dir return-perf-metrics perf-metrics-max-requests orchestrator-type
      garbage-collection-gen0-threshold enable-iter-perf-stats enable-iter-req-stats
      enable-layerwise-nvtx-marker sampler-force-async-worker
      """),
  ]

  private static func nested(_ reason: String, _ names: String) -> [EngineFlag] {
    names.split(whereSeparator: \.isWhitespace).map { .one(String($0), is: .nested(reason)) }
  }
}
