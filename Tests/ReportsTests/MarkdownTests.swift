import Documents
import Testing

@testable import Reports

struct MarkdownTests {
  @Test func everyRowOfATableHasAsManyCellsAsItsHeading() throws {
    let reports: [any Report] = [
      try SampleRun().findings, try SampleRun(hardware: "mi300x").findings,
      try ListReport(.models), try ListReport(.scenarios),
    ]
    for report in reports {
      let tables = try report.text(.markdown).split(separator: "\n\n")
        .map { $0.split(separator: "\n") }.filter { $0.allSatisfy { $0.hasPrefix("|") } }
      #expect(!tables.isEmpty)
      for table in tables {
        let counts = Set(table.map { $0.replacing("\\|", with: "").count { $0 == "|" } })
        #expect(table.count > 2 && counts.count == 1, "\(table)")
      }
    }
  }

  @Test func whatIsUnknownIsSaidWithTheReason() throws {
    let text = try SampleRun.withoutPrices().text(.markdown)
    #expect(text.contains("unknown: the profile `h200-sxm` has no rental price\n"))
    #expect(!text.contains("blended price"))
  }
}
