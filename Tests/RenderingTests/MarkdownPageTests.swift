import Testing
import Units

@testable import Rendering

struct MarkdownPageTests {
  @Test func textIsEscapedAndTablesAreAligned() {
    #expect(MarkdownText.escaped("a|b_c*\n<d>[e]\\") == "a\\|b\\_c\\* &lt;d&gt;\\[e\\]\\\\")
    let table = Table("t", ["a", "b|"], [["x", .number(1)], ["y", .unknown]])
    #expect(
      MarkdownText.table(table)
        == "| a | b\\| |\n| --- | ---: |\n| x | 1.00 |\n| y | unknown |")
  }

  @Test func pageIsHeadingsAndBlocks() {
    let page = Page(name: "chat", title: "An hour", kind: "windtunnel run", footer: "Seed 1") {
      Section {
        Part.facts([Fact("machine", "4 x h200", "eight a server"), Fact("empty", "")])
        Part.cards([
          Card("price", .dollars(0.293), interval: .spread(low: 0.26, high: 0.33, .dollars)),
          Card("output", .quantity(176, .tokensPerSecond), note: "all"),
        ])
      }
      Section("Verdict") {
        Part.list([Item(.code("rejected"), [.verdict("missed", isGood: false)], lines: ["by 2"])])
        Part.code("a: 1\n", language: "yaml")
        Part.fold("2 more", [.paragraph("*these*")])
      }
    }
    #expect(
      page.markdown() == """
        # chat: An hour

        - machine: 4 x h200\u{20}\u{20}
          eight a server

        | figure | value | 80 % interval |  |
        | --- | ---: | ---: | --- |
        | price | 0.293 | 0.260 to 0.330 |  |
        | output | 176 tok/s |  | all |

        ## Verdict

        - `rejected`, **missed**\u{20}\u{20}
          by 2

        ```yaml
        a: 1
        ```

        <details><summary>2 more</summary>

        \\*these\\*

        </details>

        Seed 1

        """)
    #expect(page.markdown(level: 3).hasPrefix("### chat"))
  }

  @Test func longChartIsFolded() {
    let chart = LineChart(
      "Ratio", "", x: ChartAxis("month", .count), y: ChartAxis("ratio"),
      [ChartSeries("FLOPs", (0..<60).map { ChartPoint(Double($0), 1) })])
    let page = Page(title: "a", kind: "b") { Section("c") { Part.chart(.lines(chart)) } }
    #expect(page.markdown().contains("<details><summary>Ratio</summary>\n\n| month | FLOPs |"))
  }
}
