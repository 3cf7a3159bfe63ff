import Diagnostics
import Foundation
import Hardware
import OperatorCosts
import Scenarios
import Statistics
import Testing

@testable import Validation

/// The memory plan against what engines logged when they started. The parts of it that are fitted
/// were fitted to every other row; the rest of the rows is what holds them here.
@Suite struct CacheCapacityTests {
  struct Row {
    var id: String
    var isFitted: Bool
    /// Bytes of cache on one accelerator.
    var predicted: Double
    var measured: Double

    var error: Double { predicted / measured - 1 }
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../measurements/memory").standardizedFileURL.path

  private static let rows: [Row] = {
    do {
      let table = try CSVReader(
        try CSVTable.read("\(folder)/cache_capacity.csv"), needing: columns)
      // A model whose configuration nobody has carried in has none here.
      let known = table.rows.filter { table.text("model", $0) != "" }
      return try known.enumerated().map { index, row in
        try Self.row(index, { table.text($0, row) ?? "" })
      }
    } catch let error as InvalidInput {
      preconditionFailure("the measurements are not valid: \(error.diagnostics)")
    } catch {
      preconditionFailure("the measurements are not valid: \(error)")
    }
  }()

  private static let columns = [
    "id", "model", "hardware", "tp", "engine", "engine_version", "weights", "kv",
    "memory_fraction", "max_num_batched_tokens", "max_num_seqs", "kv_tokens", "kv_cache_gib",
  ]

  private static func row(_ index: Int, _ cell: (String) -> String) throws -> Row {
    let model = cell("model")
    var lines = [
      "schema: windtunnel/scenario/1", "name: cache",
      "model: \(model.hasSuffix(".json") ? "\(folder)/models/\(model)" : model)",
      "hardware: \(cell("hardware"))", "engine: \(cell("engine"))@\(cell("engine_version"))",
      // Without weights, as the checkpoint says.
      "quantization: {\(cell("weights") == "" ? "" : "weights: \(cell("weights")), ")"
        + "kv_cache: \(cell("kv"))}",
      "parallelism: {tensor: \(cell("tp"))}",
      "memory: {usable_fraction: \(cell("memory_fraction"))}",
    ]
    let limits = [
      ("token_budget", "max_num_batched_tokens"), ("maximum_sequences", "max_num_seqs"),
    ].filter { cell($0.1) != "" }.map { "\($0.0): \(cell($0.1))" }
    if !limits.isEmpty { lines.append("scheduler: {\(limits.joined(separator: ", "))}") }
    lines += ["workload: {requests: 1, arrivals: {process: offline}, input: 100, output: 10}"]
    let scenario = try ScenarioCatalogue.read(
      text: lines.joined(separator: "\n") + "\n", file: "\(cell("id")).yaml")
    let pool = try Deployment(scenario, from: .builtIn).pools[0]
    return Row(
      id: "\(cell("id")) \(model) tp\(cell("tp")) \(cell("engine"))@\(cell("engine_version"))",
      isFitted: index % 2 == 0, predicted: pool.memory.poolBytes,
      measured: measured(cell, pool.memory))
  }

  /// As logged in bytes; else the tokens', which these engines keep in all layers.
  private static func measured(_ cell: (String) -> String, _ plan: MemoryPlan) -> Double {
    if let gibibytes = Double(cell("kv_cache_gib")) { return gibibytes * 1_073_741_824 }
    let perToken =
      plan.bytesPerBlock / Double(plan.blockTokens)
      + plan.windows.reduce(0) { $0 + $1.bytesPerToken }
    return (Double(cell("kv_tokens")) ?? 0) * perToken
  }

  private func quantile(_ share: Double, _ rows: [Row]) -> Double {
    ErrorStatistics.quantile(share, of: rows.map { abs($0.error) }.sorted())
  }

  @Test func cachesAreAsLargeAsLogged() {
    let tested = Self.rows.filter { !$0.isFitted }
    #expect(tested.count > 15)
    #expect(quantile(0.5, tested) < 0.02, "\(tested)")
    #expect(quantile(0.9, tested) < 0.06, "\(tested)")
    #expect(quantile(0.9, Self.rows) < 0.04, "\(Self.rows)")
  }

  /// Gemma 3, Llama-4-Scout and Mistral-Small-3.1 with the towers that read pictures: 2 to 7 % less
  /// cache than the language model alone leaves.
  @Test func towersAreLoaded() {
    let names = ["KV-011", "KV-012", "KV-039", "KV-077", "KV-078"]
    let rows = Self.rows.filter { row in names.contains { row.id.hasPrefix($0) } }
    #expect(rows.count == names.count)
    for row in rows { #expect(abs(row.error) < 0.02, "\(row)") }
  }
}
