import Foundation
import Requirements
import Testing

@testable import Diagnostics
@testable import Outcomes
@testable import Documents

@Suite struct CSVFormTests {
  private func table(_ report: some RenderedReport) throws -> CSVTable {
    try CSVTable(report.csv, file: "report.csv")
  }

  static func reportWithoutPrices() throws -> RunReport {
    var report = try RunReportTests.report()
    report.results.cost = nil
    report.results.unknown = [
      .init(key: "cost", reason: "the profile `h200-sxm` has no rental price")
    ]
    return report
  }

  @Test func everyFigureOfARunHasAColumnOfItsOwnWithItsValue() throws {
    let report = try RunReportTests.report()
    let table = try table(report)
    #expect(Set(table.header).count == table.header.count)
    #expect(table.header.count == 8 + RunFigures.all.count)
    #expect(table.rows.count == 1)
    let cells = Dictionary(
      uniqueKeysWithValues: zip(table.header, table.rows[0].fields.map(\.text)))
    for figure in RunFigures.all {
      let (name, scale) = RunCSV.column(of: figure)
      let value = report.results.value(of: figure)
      let cell = try #require(cells[name])
      #expect(cell.isEmpty == (value == nil), "\(name)")
      guard let value, let number = Double(cell) else { continue }
      #expect(abs(number - value * scale) <= 1e-5 * abs(number), "\(name)")
    }
  }

  @Test(arguments: [
    ("ttft.p99", "ttft_p99_ms"), ("output.per_gpu", "output_tok_s_per_gpu"),
    ("requests", "req_s"), ("attainment", "slo_attainment"), ("kv.mean", "kv_occupancy_mean"),
    ("cost.input", "cost_input_usd_per_mtok"), ("cost.hour", "cost_usd_per_hour"),
    ("energy.output", "energy_joules_per_output_token"), ("lost", "requests_lost"),
    ("makespan", "makespan_s"), ("mfu", "mfu"),
  ])
  func columnIsTheKeyWithTheUnitLast(path: String, column: String) throws {
    let figure = try #require(RunFigures.named(path))
    #expect(RunCSV.column(of: figure).name == column)
  }

  @Test func rowsOfTwoRunsStack() throws {
    let lines = [try RunReportTests.report(), try RunReportTests.report("seed: 2")].map {
      $0.csv.split(separator: "\n")
    }
    #expect(lines[0][0] == lines[1][0])
    #expect(lines[0][1] != lines[1][1])
    #expect(lines.map(\.count) == [2, 2])
  }

  @Test func whatNobodyKnowsIsAnEmptyCell() throws {
    let table = try table(try Self.reportWithoutPrices())
    let column = try #require(table.header.firstIndex(of: "cost_total_usd"))
    #expect(table.rows[0].fields[column].text == "")
  }

  @Test func cellsAreQuotedWhereTheyMustBe() {
    #expect(
      CSVText.line(["a", "b,c", "d \"e\"", "f\ng", ""]) == "a,\"b,c\",\"d \"\"e\"\"\",\"f\ng\",\n")
  }

  @Test(arguments: [
    (nil, ""), (0, "0"), (20, "20"), (0.5, "0.5"), (1234567.8, "1234570"), (-0.1, "-0.1"),
  ])
  func numbersStandAsInTheJSON(value: Double?, text: String) {
    #expect(CSVText.number(value) == text)
  }

  @Test func listHasWhatItsTableLeavesOut() throws {
    let report = try ListReport(.hardware)
    let table = try table(report)
    #expect(table.header.starts(with: ["name", "release", "memory"]))
    #expect(Set(table.header) == Set(report.entries.flatMap(\.keys)))
    #expect(table.rows.map { $0.fields[0].text } == report.entries.compactMap { $0["name"] })
  }
}

@Suite struct MarkdownFormTests {
  @Test func textIsEscapedAndTablesAreAligned() {
    #expect(MarkdownText.escaped("a|b_c*\n<d>[e]\\") == "a\\|b\\_c\\* &lt;d&gt;\\[e\\]\\\\")
    #expect(
      MarkdownText.table(["a", "b"], words: 1, rows: [["x", "1"]])
        == "| a | b |\n| --- | ---: |\n| x | 1 |")
  }

  @Test func everyRowOfATableHasAsManyCellsAsItsHeading() throws {
    let reports: [any RenderedReport] = [
      try RunReportTests.report(), try RunReportTests.report(hardware: "mi300x"),
      try ListReport(.models), try ListReport(.scenarios),
    ]
    for report in reports {
      let rows = report.markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
      let counts = Set(
        rows.map { $0.replacing("\\|", with: "").count { $0 == "|" } })
      #expect(rows.count > 3 && counts.count == 1, "\(rows)")
    }
  }

  @Test func whatIsUnknownIsSaidWithTheReason() throws {
    let text = try CSVFormTests.reportWithoutPrices().markdown
    #expect(
      text.contains("- unknown: `cost`, because the profile `h200-sxm` has no rental price\n"))
    #expect(!text.contains("blended price"))
  }
}
