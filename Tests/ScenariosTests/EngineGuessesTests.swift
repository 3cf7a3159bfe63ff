import Testing

@testable import Scenarios

struct EngineGuessesTests {
  private func command(_ line: String, acceptance: EngineGuesses.Acceptance = .stated) throws
    -> EngineCommand
  {
    try EngineCommand(line, acceptance: acceptance) { name in
      name.hasPrefix("./") ? .init(hasExperts: false, quantizedBy: nil) : nil
    }
  }

  private func settings(_ line: String) throws -> [String] {
    try command(line).settings.map { "\($0.key)=\($0.value)" }
  }

  @Test func howOftenTheyAreRightMustBeSaid() throws {
    let line = #"vllm serve m --speculative-config '{"method":"mtp","num_speculative_tokens":2}'"#
    #expect(
      try command(line, acceptance: .unknown).remarks == [
        .init(
          option: "speculative-config-method: mtp speculative-config-num_speculative_tokens: 2",
          reason: "how often guesses are right is not in it: add `--set "
            + "speculation.acceptance=0.8`, or a share for each, or what the server counted: "
            + "`--metrics metrics.txt`")
      ])
    #expect(try settings(line) == ["speculation.method=mtp", "speculation.guesses=2"])
  }

  @Test func vllmGoesByMethodOrName() throws {
    #expect(
      try settings(
        #"vllm serve m -sc '{"method":"eagle3","model":"./head","num_speculative_tokens":3}'"#)
        == ["speculation.method=eagle3", "speculation.guesses=3", "speculation.model=./head"])
    #expect(
      try settings("vllm serve m --spec-method ngram --spec-tokens 4")
        == ["speculation.method=lookup", "speculation.guesses=4"])
    #expect(
      try settings(#"vllm serve m -sc '{"model":"Qwen/Qwen3-0.6B","num_speculative_tokens":5}'"#)
        == [
          "speculation.method=draft", "speculation.guesses=5", "speculation.model=Qwen/Qwen3-0.6B",
        ])
    #expect(
      try settings(#"vllm serve m -sc '{"model":"./a/EAGLE3-b","num_speculative_tokens":1}'"#)
        .first == "speculation.method=eagle3")
  }

  @Test func aHeadWithoutConfigIsLikeTheModelsLayers() throws {
    let line = try command(
      #"vllm serve m -sc '{"method":"eagle","model":"org/head","num_speculative_tokens":2}'"#)
    #expect(line.settings.map(\.key) == ["speculation.method", "speculation.guesses"])
    #expect(
      line.remarks == [
        .init(
          option: "org/head",
          reason: "its config is not here, so a head of one layer like the model's is taken: "
            + "`--set speculation.model=./head/config.json`")
      ])
  }

  @Test func sglangHasTreesAndNumbersOfItsOwn() throws {
    let start = "python -m sglang.launch_server --model-path m --speculative-algorithm "
    #expect(
      try settings(start + "EAGLE3 --speculative-draft-model-path ./head") == [
        "speculation.method=eagle3", "speculation.guesses=5", "speculation.branches=4",
        "speculation.verified=8", "speculation.model=./head",
      ])
    #expect(
      try settings(
        start + "EAGLE --speculative-num-steps 3 --speculative-eagle-topk 1 "
          + "--speculative-num-draft-tokens 4") == [
          "speculation.method=mtp", "speculation.guesses=3",
        ])
    #expect(
      try settings(start + "NEXTN --speculative-draft-model-path lmsys/DeepSeek-R1-NextN")
        == ["speculation.method=mtp", "speculation.guesses=3"])
    #expect(
      try settings(
        start + "STANDALONE --speculative-draft-model-path ./small --speculative-num-steps 4 "
          + "--speculative-eagle-topk 2 --speculative-num-draft-tokens 7") == [
          "speculation.method=draft", "speculation.guesses=4", "speculation.branches=2",
          "speculation.verified=7", "speculation.model=./small",
        ])
  }

  @Test func whatIsNotSimulatedIsNamed() throws {
    let line = try command(
      "python -m sglang.launch_server --model-path m --speculative-algorithm DFLASH")
    #expect(line.settings.isEmpty)
    #expect(
      line.remarks.map(\.reason) == [
        "guesses by `DFLASH` are not simulated; by `mtp`, `lookup`, `eagle`, `eagle3` and `draft` "
          + "they are: `--set speculation='{method: mtp, acceptance: [0.8]}'`"
      ])
    let ranks = try command(
      #"vllm serve m -sc '{"method":"mtp","draft_tensor_parallel_size":1}'"#)
    #expect(
      ranks.remarks.map(\.reason) == ["what guesses is cut over as many ranks as the model"])
  }
}
