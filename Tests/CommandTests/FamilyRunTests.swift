import Foundation
import TestSupport
import Testing

/// A small model of each kind of family, served by two machines from its config to its bill.
struct FamilyRunTests {
  /// Families by what is their own: attention, experts, recurrence, hybrids, old ones.
  static let families: [(type: String, hiddenSize: Int)] = [
    ("deepseek_v32", 7_168), ("glm_moe_dsa", 6_144), ("kimi_linear", 2_304),
    ("minimax_m3_vl_text", 6_144), ("mimo_v2_flash", 4_096), ("mistral4", 4_096),
    ("gemma4_text", 2_304), ("qwen3_5_moe_text", 2_048), ("phimoe", 4_096),
    ("granitemoehybrid", 4_096), ("falcon_h1", 4_096), ("olmo3", 4_096), ("lfm2", 2_560),
    ("exaone4", 4_096), ("hy_v3", 4_096), ("rwkv", 4_096), ("gpt2", 768), ("jamba", 4_096),
  ]

  /// A ninth of them, unless there is time for all.
  static let tested = families.enumerated()
    .filter { LongTests.areEnabled || $0.offset % 9 == 0 }.map(\.element.type)

  @Test(arguments: tested)
  func aFamilyIsServedByTwoMachines(type: String) throws {
    let size = try #require(Self.families.first { $0.type == type }?.hiddenSize)
    let tool = try Tool(files: [
      "config.json": """
      {"model_type": "\(type)", "hidden_size": \(size), "num_hidden_layers": 8}
      """
    ])
    var prices: Set<Double> = []
    for machine in ["h200-sxm", "gb200-nvl72"] {
      let run = try tool.run(
        "run", "--model", "config.json", "--hardware", machine, "--rate", "1 req/s", "--input",
        "200", "--output", "20", "--set", "workload.requests=20", "--set", "maximum_context=1000",
        "--format", "json")
      #expect(run.status == 0, "\(run.error)")
      let report = try run.result
      #expect(try #require(report.results.requests.completed.number) >= 20)
      let speed = try #require(report.results.tpot_ms.mean.number)
      #expect(speed > 0)
      prices.insert(try #require(report.figures["cost.output"].number))
    }
    #expect(prices.count == 2, "two machines, two prices")
    let explained = try tool.run(
      "explain", "--model", "config.json", "--hardware", "h200-sxm", "--rate", "1 req/s",
      "--input", "200", "--output", "20", "--sequences", "8", "--context", "512")
    #expect(explained.status == 0, "\(explained.error)")
  }
}
