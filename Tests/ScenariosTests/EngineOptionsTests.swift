import Scenarios
import Testing

/// What single options of a server's command line become.
struct EngineOptionsTests {
  private func settings(_ line: String, file: String = "") throws -> Set<String> {
    let command = try EngineCommand(line, readFile: { _ in file })
    return Set(command.settings.map { "\($0.key)=\($0.value)" })
  }

  private func remarks(_ line: String) throws -> [String] {
    try EngineCommand(line).remarks.map { "\($0.option): \($0.reason)" }
  }

  /// As many as a server has places for, all of its largest rank, however many it is given.
  @Test func adaptersAreTheServersPlaces() throws {
    #expect(
      try settings("vllm serve m --enable-lora --max-loras 4 --max-lora-rank 64")
        == ["adapters.rank=64", "adapters.count=4"])
    #expect(
      try settings("vllm serve m --enable-lora --max-loras 4 --lora-modules a=/x b=/y")
        == ["adapters.rank=16", "adapters.count=4"])
    #expect(
      try settings(
        "python -m sglang.launch_server --model-path m --lora-paths a=/x b=/y --max-lora-rank 32")
        == ["adapters.rank=32", "adapters.count=8"])
    #expect(try settings("vllm serve m --max-lora-rank 64").isEmpty)
  }

  @Test func adaptersThatTakeTurnsOrHaveNoSizeAreNamed() throws {
    #expect(
      try remarks("vllm serve m --enable-lora --lora-modules a=/x b=/y") == [
        "--enable-lora --lora-modules a=/x b=/y: 2 adapters take turns in places for 1: "
          + "bringing them in is not simulated"
      ])
    #expect(
      try remarks("sglang serve --model-path m --lora-paths a=/x") == [
        "--lora-paths a=/x: how large adapters are is not in it: "
          + "add `--set adapters='{rank: 16, count: 8}'`"
      ])
  }

  /// The less of two limits holds, in whatever order they stand.
  @Test func theSmallerLimitHolds() throws {
    #expect(
      try settings("vllm serve m --max-num-active-seqs 64 --max-num-seqs 256")
        == ["scheduler.maximum_sequences=64"])
    #expect(
      try settings("vllm serve m --max-num-seqs 32 --max-num-active-seqs 64")
        == ["scheduler.maximum_sequences=32"])
  }

  @Test func sizesOfTheCacheAndOfCapturesAreTaken() throws {
    #expect(
      try settings(
        "vllm serve m --num-gpu-blocks-override 5000 --cudagraph-capture-sizes 1 2 4 64 8")
        == ["memory.blocks=5000", "scheduler.captured_to=64"])
    #expect(
      try settings("sglang serve --model-path m --max-total-tokens 65536 --cuda-graph-max-bs 16")
        == ["memory.tokens=65536", "scheduler.captured_to=16"])
    #expect(
      try settings(#"vllm serve m -cc '{"cudagraph_capture_sizes": [1, 2, 96], "mode": 3}'"#)
        == ["scheduler.captured_to=96"])
    #expect(
      try remarks("vllm serve m --compilation-config.mode 3 -O3") == [
        "--compilation-config.mode 3: steps are compiled and captured as the engine does it "
          + "by itself",
        "-O3: steps are compiled and captured as the engine does it by itself",
      ])
  }

  @Test func aCommandLineGoesBeforeItsFileOrBehindIt() throws {
    #expect(
      try settings("vllm serve m --max-num-seqs 8 --config c.yaml", file: "max-num-seqs: 99")
        == ["scheduler.maximum_sequences=8"])
    #expect(
      try settings("trtllm-serve m --config c.yaml --max_batch_size 8", file: "max_batch_size: 99")
        == ["scheduler.maximum_sequences=99"])
  }

  /// A server brings only plain weights into another format, and says nothing of their own.
  @Test(arguments: [
    ("fp8", nil, ["quantization.weights fp8"]),
    ("bitsandbytes", nil, ["quantization.weights int4"]),
    ("bitsandbytes", "bitsandbytes", []),
    ("awq", nil, ["it needs a checkpoint in that format; weights stay bf16"]),
    ("modelopt_fp4", nil, ["it needs a checkpoint in that format; weights stay bf16"]),
    ("awq_marlin", "awq", []), ("gptq_marlin", "gptq", []), ("modelopt_fp4", "modelopt", []),
    ("compressed-tensors", "compressed-tensors", []), ("auto-round", "intel/auto-round", []),
    ("fp8", "awq", ["the checkpoint is quantized by `awq`, and stays so"]),
    ("gptq", "awq", ["the checkpoint is quantized by `awq`, and stays so"]),
  ])
  func formatsDependOnTheCheckpoint(_ word: String, _ method: String?, _ said: [String]) throws {
    let option = "--quantization \(word)"
    let command = try EngineCommand("vllm serve m \(option)") { _ in
      .init(hasExperts: false, quantizedBy: method)
    }
    #expect(
      command.settings.map { "\($0.key) \($0.value)" } + command.remarks.map(\.reason) == said)
    let options = command.settings.map(\.option) + command.remarks.map(\.option)
    #expect(options.allSatisfy { $0 == option })
  }

  @Test func aFormatIsNamedWhereNothingIsKnownOfTheCheckpoint() throws {
    #expect(
      try remarks("vllm serve m -q awq") == [
        "-q awq: formats are as the checkpoint and `quantization` say it"
      ])
  }

  /// No server takes a value behind a switch, and none that says `False` means on.
  @Test(arguments: [
    ("--enable-prefix-caching", "prefix_cache=true"),
    ("--enable-prefix-caching=True", "prefix_cache=true"),
    ("--enable-prefix-caching=False", "prefix_cache=false"),
    ("--enable-prefix-caching False", "prefix_cache=false"),
    ("--enable-prefix-caching 0", "prefix_cache=false"),
    ("--no-enable-prefix-caching=0", "prefix_cache=true"),
    ("--enable-chunked-prefill=false", "scheduler.policy=whole-prompts"),
    ("--enable-chunked-prefill true", "scheduler.policy=chunked-prefill"),
    ("--enable-dbo=False", nil), ("--no-enable-dbo", nil), ("--enable-lora False", nil),
    ("--enforce-eager=False", nil),
  ])
  func aSwitchIsWhatStandsBehindIt(_ option: String, _ setting: String?) throws {
    let line = "vllm serve \(option) m"
    #expect(try settings(line) == Set([setting].compactMap { $0 }))
    #expect(try EngineCommand(line).model == "m")
    #expect(try remarks(line).isEmpty)
  }

  @Test func aSwitchThatIsNeitherOnNorOffIsNamed() throws {
    let line = "vllm serve m --enable-prefix-caching=maybe"
    #expect(try settings(line).isEmpty)
    #expect(
      try remarks(line) == [
        "--enable-prefix-caching maybe: it is on or off, and its value neither `true` nor `false`"
      ])
  }

  /// What the engine's own takes the place of.
  @Test func whatSaysNoNumberIsNamed() throws {
    let line = "vllm serve m --max-model-len -1 --max-num-batched-tokens -1 --max-num-seqs"
    #expect(try settings(line).isEmpty)
    #expect(
      try remarks(line) == [
        "--max-num-batched-tokens -1: -1 is no such number: the engine's own is taken",
        "--max-num-seqs: no value stands behind it",
      ])
  }

  @Test func aCacheOfTheHostIsNamedWhereItHasNoSize() throws {
    let line = "sglang serve --model-path m --enable-hierarchical-cache"
    #expect(
      try remarks(line) == [
        "--enable-hierarchical-cache: how large the host's cache is says `--hicache-size`"
      ])
    #expect(try remarks(line + " --hicache-size 100").isEmpty)
    #expect(try settings(line + " --hicache-size 100") == ["prefix_cache.host_memory=100.0 GB"])
  }

  @Test func groupsMayBeGivenByTheirNumber() throws {
    #expect(
      try settings("sglang serve --model-path m --tp 8 --attn-dp-size 4")
        == ["parallelism.tensor=2", "parallelism.attention_data=4"])
  }

  /// What the shell does around a command is none of its options.
  @Test func theShellsOwnWordsEndACommand() throws {
    #expect(try remarks("nohup vllm serve m --port 8000 > log 2>&1 &").isEmpty)
    #expect(
      try settings("srun bash -c 'trtllm-serve m --tp_size 4' | tee log")
        == ["parallelism.tensor=4"])
    #expect(
      try remarks("CUDA_VISIBLE_DEVICES=0 VLLM_USE_V1=1 vllm serve m") == [
        "VLLM_USE_V1=1: variables of the environment are not read"
      ])
  }

  @Test func whatIsTurnedOffIsKnownToo() throws {
    #expect(
      try remarks("vllm serve m --no-enable-log-requests --no-enable-flashinfer-autotune") == [
        "--no-enable-flashinfer-autotune: kernels are those that were timed on the machine"
      ])
  }

  /// No option has two meanings, and none that a server has is unknown.
  @Test func everyOptionOfAServerStandsOnce() throws {
    for (server, known) in [
      ("vllm serve m", ["--scheduler-cls", "--mm-tensor-ipc", "--pcp", "--monokernel"]),
      ("sglang serve --model-path m", ["--cp-strategy", "--kt-method", "--enable-mis"]),
      ("trtllm-serve m", ["--cp_size", "--moe_config.max_num_tokens", "--media_io_kwargs"]),
    ] {
      for option in known {
        let named = try remarks("\(server) \(option) 1")
        #expect(named.contains { !$0.hasSuffix("known of this server") }, "\(option)")
      }
    }
    #expect(EngineCommand.doubledOptions.isEmpty)
  }
}
