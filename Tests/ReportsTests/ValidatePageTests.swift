import Diagnostics
import Foundation
import OperatorCosts
import Testing
import Units
import Validation

@testable import Documents
@testable import Reports

/// The forms of a validation, on numbers made by hand.
@Suite struct ValidatePageTests {
  private static let header = ["id", "source", "note", "refused"]

  private static func point(
    _ id: String, _ measured: [Metric: Double] = [.medianTimePerOutputToken: 10],
    note: String = "", speculative: String = "", grade: String = "A"
  ) -> MeasuredPoint {
    MeasuredPoint(
      id: id, line: 2, cells: [id, "lab@1 row \(id)", note, "earlier"], family: "mine",
      date: "2026-01", hardware: "h200-sxm", model: "Llama-3.1-8B", weights: "bf16",
      keyValueCache: "", engine: "vllm", engineVersion: "", mode: .aggregated,
      workers: [.init(count: 1, layout: ParallelLayout(tensor: 2))],
      inputTokens: 1_024, outputTokens: 8_192, lengths: .fixed, load: .closed, concurrency: 64,
      rate: nil, requests: 640, speculative: speculative, grade: grade, measured: measured)
  }

  private static func predicted(_ point: MeasuredPoint, off: Double) -> PredictedPoint {
    let full = PointPrediction(values: point.measured.mapValues { $0 * off })
    let bare = PointPrediction(values: point.measured.mapValues { $0 * off / 2 })
    return PredictedPoint(
      point, predictions: [.fullyCalibrated: full, .datasheetOnly: bare])
  }

  private static let points = [
    predicted(point("a"), off: 1.1),
    predicted(point("b", [.medianTimePerOutputToken: 10, .outputThroughput: 50]), off: 0.8),
    predicted(point("c", speculative: "mtp"), off: 3),
    predicted(point("d", grade: "B"), off: 1),
    PredictedPoint(
      point("e|*"), refusals: [Diagnostic(code: "x/y", "unknown machine `m_1`")]),
    PredictedPoint(
      point("f"), refusals: [Diagnostic(code: "x/y", "unknown machine `m_1`")]),
  ]

  private static let report: ValidateReport = {
    let worst = WorstPoint(
      point: points[2].point, metric: .medianTimePerOutputToken, measured: 10, predicted: 30,
      reasons: ["its time is 80 % memory", "guesses"])
    return ValidateReport(
      points, worst: [worst], fileName: "p.csv", header: header,
      PointFilter([.engine: ["vllm", "sglang"], .model: []]))
  }()

  private let findings = ValidateFindings(report, rows: [])

  @Test func documentHoldsTheCard() throws {
    let report = Self.report
    #expect(report.schema == ReportSchema(name: "windtunnel/validate", version: 1))
    #expect(report.results.points == .init(read: 6, simulated: 4, refused: 2))
    #expect(report.inputs.file == "p.csv")
    #expect(report.inputs.filters == ["engine": ["vllm", "sglang"]])
    #expect(report.provenance.sources.map(\.source) == ["lab@1"])
    #expect(report.provenance.sources.map(\.points) == [6])
    #expect(report.results.sections.map(\.name) == ["aggregated", "with MTP"])
    let errors = try #require(report.results.sections[0].stages[2].errors.timePerOutputToken)
    #expect(errors.points == 2)
    for (value, expected) in [
      (errors.median, 0.15), (errors.mean, 0.15), (errors.p90, 0.19), (errors.bias, -0.05),
    ] {
      #expect(abs(value - expected) < 1e-9)
    }
    #expect(report.results.refused.map(\.reason) == ["unknown machine `m_1`"])
    #expect(report.results.refused.map(\.points) == [["e|*", "f"]])
  }

