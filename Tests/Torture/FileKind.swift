import BuiltInFiles
import ByteStreams
import Calibration
import Diagnostics
import Foundation
import Hardware
import ModelArchitecture
import Planning
import Projections
import Scenarios
import Statistics
import Validation
import Workloads

/// Every kind of file that the program reads.
enum FileKind: String, CaseIterable {
  case scenario, hardware, engine, model, prices, projection, points, kernels, journal
  case azure, burst, mooncake, weka, trackedTurns, gzip

  /// A sound one.
  func sample(_ random: inout RandomStream) -> [String] {
    var draw = Draw(random: random)
    defer { random = draw.random }
    let text: String? =
      switch self {
      case .scenario: nil
      case .hardware: try? HardwareCatalogue.text(nameOrPath: draw.pick(Inventory.machines))
      case .engine: try? EngineCatalogue.text(nameOrPath: draw.pick(Inventory.engines))
      case .model:
        BuiltInFiles.text(
          at: draw.pick(BuiltInFiles.paths.filter { $0.hasSuffix(".json") && $0.contains("--") }))
      case .projection:
        BuiltInFiles.text(
          at: draw.pick(BuiltInFiles.paths(below: "scenarios/projections", ending: ".yaml")))
      case .points: Self.head(DevelopmentPoints.path)
      case .kernels: Self.head("measurements/kernels/\(draw.pick(Self.tables)).csv")
      case .prices, .journal, .azure, .burst, .mooncake, .weka, .trackedTurns, .gzip:
        Self.texts[self]
      }
    guard let text else { return ScenarioText.lines(&draw.random) }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// What is wrong with how the program takes it.
  func fault(_ text: String, on bench: Bench) -> String? {
    do {
      return try read(text, on: bench)
    } catch {
      bench.count("refused")
      return Verdict.fault(of: error)
    }
  }

  private func read(_ text: String, on bench: Bench) throws -> String? {
    switch self {
    case .scenario: return ScenarioCheck.fault(text, on: bench)
    case .hardware:
      let profile = try HardwareProfile.read(text: text, file: "case.yaml")
      var catalogues = Catalogues.shared
      catalogues.hardware = { _ in profile }
      return try Self.served(from: catalogues, on: bench)
    case .engine:
      let engine = try EngineCatalogue.read(text: text, file: "case.yaml")
      var catalogues = Catalogues.shared
      catalogues.engine = { _ in engine }
      return try Self.served(from: catalogues, on: bench)
    case .model:
      let model = try HuggingFaceConfig.read(text, file: "config.json", name: "case")
      var catalogues = Catalogues.shared
      catalogues.model = { _ in model }
      return try Self.served(from: catalogues, on: bench)
    case .prices: _ = try PriceBook.read(text: text, file: "case.yaml")
    case .projection: _ = try ProjectionCatalogue.read(text: text, file: "case.yaml")
    case .points: _ = try PointsFile(try CSVTable(text, file: "case.csv"))
    case .kernels:
      var calibration = Calibration()
      try calibration.add(try CSVTable(text, file: "case.csv"))
    case .journal: _ = try SweepJournal(Array(text.utf8), file: "case.jsonl")
    case .azure, .burst, .mooncake, .weka, .trackedTurns: try Self.replay(Array(text.utf8))
    case .gzip:
      // What is packed is broken as well, though not in lines.
      try Self.replay([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + Array(text.utf8))
    }
    return nil
  }

  private static func replay(_ bytes: [UInt8]) throws {
    let trace = Trace(try Recording(reading: ByteSource(bytes, named: "case"), TraceOptions()))
    let walk = TraceWalk(trace)
    var request = TraceWalk.Request()
    while walk.next(&request) {}
  }

  private static func served(from catalogues: Catalogues, on bench: Bench) throws -> String? {
    let scenario = try ScenarioCatalogue.read(
      text: """
        schema: windtunnel/scenario/1
        model: meta-llama/Llama-3.1-8B
        hardware: h200-sxm
        engine: vllm
        workload: {requests: 5, arrivals: {process: offline}, input: 100, output: 20}
        """, file: "case.yaml")
    return try ScenarioCheck.fault(try Deployment(scenario, from: catalogues), on: bench)
  }

  // MARK: Samples

  private static let tables = ["gemm", "moe", "attention_context", "attention_generation", "nccl"]

  private static func head(_ path: String) -> String? {
    guard let text = try? TextFile.read(path) else { return nil }
    return text.split(separator: "\n").prefix(12).joined(separator: "\n") + "\n"
  }

  private static let texts: [FileKind: String] = [
    .prices: """
    schema: windtunnel/prices/1
    machines:
      h200-sxm: {rental: 2.50 USD/h}
      b200-sxm: {rental: 5 USD/h, owned: 3 USD/h}

    """,
    .journal: """
    {"schema":"windtunnel/sweep/1","tool":"0.1.0","cases":2,"axes":[],"seed":1}
    {"index":0,"settings":[]}

    """,
    .azure: """
    TIMESTAMP,ContextTokens,GeneratedTokens
    2023-11-16 18:15:46.6805900,374,44
    2023-11-16 18:15:50.9951690,396,109
    2023-11-16 18:15:51.2224670,879,55

    """,
    .burst: """
    Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
    5,ChatGPT,472,18,490,Conversation log
    45,ChatGPT,1087,0,1087,API log
    118,GPT-4,417,276,693,Conversation log

    """,
    .mooncake: """
    {"timestamp": 0, "input_length": 655, "output_length": 52, "hash_ids": [46, 47]}
    {"timestamp": 27, "input_length": 1200, "output_length": 26, "hash_ids": [46, 47, 48]}
    {"timestamp": 30, "input_length": 512, "output_length": 2, "hash_ids": [46]}

    """,
    .weka: """
    {"id": "a", "block_size": 64, "requests": [
    {"t": 0.0, "type": "s", "in": 200, "out": 52, "hash_ids": [1, 2, 3, 4], "api_time": 2.1},
    {"t": 9.4, "type": "n", "in": 330, "out": 80, "hash_ids": [1, 2, 3, 4, 5, 6]}]}

    """,
    .trackedTurns: """
    session_id,arrival_time,round_idx,prefix_len,input_len,output_len,tool_wait_after_ms
    a,1000,0,0,900,50,250
    a,6000,1,950,100,20,0

    """,
    .gzip: "not packed at all, whatever it says\n\u{1}\u{2}abc\nmore of it\n",
  ]
}
