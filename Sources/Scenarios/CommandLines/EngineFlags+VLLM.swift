/// Options of `vllm serve`.
///
/// Source: vLLM, vllm/engine/arg_utils.py and vllm/entrypoints/openai/cli_args.py.
enum VLLMFlags {
  static let all: [EngineFlag] = settings + others.flatMap { $0 }

  private static let settings: [EngineFlag] = [
    .one("model", is: .model),
    .one("tensor-parallel-size", "tp", is: .layout(.tensor)),
    .one("pipeline-parallel-size", "pp", is: .layout(.pipeline)),
    .one("data-parallel-size", "dp", is: .layout(.data)),
    .bare("enable-expert-parallel", "ep", is: .layout(.wholeExperts)),
    .one("decode-context-parallel-size", "dcp", is: .sets("parallelism.context")),
    .one("max-model-len", is: .count("maximum_context")),
    .one("max-num-seqs", is: .count("scheduler.maximum_sequences")),
    .one("max-num-batched-tokens", is: .count("scheduler.token_budget")),
    .one("gpu-memory-utilization", is: .sets("memory.usable_fraction")),
    .one("block-size", is: .sets("memory.block_tokens")),
    .one("kv-cache-dtype", is: .word("quantization.kv_cache", keyValueFormats)),
    .one("quantization", "q", is: .word("quantization.weights", weightFormats)),
    .one("dtype", is: .word("quantization.weights", types)),
    .bare("enable-prefix-caching", is: .puts("prefix_cache", "true")),
    .bare("no-enable-prefix-caching", is: .puts("prefix_cache", "false")),
    .bare("enable-chunked-prefill", is: .puts("scheduler.policy", "chunked-prefill")),
    .bare("no-enable-chunked-prefill", is: .puts("scheduler.policy", "whole-prompts")),
    .bare("async-scheduling", is: .puts("scheduler.plan_ahead", "true")),
    .bare("no-async-scheduling", is: .puts("scheduler.plan_ahead", "false")),
    .bare("enable-dbo", is: .puts("scheduler.overlap_batches", "true")),
    .one("num-redundant-experts", is: .sets("parallelism.redundant_experts")),
    .one("kv-offloading-size", is: .hostMemory(unit: "GiB", ofEachRank: false)),
    .bare("enforce-eager", is: .unmodelled(EngineFlag.eager)),
  ]

  private static let others: [[EngineFlag]] = [
    EngineFlag.unmodelled(
      ["speculative-config", "spec-method", "spec-tokens", "sc"], .one, EngineFlag.guesses),
    EngineFlag.unmodelled(
      [
        "compilation-config", "cuda-graph-sizes", "cudagraph-capture-sizes", "o",
        "max-cudagraph-capture-size",
      ], .one, EngineFlag.captures),
    EngineFlag.unmodelled(["enable-lora"], .none, EngineFlag.adapters),
    EngineFlag.unmodelled(
      ["max-loras", "max-lora-rank", "max-cpu-loras"], .one, EngineFlag.adapters),
    EngineFlag.unmodelled(["lora-modules"], .many, EngineFlag.adapters),
    EngineFlag.unmodelled(
      [
        "limit-mm-per-prompt", "mm-processor-kwargs", "mm-encoder-tp-mode",
        "mm-processor-cache-gb", "mm-processor-cache-type", "allowed-local-media-path",
      ], .one,
      EngineFlag.media),
    EngineFlag.unmodelled(["cpu-offload-gb", "swap-space"], .one, EngineFlag.copies),
    EngineFlag.unmodelled(
      ["kv-transfer-config"], .one, EngineFlag.apart),
    EngineFlag.unmodelled(
      ["hf-overrides", "rope-scaling", "rope-theta"], .one, "the model is as its config says it"),
    EngineFlag.unmodelled(
      ["num-gpu-blocks-override", "kv-cache-memory-bytes"], .one,
      "the size of the cache follows from the memory: `--set memory.usable_fraction=...`"),
    EngineFlag.unmodelled(
      [
        "scheduling-policy", "max-num-partial-prefills", "max-long-partial-prefills",
        "long-prefill-token-threshold",
      ], .one, "requests are taken in the order they come"),
    EngineFlag.unmodelled(
      ["attention-backend", "all2all-backend", "moe-backend"], .one, EngineFlag.kernels),
    EngineFlag.unmodelled(
      ["enable-eplb"], .none, EngineFlag.balancing),
    EngineFlag.unmodelled(
      ["eplb-config"], .one, EngineFlag.balancing),
    EngineFlag.idle(
      [
        "trust-remote-code", "enable-auto-tool-choice", "disable-log-requests",
        "no-enable-log-requests", "enable-log-requests", "disable-log-stats",
        "disable-uvicorn-access-log", "headless", "data-parallel-hybrid-lb",
        "data-parallel-external-lb", "disable-custom-all-reduce", "return-tokens-as-token-ids",
        "language-model-only", "enable-server-load-tracking", "enable-request-id-headers",
        "skip-mm-profiling", "disable-frontend-multiprocessing", "enable-prompt-tokens-details",
        "enable-reasoning", "disable-access-log-for-endpoints",
      ], words: .none),
    EngineFlag.idle(
      [
        "host", "port", "api-key", "tokenizer", "tokenizer-mode", "chat-template", "seed",
        "chat-template-content-format", "tool-call-parser", "reasoning-parser", "uvicorn-log-level",
        "distributed-executor-backend", "load-format", "download-dir", "revision", "config-format",
        "data-parallel-address", "data-parallel-rpc-port", "data-parallel-size-local",
        "data-parallel-start-rank", "data-parallel-backend", "api-server-count", "stream-interval",
        "generation-config", "override-generation-config", "guided-decoding-backend",
        "structured-outputs-config", "tool-parser-plugin", "response-role", "nnodes", "node-rank",
        "master-addr", "master-port", "max-logprobs", "root-path", "ssl-keyfile", "ssl-certfile",
        "default-chat-template-kwargs", "max-parallel-loading-workers", "runner", "task",
        "model-loader-extra-config", "additional-config", "prefix-caching-hash-algo",
      ], words: .one),
    EngineFlag.idle(
      ["served-model-name", "allowed-origins", "allowed-methods", "middleware"], words: .many),
  ]

  static let keyValueFormats: [String: String] = [
    "auto": "", "fp8": "fp8", "fp8_e4m3": "fp8", "fp8_e5m2": "fp8", "fp8_inc": "fp8",
    "fp8_ds_mla": "fp8", "bfloat16": "bf16", "bf16": "bf16", "float16": "bf16",
  ]

  /// What names how a checkpoint was made leaves the format to the checkpoint.
  static let weightFormats: [String: String] = [
    "fp8": "fp8", "mxfp4": "mxfp4", "experts_int8": "int8", "awq": "", "gptq": "",
    "awq_marlin": "", "gptq_marlin": "", "compressed-tensors": "",
    "modelopt": "", "modelopt_fp4": "", "fbgemm_fp8": "",
    "quark": "", "auto-round": "", "None": "", "none": "",
  ]

  static let types: [String: String] = [
    "auto": "", "bfloat16": "", "float16": "", "half": "",
  ]
}
