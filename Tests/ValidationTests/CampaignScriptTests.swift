import Testing

@testable import Validation

/// What the scripts of InferenceX set, as they are published.
@Suite struct CampaignScriptTests {
  private func scenario(_ cells: String) throws -> String {
    var changes = [
      "family": "inferencex", "gpus": "", "isl": "1024", "osl": "1024", "concurrency": "32",
    ]
    for cell in cells.split(separator: " ") {
      let parts = cell.split(separator: "=", omittingEmptySubsequences: false)
      changes[String(parts[0])] = String(parts[1])
    }
    return PredictionRun.scenarioText(of: try SamplePoints.point(changes))
  }

  @Test(arguments: [
    // The flag for a cache of 8 bits came to the scripts in April.
    ("model=minimax-m2.5 hardware=b200-sxm date=2026-03-11", "bf16", nil as Int?, "0.95"),
    ("model=minimax-m2.5 hardware=b200-sxm date=2026-04-03", "fp8", 2_048, "0.9"),
    ("model=minimax-m2.5 hardware=mi325x date=~2026-06", "bf16", nil, "0.95"),
    ("model=minimax-m2.5 hardware=mi355x date=~2026-06", "fp8", nil, "0.8"),
    ("model=minimax-m2.5 weights=mxfp4 hardware=mi355x date=~2026-06", "bf16", nil, "0.95"),
    ("model=kimi-k2.5 weights=int4 hardware=b200-sxm", "bf16", nil, "0.97"),
    ("model=gpt-oss-120b weights=mxfp4 hardware=mi300x", "bf16", nil, "0.95"),
    ("model=gpt-oss-120b weights=mxfp4 hardware=b200-sxm", "fp8", 8_192, "0.9"),
    ("model=llama-3.3-70b hardware=mi325x", "fp8", 131_072, "0.94"),
  ])
  func vLLMHasWhatItsScriptSays(
    _ cells: String, _ cache: String, _ budget: Int?, _ fraction: String
  ) throws {
    let text = try scenario("engine=vllm weights=fp8 " + cells)
    #expect(text.contains("kv_cache: \(cache)}"), "\(text)")
    #expect(text.contains("usable_fraction: \(fraction)}"), "\(text)")
    #expect(text.contains("token_budget") == (budget != nil), "\(text)")
    if let budget { #expect(text.contains("token_budget: \(budget)"), "\(text)") }
  }

  @Test(arguments: [
    // Looks for requests after 10 steps below 16 clients and after 30 from there: half in the mean.
    ("model=deepseek-r1 hardware=b200-sxm tp=8 concurrency=8", 32_768 as Int?, 5 as Int?),
    ("model=deepseek-r1 hardware=b200-sxm tp=8", 32_768, 15),
    ("model=deepseek-r1 hardware=b200-sxm tp=4", 8_192, 5),
    ("model=deepseek-r1 hardware=h200-sxm tp=8", 32_768, nil),
    ("model=qwen3.5-397b-a17b hardware=h200-sxm tp=8", 16_384, nil),
    ("model=qwen3.5-397b-a17b weights=nvfp4 hardware=b200-sxm concurrency=4", 32_768, 15),
    ("model=deepseek-r1 hardware=mi300x tp=8", 131_072, nil),
    ("model=qwen3.5-397b-a17b weights=mxfp4 hardware=mi355x", 32_768, nil),
    ("model=qwen3.5-397b-a17b weights=bf16 hardware=mi355x", nil, 15),
  ])
  func sglangHasWhatItsScriptSays(_ cells: String, _ budget: Int?, _ steps: Int?) throws {
    let text = try scenario("engine=sglang weights=fp8 date=2026-05-22 " + cells)
    #expect(text.contains("token_budget") == (budget != nil), "\(text)")
    if let budget { #expect(text.contains("token_budget: \(budget)"), "\(text)") }
    #expect(text.contains("gather_prompts") == (steps != nil), "\(text)")
    if let steps { #expect(text.contains("steps: \(steps)}"), "\(text)") }
  }

  @Test(arguments: [
    ("hardware=h100-sxm concurrency=6", 1), ("hardware=h100-sxm concurrency=9", 2),
    ("hardware=h100-sxm concurrency=30", 8),
    ("hardware=gb200-nvl72 weights=nvfp4 concurrency=24", 32),
  ])
  func decodeWorkersHaveRoomAsTheirRecipesSay(_ cells: String, _ sequences: Int) throws {
    let text = try scenario(
      "engine=tensorrt-llm model=deepseek-r1 weights=fp8 mode=disaggregated tp= prefill_workers=1 "
        + "prefill_tp=8 decode_workers=3 decode_tp=8 decode_ep=8 " + cells)
    #expect(text.contains("maximum_sequences: \(sequences)}"), "\(text)")
  }
}
