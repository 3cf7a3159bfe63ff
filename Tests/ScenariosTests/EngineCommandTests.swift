import Diagnostics
import Scenarios
import Testing

/// Command lines of servers as they stand in public recipes, and what a scenario takes of them.
struct EngineCommandTests {
  struct Recipe: Sendable, CustomTestStringConvertible {
    var source: String
    var line: String
    var engine: String
    var model: String
    /// `key=value`, in any order.
    var settings: Set<String>
    /// Beginnings of options that are not simulated.
    var remarks: Set<String> = []
    var file = ""

    var testDescription: String { source }
  }

  static let recipes: [Recipe] = [
    Recipe(
      source: "vllm-project/recipes, DeepSeek/DeepSeek-V3.md, TP + EP",
      line: "vllm serve deepseek-ai/DeepSeek-R1-0528 \\\n  --trust-remote-code \\\n"
        + "  --tensor-parallel-size 8 \\\n  --enable-expert-parallel",
      engine: "vllm", model: "deepseek-ai/DeepSeek-R1-0528",
      settings: ["parallelism.tensor=8", "parallelism.expert=8"]),
    Recipe(
      source: "vllm-project/recipes, DeepSeek/DeepSeek-V3.md, DP + EP",
      line: "vllm serve deepseek-ai/DeepSeek-R1-0528 --trust-remote-code --data-parallel-size 8 "
        + "--enable-expert-parallel --no-enable-prefix-caching",
      engine: "vllm", model: "deepseek-ai/DeepSeek-R1-0528",
      settings: [
        "parallelism.attention_data=8", "parallelism.expert=8", "prefix_cache=false",
      ]),
    Recipe(
      source: "vllm-project/recipes, DeepSeek/DeepSeek-V3.md, FP4",
      line: "CUDA_VISIBLE_DEVICES=0,1,2,3 vllm serve nvidia/DeepSeek-R1-FP4 --trust-remote-code "
        + "--tensor-parallel-size 4 --enable-expert-parallel --max-model-len=65536 "
        + "--max-num-batched-tokens=32768 --gpu-memory-utilization=0.95",
      engine: "vllm", model: "nvidia/DeepSeek-R1-FP4",
      settings: [
        "parallelism.tensor=4", "parallelism.expert=4", "maximum_context=65536",
        "scheduler.token_budget=32768", "memory.usable_fraction=0.95",
      ]),
    Recipe(
      source: "vllm-project/recipes, OpenAI/GPT-OSS.md",
      line: "vllm serve openai/gpt-oss-120b --tensor-parallel-size 2 --async-scheduling "
        + "--max-num-batched-tokens 8192 --max-cudagraph-capture-size 2048 --stream-interval 20",
      engine: "vllm", model: "openai/gpt-oss-120b",
      settings: [
        "parallelism.tensor=2", "scheduler.plan_ahead=true", "scheduler.token_budget=8192",
        "scheduler.captured_to=2048",
      ]),
    Recipe(
      source: "vLLM documentation, deployment with Docker",
      line: "docker run --runtime nvidia --gpus all -p 8000:8000 --ipc=host "
        + "vllm/vllm-openai:latest --model Qwen/Qwen3-32B --max-model-len 32k "
        + "--kv-cache-dtype fp8 --max-num-seqs 256 --enable-lora --host 0.0.0.0",
      engine: "vllm", model: "Qwen/Qwen3-32B",
      settings: [
        "maximum_context=32000", "quantization.kv_cache=fp8", "scheduler.maximum_sequences=256",
        "adapters.rank=16", "adapters.count=1",
      ]),
    Recipe(
      source: "a start script's variables",
      line: "MODEL=Qwen/Qwen3-32B; export TP=4\nvllm serve $MODEL -tp ${TP:-8} --max-num-seqs "
        + "${SEQS:-64} --served-model-name \"${MODEL}-served\"",
      engine: "vllm", model: "Qwen/Qwen3-32B",
      settings: ["parallelism.tensor=4", "scheduler.maximum_sequences=64"]),
    Recipe(
      source: "four replicas of one server, three adapters in four places",
      line: "python -m sglang.launch_server --model Qwen/Qwen3-8B --dp 4 --enable-lora "
        + "--max-lora-rank 32 --max-loras-per-batch 4 --lora-paths a=/a b=/b c=/c "
        + "--load-balance-method round_robin",
      engine: "sglang", model: "Qwen/Qwen3-8B",
      settings: [
        "replicas=4", "adapters.rank=32", "adapters.count=4", "routing=round-robin",
      ]),
    Recipe(
      source: "SGLang documentation, DeepSeek V3.2, TP + DP",
      line: "python -m sglang.launch_server --model deepseek-ai/DeepSeek-V3.2-Exp --tp 8 --dp 8 "
        + "--enable-dp-attention",
      engine: "sglang", model: "deepseek-ai/DeepSeek-V3.2-Exp",
      settings: ["parallelism.attention_data=8"]),
    Recipe(
      source: "SGLang documentation, DeepSeek V3.2, EP + DP",
      line: "python -m sglang.launch_server --model deepseek-ai/DeepSeek-V3.2-Exp --tp 8 --ep 8 "
        + "--dp 8 --enable-dp-attention",
      engine: "sglang", model: "deepseek-ai/DeepSeek-V3.2-Exp",
      settings: ["parallelism.attention_data=8", "parallelism.expert=8"]),
    Recipe(
      source: "benenzhu/sglang_P, run_server.sh",
      line: "python -m sglang.launch_server --model /A/nvme4n1p1/DeepSeek-R1-0528 "
        + "--cuda-graph-max-bs=8 --tp 8  --chunked-prefill-size=131072 "
        + "--num-continuous-decode-steps=4 --max-prefill-tokens=131072 "
        + "--kv-cache-dtype fp8_e4m3 --attention-backend aiter --disable-radix-cache "
        + "--mem-fraction-static=0.8 --load-format dummy",
      engine: "sglang", model: "/A/nvme4n1p1/DeepSeek-R1-0528",
      settings: [
        "parallelism.tensor=8", "scheduler.token_budget=131072", "quantization.kv_cache=fp8",
        "prefix_cache=false", "memory.usable_fraction=0.8", "scheduler.captured_to=8",
      ],
      remarks: [
        "--num-continuous-decode-steps 4", "--max-prefill-tokens 131072",
        "--attention-backend aiter",
      ]),
    Recipe(
      source: "a runbook of DeepSeek-V4-Flash on B200: a semicolon, keys of mappings",
      line: "export VLLM_ENGINE_READY_TIMEOUT_S=3600; vllm serve deepseek-ai/DeepSeek-V4-Flash "
        + "--kv-cache-dtype fp8 --block-size 256 --tensor-parallel-size 4 "
        + "--attention_config.use_fp4_indexer_cache=True --reasoning-config.enabled true",
      engine: "vllm", model: "deepseek-ai/DeepSeek-V4-Flash",
      settings: [
        "quantization.kv_cache=fp8", "memory.block_tokens=256", "parallelism.tensor=4",
      ],
      remarks: [
        "--attention_config.use_fp4_indexer_cache True", "VLLM_ENGINE_READY_TIMEOUT_S=3600",
      ]),
    Recipe(
      source: "ai-dynamo/dynamo, a prefill worker on GB200",
      line: "python3 -m dynamo.sglang --model-path /model/ --served-model-name deepseek-ai/R1 "
        + "--disaggregation-mode prefill --context-length 2176 --disable-radix-cache --tp-size 8 "
        + "--dyn-tool-call-parser deepseek_v3 --kv-cache-dtype fp8_e4m3",
      engine: "sglang", model: "/model/",
      settings: [
        "maximum_context=2176", "prefix_cache=false", "parallelism.tensor=8",
        "quantization.kv_cache=fp8",
      ], remarks: ["--disaggregation-mode prefill"]),
    Recipe(
      source: "TensorRT-LLM, examples/serve/deepseek_r1_reasoning_parser.sh",
      line: "trtllm-serve deepseek-ai/DeepSeek-R1 --host localhost --port 8000 "
        + "--trust_remote_code --max_batch_size 1024 --max_num_tokens 8192 --tp_size 8 "
        + "--ep_size 8 --pp_size 1 --config ./config.yml --reasoning_parser deepseek-r1",
      engine: "tensorrt-llm", model: "deepseek-ai/DeepSeek-R1",
      settings: [
        "parallelism.attention_data=8", "parallelism.expert=8",
        "scheduler.maximum_sequences=1024", "scheduler.token_budget=8192",
        "quantization.kv_cache=fp8", "memory.usable_fraction=0.8", "scheduler.captured_to=512",
      ],
      remarks: [
        "cuda_graph_config-enable_padding: true",
        "moe_config-backend: DEEPGEMM",
      ],
      file: """
        cuda_graph_config:
            enable_padding: true
            max_batch_size: 512
        enable_attention_dp: true
        kv_cache_config:
            dtype: fp8
            free_gpu_memory_fraction: 0.8
        stream_interval: 10
        moe_config:
            backend: DEEPGEMM
        """),
    Recipe(
      source: "NousResearch/hermes-agent, tensorrt-llm/references/serving.md",
      line: "trtllm-serve meta-llama/Meta-Llama-3-70B \\\n --tp_size 4 --dtype fp8 "
        + "--max_batch_size 256 --max_num_tokens 4096 --enable_chunked_context "
        + "--scheduler_policy max_utilization --port 8000 --api_key $API_KEY # optional",
      engine: "tensorrt-llm", model: "meta-llama/Meta-Llama-3-70B",
      settings: [
        "parallelism.tensor=4", "scheduler.maximum_sequences=256", "scheduler.token_budget=4096",
        "scheduler.policy=chunked-prefill", "scheduler.reserved_answer_share=0",
      ], remarks: ["--dtype fp8"]),
  ]

