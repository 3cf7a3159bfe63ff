/// Options of `vllm serve`.
///
/// Source: vLLM 0.33, vllm/engine/arg_utils.py, vllm/config and
/// vllm/entrypoints/openai/cli_args.py; options of older releases stand beside them.
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
    .one("max-num-active-seqs", is: .atMost("scheduler.maximum_sequences")),
    .one("max-num-batched-tokens", is: .count("scheduler.token_budget")),
    .one("max-num-scheduled-tokens", is: .atMost("scheduler.token_budget")),
    .one(
      "gpu-memory-utilization", "device-memory-utilization", is: .sets("memory.usable_fraction")),
    .one("block-size", is: .sets("memory.block_tokens")),
    .one("num-gpu-blocks-override", is: .count("memory.blocks")),
    .one("kv-cache-dtype", is: .word("quantization.kv_cache", keyValueFormats)),
    .one("quantization", "q", is: .weights(weightFormats)),
    .one("dtype", is: .word("quantization.weights", types)),
    .bare("enable-prefix-caching", is: .puts("prefix_cache", "true")),
    .bare("no-enable-prefix-caching", is: .puts("prefix_cache", "false")),
    .bare("enable-chunked-prefill", is: .puts("scheduler.policy", "chunked-prefill")),
    .bare("no-enable-chunked-prefill", is: .puts("scheduler.policy", "whole-prompts")),
    .one("scheduling-policy", is: .word("scheduler.order", orders)),
    .bare("async-scheduling", is: .puts("scheduler.plan_ahead", "true")),
    .bare("no-async-scheduling", is: .puts("scheduler.plan_ahead", "false")),
    .bare("enable-dbo", is: .puts("scheduler.overlap_batches", "true")),
    .one(
      "num-redundant-experts", "eplb-config-num-redundant-experts",
      is: .sets("parallelism.redundant_experts")),
    .one("kv-offloading-size", is: .hostMemory(unit: "GiB", ofEachRank: false)),
    .one(
      "max-cudagraph-capture-size", "compilation-config-max-cudagraph-capture-size",
      "compilation-config-max-capture-size", is: .count("scheduler.captured_to")),
    .many(
      "cudagraph-capture-sizes", "cuda-graph-sizes", "compilation-config-cudagraph-capture-sizes",
      is: .largest("scheduler.captured_to")),
    .one("compilation-config", "cc", "o", is: .nested(EngineFlag.captures)),
    .one("eplb-config", is: .nested(EngineFlag.balancing)),
    .bare("enable-lora", is: .adapters(.used)),
    .one("max-loras", is: .adapters(.most)),
    .one("max-lora-rank", is: .adapters(.rank)),
    .many("lora-modules", is: .adapters(.names)),
    .one("speculative-config", "sc", is: .nested(EngineFlag.guesses)),
    .one("speculative-config-method", "spec-method", is: .guesses(.method)),
    .one("speculative-config-model", "spec-model", is: .guesses(.model)),
    .one(
      "speculative-config-num-speculative-tokens", "spec-tokens", is: .guesses(.guesses)),
    .one("config", is: .file),
  ]

  static let keyValueFormats: [String: String] = [
    "auto": "", "fp8": "fp8", "fp8_e4m3": "fp8", "fp8_e5m2": "fp8", "fp8_inc": "fp8",
    "fp8_ds_mla": "fp8", "bfloat16": "bf16", "bf16": "bf16", "float16": "bf16",
  ]

  /// What names how a checkpoint was made leaves the format to the checkpoint. Plain weights become
  /// 4-bit ones as bitsandbytes loads them.
  static let weightFormats: [String: String] = [
    "fp8": "fp8", "fp8_per_tensor": "fp8", "fp8_per_channel": "fp8", "fp8_per_block": "fp8_block",
    "mxfp4": "mxfp4", "experts_int8": "int8", "awq": "", "auto_awq": "", "gptq": "",
    "auto_gptq": "", "awq_marlin": "", "gptq_marlin": "", "moe_wna16": "", "humming": "",
    "compressed-tensors": "", "modelopt": "", "modelopt_fp4": "", "modelopt_mixed": "",
    "modelopt_mxfp8": "", "fbgemm_fp8": "", "gpt_oss_mxfp4": "", "deepseek_v4_fp8": "",
    "bitsandbytes": "int4", "torchao": "", "inc": "", "quark": "", "auto-round": "", "None": "",
    "none": "",
  ]

  static let orders: [String: String] = ["fcfs": "arrival", "priority": "priority"]

  static let types: [String: String] = [
    "auto": "", "bfloat16": "", "float16": "", "half": "",
  ]
}
