import Documents
import Results
import Testing

@testable import Diagnostics
@testable import Reports

struct CSVTests {
  private func table(_ report: some Report) throws -> CSVTable {
    try CSVTable(try report.text(.csv), file: "report.csv")
  }

  @Test func everyFigureOfARunHasAColumnOfItsOwnWithItsValue() throws {
    let run = try SampleRun().findings
    let table = try table(run)
    #expect(Set(table.header).count == table.header.count)
    #expect(table.header.count == 8 + RunFigures.all.count)
    #expect(table.rows.count == 1)
    let cells = Dictionary(
      uniqueKeysWithValues: zip(table.header, table.rows[0].fields.map(\.text)))
    for row in RunFigures.all {
      let value = run.results.value(of: row)
      let cell = try #require(cells[row.column])
      #expect(cell.isEmpty == (value == nil), "\(row.column)")
      guard let value, let number = Double(cell) else { continue }
      #expect(abs(number - value * row.columnScale) <= 1e-5 * abs(number), "\(row.column)")
    }
  }

  @Test(arguments: [
    ("ttft.p99", "ttft_p99_ms"), ("output.per_gpu", "output_tok_s_per_gpu"),
    ("requests", "req_s"), ("attainment", "slo_attainment"), ("kv.mean", "kv_occupancy_mean"),
    ("cost.input", "cost_input_usd_per_mtok"), ("cost.hour", "cost_usd_per_hour"),
    ("energy.output", "energy_joules_per_output_token"), ("lost", "requests_lost"),
    ("makespan", "makespan_s"), ("mfu", "mfu"),
  ])
  func columnIsTheKeyWithTheUnitLast(path: String, column: String) {
    #expect(RunFigures.row(path)?.column == column)
  }

  @Test func rowsOfTwoRunsStack() throws {
    let lines = try [SampleRun(), SampleRun("seed: 2")].map {
      try $0.findings.text(.csv).split(separator: "\n")
    }
    #expect(lines[0][0] == lines[1][0])
    #expect(lines[0][1] != lines[1][1])
    #expect(lines.map(\.count) == [2, 2])
  }

  @Test func whatNobodyKnowsIsAnEmptyCell() throws {
    let table = try table(try SampleRun.withoutPrices())
    let column = try #require(table.header.firstIndex(of: "cost_total_usd"))
    #expect(table.rows[0].fields[column].text == "")
  }

  @Test func cellsAreQuotedWhereTheyMustBe() {
    #expect(
      CSVText.line(["a", "b,c", "d \"e\"", "f\ng", ""]) == "a,\"b,c\",\"d \"\"e\"\"\",f\\ng,\n")
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