  @Test(arguments: recipes)
  func aRecipeIsRead(_ recipe: Recipe) throws {
    let command = try EngineCommand(recipe.line, readFile: { _ in recipe.file })
    #expect(command.engine == recipe.engine)
    #expect(command.model == recipe.model)
    #expect(Set(command.settings.map { "\($0.key)=\($0.value)" }) == recipe.settings)
    #expect(Set(command.remarks.map(\.option)) == recipe.remarks)
  }

  @Test func copiesOfADenseModelAreReplicas() throws {
    let line = "vllm serve meta-llama/Llama-3.1-8B -dp 4 -tp 2"
    let dense = try EngineCommand(line) { _ in .init(hasExperts: false, quantizedBy: nil) }
    #expect(
      dense.settings.map { "\($0.key)=\($0.value)" } == ["replicas=4", "parallelism.tensor=2"])
    let mixture = try EngineCommand(line) { _ in .init(hasExperts: true, quantizedBy: nil) }
    #expect(
      mixture.settings.map { "\($0.key)=\($0.value)" } == [
        "parallelism.tensor=2", "parallelism.attention_data=4",
      ])
  }

  /// 16 ranks in 4 groups are 4 each, and each has a quarter of the limits.
  @Test func limitsOfAllGroupsAreShared() throws {
    let command = try EngineCommand(
      "python3 -m sglang.launch_server --model-path m --tp 16 --dp 4 --enable-dp-attention "
        + "--max-running-requests 1024 --moe-a2a-backend deepep --hicache-size 30")
    #expect(
      Set(command.settings.map { "\($0.key)=\($0.value)" }) == [
        "parallelism.tensor=4", "parallelism.attention_data=4", "parallelism.expert=16",
        "scheduler.maximum_sequences=256", "prefix_cache.host_memory=480.0 GB",
      ])
  }

  @Test(arguments: [
    (
      "OffloadingConnector",
      "caches that leave the accelerators: `--set prefix_cache.host_memory='500 GB'`"
    ),
    ("NixlConnector", "prompts and answers apart: describe both under `pools`"),
  ])
  func aConnectorIsWhatItIsFor(connector: String, reason: String) throws {
    let command = try EngineCommand(
      #"vllm serve m --kv-transfer-config '{"kv_connector":"\#(connector)","kv_role":"kv_both"}'"#)
    #expect(command.remarks.map(\.reason) == [reason])
  }

  @Test func whatIsNotKnownIsNamedWithItsValue() throws {
    let command = try EngineCommand("vllm serve m --frobnicate 7 --seed 1")
    #expect(
      command.lines == [
        "taken from the command line: engine vllm, model m",
        "not simulated: --frobnicate 7: not an option that is known of this server",
      ])
  }

  private func problem(_ line: String) -> String {
    do {
      _ = try EngineCommand(line)
      return ""
    } catch {
      return (error as? InvalidInput)?.diagnostics.map(\.text).joined(separator: "\n") ?? ""
    }
  }

  @Test func whatStartsNoServerIsRefused() {
    #expect(
      problem("ollama run llama3") == """
        error[command/unknown-server]: this starts no server that is known: ollama run llama3
          --> --from
          note: known: `vllm serve ...`, `python -m sglang.launch_server ...`, `trtllm-serve ...`, \
        `python -m dynamo.vllm ...`
        """)
  }

  @Test func ranksWithoutANumberAreRefused() {
    #expect(
      problem("vllm serve m --tensor-parallel-size") == """
        error[command/ranks]: no number of ranks behind it
          --> --from --tensor-parallel-size
        hint: write the number that the shell puts there, above zero
        """)
  }

  @Test func groupsThatDoNotDivideTheRanksAreRefused() {
    #expect(
      problem("sglang serve --model-path m --tp 6 --dp 4 --enable-dp-attention") == """
        error[command/layout]: 6 ranks cannot be cut into 4 attention groups
          --> --from --dp 4
        hint: give as many ranks as a multiple of the groups: `--tp 24`
        """)
  }
}
