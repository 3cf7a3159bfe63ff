import Diagnostics
import OperatorCosts
import Testing

@testable import Validation

struct PointsFileTests {
  private func problems(_ text: String) -> [String] {
    do {
      _ = try PointsFile(CSVTable(text, file: "p.csv"))
      return []
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text)
    } catch {
      return ["\(error)"]
    }
  }

  /// The byte column of a cell of the first row.
  private func column(_ name: String, _ changes: [String: String]) -> Int {
    let before = PointColumns.names.prefix { $0 != name }
    return before.reduce(1) { $0 + (changes[$1] ?? SamplePoints.cells[$1] ?? "").utf8.count + 1 }
  }

  /// Equal gaps, prompts that come again, and what the engine was told.
  @Test func pointsAreSimulatedAsTheyWereMeasured() throws {
    let extra = [
      "arrivals", "prefix", "max_num_seqs", "max_num_batched_tokens", "memory_fraction",
      "power_w_per_gpu",
    ]
    let row = [
      "load": "open", "rate": "8", "arrivals": "constant rate",
      "prefix": "whole prompts repeated ~100 variants", "max_num_seqs": "128",
      "max_num_batched_tokens": "2048", "memory_fraction": "0.95", "power_w_per_gpu": "430",
    ]
    let text = SamplePoints.text([row], extra: extra)
    let point = try PointsFile(CSVTable(text, file: "p.csv")).points[0]
    #expect(point.isEvenlySpaced && point.promptVariants == 100)
    #expect(point.measured[.acceleratorPower] == 430)
    let scenario = PredictionRun.scenarioText(of: point)
    for part in [
      "arrivals: {process: gamma, cv: 0.01, rate: 8.0 req/s}", "prefix_cache: true",
      "shared_prefix: {tokens: 199, variants: 100}", "token_budget: 2048",
      "maximum_sequences: 128", "usable_fraction: 0.95",
    ] { #expect(scenario.contains(part), "\(part)") }
    let plain = try SamplePoints.point(["load": "open", "rate": "8"])
    #expect(!plain.isEvenlySpaced && plain.promptVariants == nil && plain.tokenBudget == nil)
  }

  @Test func everyCellOfAPointIsRead() throws {
    let point = try SamplePoints.point(["rate": "INF", "kv": "fp8", "speculative": "mtp"])
    #expect(point.id == "P-1")
    #expect(point.line == 2)
    #expect(point.workers == [.init(count: 1, layout: ParallelLayout(tensor: 2))])
    #expect(point.accelerators == 2)
    #expect((point.inputTokens, point.outputTokens) == (200, 20))
    #expect((point.load, point.lengths, point.mode) == (.closed, .fixed, .aggregated))
    #expect((point.concurrency, point.requests, point.rate) == (2, 6, .infinity))
    #expect(
      point.measured == [
        .meanTimeToFirstToken: 30, .medianTimePerOutputToken: 4, .outputThroughput: 100,
      ])
    #expect((point.keyValueCache, point.speculative, point.grade) == ("fp8", "mtp", "A"))
    #expect(point.unknown == [])
  }

  @Test func workersOfBothKindsAreRead() throws {
    let point = try SamplePoints.point([
      "mode": "disaggregated", "gpus": "26", "tp": "", "prefill_workers": "2", "prefill_tp": "1",
      "prefill_attention_dp": "4", "decode_workers": "1", "decode_tp": "2", "decode_ep": "18",
      "decode_attention_dp": "9",
    ])
    #expect(
      point.workers == [
        .init(count: 2, layout: ParallelLayout(attentionData: 4)),
        .init(count: 1, layout: ParallelLayout(tensor: 2, attentionData: 9, expert: 18)),
      ])
  }

  @Test func extraColumnsAreKept() throws {
    let text = SamplePoints.text([["note": "\"a, b\""]], extra: ["note"])
    let file = try PointsFile(CSVTable(text, file: "p.csv"))
    #expect(file.header.last == "note")
    #expect(file.points[0].cells.last == "a, b")
    #expect(file.points[0].cells.count == file.header.count)
  }

  @Test func everyMissingColumnIsNamed() {
    let text = SamplePoints.text([[:]], without: ["tp", "rate"], extra: ["rates"])
    #expect(
      problems(text) == [
        "error[csv/missing-column]: missing column `tp`\n  --> p.csv:1",
        "error[csv/missing-column]: missing column `rate`\n  --> p.csv:1\nhint: is it `rates`?",
      ])
  }

  @Test(arguments: [
    ("mode", "agregated", "`aggregated`, `disaggregated`", "aggregated"),
    ("load", "close", "`closed`, `open`, `offline`", "closed"),
    ("lengths", "fixd", "`fixed`, `uniform-0.8-1.0`", "fixed"),
  ])
  func wordOutsideItsListIsRefused(name: String, word: String, list: String, meant: String) {
    #expect(
      problems(SamplePoints.text([[name: word]])) == [
        "error[csv/unknown-word]: `\(name)` must be one of \(list): \(word)\n"
          + "  --> p.csv:2:\(column(name, [name: word]))\nhint: did you mean `\(meant)`?"
      ])
  }

  @Test(arguments: [
    ("isl", "0", "out-of-range", "from 1 to 10000000"),
    ("osl", "-5", "out-of-range", "from 1 to 10000000"),
    ("concurrency", "0", "out-of-range", "from 1 to 1000000"),
    ("requests", "1000001", "out-of-range", "from 1 to 1000000"),
    ("tp", "0", "out-of-range", "from 1 to 4096"),
    ("isl", "1k", "not-a-number", "a whole number"),
    ("gpus", "two", "not-a-number", "a whole number"),
    ("tpot_ms_median", "fast", "not-a-number", "a number"),
    ("tpot_ms_median", "0", "out-of-range", "above zero and at most 1,000,000,000,000"),
    ("ttft_ms_mean", "nan", "not-a-number", "a number"),
    ("rate", "0", "out-of-range", "from 1e-06 to 1,000,000"),
    ("rate", "-INF", "not-a-number", "a number"),
  ])
  func numberThatCannotBeIsRefused(name: String, text: String, code: String, words: String) {
    #expect(
      problems(SamplePoints.text([[name: text]])) == [
        "error[csv/\(code)]: `\(name)` must be \(words): \(text)\n"
          + "  --> p.csv:2:\(column(name, [name: text]))"
      ])
  }

  @Test func layoutAndAcceleratorsMustAgree() {
    #expect(
      problems(SamplePoints.text([["gpus": "4"]])) == [
        """
        error[csv/layout]: `gpus` must be those of the layout, 2: 4
          --> p.csv:2:\(column("gpus", [:]))
          note: a worker has tp x pp x attention_dp of them
        hint: write 2, or leave `gpus` empty
        """
      ])
    #expect(problems(SamplePoints.text([["gpus": ""]])) == [])
  }

  @Test func namesMustBeUnique() {
    #expect(
      problems(SamplePoints.text([[:], ["id": "P-2"], [:], ["id": ""]])) == [
        """
        error[csv/duplicate-id]: two points have the same id: P-1
          --> p.csv:4:1
          note: the first one is on line 2
        hint: name this one `P-1-2`
        """,
        """
        error[csv/nameless-point]: `id` must not be empty
          --> p.csv:5:1
        hint: name it for example `mine-5`
        """,
      ])
  }

  @Test func fileWithoutPointsIsRefused() {
    #expect(
      problems(SamplePoints.text([])) == [
        "error[csv/no-rows]: the file has a header and no rows\n  --> p.csv:1"
      ])
  }

  @Test func allProblemsAreReportedInFileOrder() {
    let text = SamplePoints.text([["load": "x", "isl": "0"], ["mode": "y", "id": "P-1"]])
    #expect(
      problems(text).map { $0.split(separator: "\n")[1] } == [
        "  --> p.csv:2:\(column("isl", [:]))",
        "  --> p.csv:2:\(column("load", ["isl": "0"]))",
        "  --> p.csv:3:1",
        "  --> p.csv:3:\(column("mode", [:]))",
      ])
  }

  @Test func whatIsNeededAndEmptyIsUnknown() throws {
    #expect(try SamplePoints.point(["concurrency": ""]).unknown == ["concurrency"])
    #expect(try SamplePoints.point(["isl": "", "model": ""]).unknown == ["model", "isl"])
    #expect(
      try SamplePoints.point(["load": "open", "requests": ""]).unknown == ["rate", "requests"])
    #expect(try SamplePoints.point(["load": "offline", "concurrency": ""]).unknown == [])
    #expect(
      try SamplePoints.point(["mode": "disaggregated", "gpus": ""]).unknown
        == ["prefill_workers", "prefill_tp", "decode_workers", "decode_tp"])
    #expect(try SamplePoints.point(["pp": "", "ep": "", "attention_dp": ""]).unknown == [])
  }

  @Test(arguments: [
    ("B", "vllm", "0.12.0", "2026-01-13", MeasuredPoint.Apartness.lowGrade),
    ("A", "vllm", "0.12.0", "~2024-11", .oldEngine),
    ("A", "tensorrt-llm", "v0.17", "2025-Q1", .oldEngine),
    ("A", "tensorrt-llm", "0.14.0", "2025-01", .oldEngine),
    ("A", "tensorrt-llm", "v0.18", "2025-Q2", nil),
    ("A", "tensorrt-llm", "v0.20", "2025-Q2", nil),
    ("A-", "tensorrt-llm", "1.3.0rc1 | dynamo:0.9.0", "2026", nil),
    ("A", "vllm", "0.12.0", "2025-10-29", nil),
    ("", "tensorrt-llm", "", "", nil),
  ])
  func apartness(
    grade: String, engine: String, version: String, date: String,
    expected: MeasuredPoint.Apartness?
  ) throws {
    let point = try SamplePoints.point([
      "grade": grade, "engine": engine, "engine_version": version, "date": date,
    ])
    #expect(point.apartness == expected)
  }

  @Test func pointsThatShipWithTheProgramAreSound() throws {
    let file = try DevelopmentPoints.read()
    #expect(file.points.count == 3_164)
    #expect(file.header == PointColumns.names)
    #expect(file.points.allSatisfy { $0.unknown.isEmpty && !$0.measured.isEmpty })
    #expect(file.points.count { $0.apartness == .lowGrade } == 1_084)
    #expect(file.points.count { $0.apartness == .oldEngine } == 172)
  }

  @Test func aQuarterIsKeptBack() throws {
    let points = try DevelopmentPoints.read().points
    let (kept, fitted) = (points.filter { $0.use == .keptBack }, points.filter(\.isFitted))
    let share = Double(kept.count) / Double(kept.count + fitted.count)
    #expect((0.2...0.3).contains(share), "\(share)")
    // Of every campaign that anything is fitted to.
    #expect(Set(kept.map(\.family)) == Set(fitted.map(\.family)))
    #expect(points.contains { $0.use == .unfitted })
  }

  @Test func aCurveIsKeptBackAsAWhole() throws {
    let few = try SamplePoints.point(["concurrency": "1"])
    let many = try SamplePoints.point(["concurrency": "512"])
    #expect(few.isKeptBack == many.isKeptBack)
  }
}
