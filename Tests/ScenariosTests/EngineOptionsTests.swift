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

  /// A server brings only plain weights into another format.
  @Test func aQuantizedCheckpointKeepsItsFormat() throws {
    let line = "vllm serve m --quantization fp8"
    func formats(_ isQuantized: Bool) throws -> [String] {
      try EngineCommand(line) { _ in .init(hasExperts: false, isQuantized: isQuantized) }
        .settings.map(\.value)
    }
    #expect(try formats(false) == ["fp8"])
    #expect(try formats(true).isEmpty)
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