  /// Other programs rely on them.
  @Test func keysOfTheDocument() throws {
    let document = try Self.report.tree()
    func keys(_ path: String...) -> Set<String> {
      var node: DocumentValue? = document
      for key in path {
        if case .array(let items)? = node { node = items.first } else { node = node?[key] }
      }
      guard case .object(let members)? = node else { return [] }
      return Set(members.map(\.key))
    }
    #expect(
      keys() == [
        "schema", "command", "seed", "fingerprint", "inputs", "provenance", "results",
      ])
    #expect(
      keys("results") == [
        "points", "sections", "overall", "by_hardware", "by_model", "by_engine", "by_weights",
        "by_mode", "by_load", "by_campaign", "by_use", "apart", "worst", "refused", "coverage",
        "fitted_parameters",
      ])
    #expect(keys("results", "points") == ["read", "simulated", "refused"])
    #expect(keys("results", "sections", "0") == ["name", "points", "stages"])
    #expect(keys("results", "sections", "0", "stages", "0") == ["name", "errors"])
    // What nothing was measured for is absent.
    #expect(keys("results", "overall", "errors") == ["tpot", "throughput"])
    #expect(
      keys("results", "overall", "errors", "tpot") == ["points", "median", "mean", "p90", "bias"])
    #expect(
      keys("results", "worst", "0") == [
        "id", "what", "metric", "measured", "predicted", "error", "reasons",
      ])
    #expect(keys("results", "refused", "0") == ["reason", "points"])
  }

  @Test func tableIsWhatATerminalShows() throws {
    let text = try findings.text(.table)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 110 }, "\(text)")
    #expect(
      text == """
        Accuracy

          6 points of p.csv (engine vllm or sglang): 4 simulated, 2 refused.

        Errors by kind of deployment
          deployment  figure      points   median     mean      p90      bias
          aggregated  TPOT             2   15.0 %   15.0 %   19.0 %    -5.0 %
          aggregated  throughput       1   20.0 %   20.0 %   20.0 %   -20.0 %
          with MTP    TPOT             1  200.0 %  200.0 %  200.0 %  +200.0 %

        What calibration is worth
          Median and bias of the errors, by what a prediction may use: datasheets only; kern\
        els as they were
          timed; all that was fitted; all but the point's machine; all but its model; all bu\
        t its campaign.
          deployment  figure            datasheet  kernels         calibrated  machine out  \
        model out  campaign out
          aggregated  TPOT        52.5 %, -52.5 %        -     15.0 %, -5.0 %            -  \
                -             -
          aggregated  throughput  60.0 %, -60.0 %        -    20.0 %, -20.0 %            -  \
                -             -
          with MTP    TPOT        50.0 %, +50.0 %        -  200.0 %, +200.0 %            -  \
                -             -

        Measured values inside the 80 % interval
          figure      calibrated  machine out  campaign out
          TPOT            66.7 %
          throughput       0.0 %
          74 parameters are fitted to serving points, none to a model, a concurrency or a po\
        int.

        All points that are not reported apart
          Each cell has the median, mean and p90 of the errors and their bias, in percent.
          points  read  refused                 TPOT  mean TTFT  median TTFT          throughput
          all        5        2  20 / 77 / 164 / +10          -            -  20 / 20 / 20 / -20

        By hardware
          hardware  read  refused                 TPOT  mean TTFT  median TTFT          throughput
          h200-sxm     5        2  20 / 77 / 164 / +10          -            -  20 / 20 / 20 / -20

        By model
          model         read  refused                 TPOT  mean TTFT  median TTFT          \
        throughput
          Llama-3.1-8B     5        2  20 / 77 / 164 / +10          -            -  20 / 20 / 20 \
        / -20

        By engine
          engine  read  refused                 TPOT  mean TTFT  median TTFT          throughput
          vllm       5        2  20 / 77 / 164 / +10          -            -  20 / 20 / 20 / -20

        By weights
          weights  read  refused                 TPOT  mean TTFT  median TTFT          throughput
          bf16        5        2  20 / 77 / 164 / +10          -            -  20 / 20 / 20 / -20

        By mode
          mode        read  refused                 TPOT  mean TTFT  median TTFT          throughput
          aggregated     5        2  20 / 77 / 164 / +10          -            -  20 / 20 / 20 / -20

        By load
          load    read  refused                 TPOT  mean TTFT  median TTFT          throughput
          closed     5        2  20 / 77 / 164 / +10          -            -  20 / 20 / 20 / -20

        By campaign
          campaign  read  refused                 TPOT  mean TTFT  median TTFT          throughput
          mine         5        2  20 / 77 / 164 / +10          -            -  20 / 20 / 20 / -20

        By use in fitting
          use in fitting  read  refused                    TPOT  mean TTFT  median TTFT \
                 throughput
          fitted to          1        0  200 / 200 / 200 / +200          -            - \
                          -
          kept back          4        2     15 / 15 / 19 / -5.0          -            - \
         20 / 20 / 20 / -20

        Reported apart
          points   read  refused                   TPOT  mean TTFT  median TTFT  throughput
          grade B     1        0  0.0 / 0.0 / 0.0 / 0.0          -            -           -

        Worst points, and where to look
          c Llama-3.1-8B bf16 on 2 x h200-sxm, vllm, tensor 2, 64 clients, 1024 in, 8192 out, mtp
            tpot_ms_median 10.0 measured, 30.0 predicted, +200.0 %
            its time is 80 % memory; guesses

        Refused
          2 x unknown machine `m_1`
            e|* f

        fingerprint of all runs: `\(Self.report.fingerprint)`

        """)
  }

  @Test func pageHasEveryPartOfTheTable() throws {
    let page = try findings.text(.markdown)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.first == "# Accuracy")
    #expect(
      lines.filter { $0.hasPrefix("## ") } == [
        "## Errors by kind of deployment", "## What calibration is worth",
        "## Measured values inside the 80 % interval", "## All points that are not reported apart",
        "## By hardware", "## By model",
        "## By engine", "## By weights", "## By mode", "## By load", "## By campaign",
        "## By use in fitting", "## Reported apart",
        "## Worst points, and where to look", "## Refused", "## Method",
        "## What is known to be wrong", "## Sources",
      ])
    #expect(lines.contains("| aggregated | TPOT | 2 | 15.0 % | 15.0 % | 19.0 % | -5.0 % |"))
    #expect(
      lines.contains(
        "| h200-sxm | 5 | 2 | 20 / 77 / 164 / +10 | - | - | 20 / 20 / 20 / -20 |"))
    #expect(lines.contains("| --- | --- | ---: | ---: | ---: | ---: | ---: |"))
    #expect(lines.contains("- 2 x unknown machine `m\\_1`  "))
    #expect(lines.contains("  e\\|\\* f"))
    for entry in KnownErrors.all { #expect(page.contains("- " + entry)) }
    #expect(page.hasSuffix("`\(Self.report.fingerprint)`\n"))
  }

  @Test func tablesOfThePageHaveAsManyCellsAsColumns() throws {
    let page = try findings.text(.markdown)
    let tables = page.components(separatedBy: "\n\n").filter { $0.hasPrefix("|") }
    #expect(tables.count == 14)
    for table in tables {
      let cells = table.split(separator: "\n").map { $0.split(separator: "|").count }
      #expect(Set(cells).count == 1, "\(table)")
    }
  }

  @Test func csvHasTheColumnsOfTheFileAndThePredictions() throws {
    let odd = Self.predicted(
      Self.point("x", [.totalThroughput: 1_234_567.8], note: "a, \"b\"\nc"), off: 1)
    let text = try ValidateFindings(
      Self.report, rows: ValidateRows.rows(of: [odd, Self.points[4]], header: Self.header)
    ).text(.csv)
    #expect(
      text == """
        id,source,note,predicted_output_tok_s_per_gpu,predicted_total_tok_s_per_gpu,\
        predicted_ttft_ms_mean,predicted_ttft_ms_median,predicted_tpot_ms_mean,\
        predicted_tpot_ms_median,predicted_power_w_per_gpu,predicted_joules_per_output_token,refused
        x,lab@1 row x,"a, ""b""\\nc",,1234570.0,,,,,,,
        e|*,lab@1 row e|*,,,,,,,,,,unknown machine `m_1`

        """)
  }

  @Test func workersAreSaidInWords() {
    var point = Self.point("p")
    point.mode = .disaggregated
    point.workers = [
      .init(count: 3, layout: ParallelLayout()),
      .init(count: 1, layout: ParallelLayout(attentionData: 16, expert: 16)),
    ]
    point.load = .open
    point.rate = .infinity
    #expect(
      point.words == "Llama-3.1-8B bf16 on 19 x h200-sxm, vllm, prefill 3 x (one GPU), "
        + "decode 1 x (attention data 16 expert 16), all at once, 1024 in, 8192 out")
    point.rate = 2.5
    #expect(point.words.contains("2.5 req/s"))
    point.load = .offline
    #expect(point.words.contains("offline"))
  }
}
