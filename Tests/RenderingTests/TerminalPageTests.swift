import Testing

@testable import Rendering

struct TerminalPageTests {
  private func text(bare: Bool = false, @PageBuilder<Section> _ sections: () -> [Section]) -> String
  {
    Page(
      name: "chat", title: "An hour", kind: "windtunnel run", footer: "seed 1", isBare: bare,
      sections
    )
    .terminal(.plain)
  }

  @Test func pageIsTitleSectionsAndFooter() {
    let page = text {
      Section {
        Part.facts([Fact("machine", "4 x h200", "eight a server"), Fact("empty", "")])
      }
      Section("Latency") {
        Part.table(
          Table(
            "Latency", ["", "mean", "kind"],
            [["first", .seconds(0.031), "a"], ["end to end", .none, "longer"]]))
        Part.note("in milliseconds")
        Part.paragraph("As measured.")
      }
      Section("Nothing") { Part.table(Table("", ["a"], [])) }
    }
    #expect(
      page == """
        chat: An hour

          machine  4 x h200
                   eight a server

        Latency
                         mean  kind
          first       31.0 ms  a
          end to end        -  longer
          in milliseconds

          As measured.

        seed 1

        """)
  }

  @Test func bareTableHasNothingAroundIt() {
    let page = text(bare: true) {
      Section { Part.table(Table("Machines", ["name", "tdp"], [["h200", "700 W"]])) }
    }
    #expect(page == "name  tdp\nh200  700 W\n")
  }

  /// A machine a column: those that have no room stand below, under the same names.
  @Test func wideTableIsCutBetweenColumns() {
    let names = (1...7).map { "machine number \($0)" }
    let page = text(bare: false) {
      Section {
        Part.table(
          Table(
            "Machines", ["figure"] + names,
            [Table.Row([.words("output in tokens a second")] + names.map { _ in .number(1) })]))
      }
    }
    let lines = page.split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.count <= 120 })
    #expect(lines.filter { $0.hasPrefix("  output in") }.count == 2)
    #expect(lines.filter { $0.hasPrefix("  figure") }.count == 2)
    for name in names { #expect(page.contains(name)) }
  }

  @Test func barsAreLetters() {
    let chart = BarChart(
      "Time", "", parts: ["memory", "host", "idle"], idlePart: 2,
      [.init("the run", shares: [0.5, 0, 0.5])])
    let page = text(bare: true) { Section { Part.chart(.bars(chart)) } }
    let (memory, idle) = (String(repeating: "m", count: 25), String(repeating: ".", count: 25))
    #expect(page == "the run  [\(memory)\(idle)]\n         memory 50.0 %, idle 50.0 %\n")
  }

  @Test func shortChartIsItsTableAndAPictureIsNothing() {
    func chart(_ count: Int) -> Chart {
      .lines(
        LineChart(
          "Growth", "", x: ChartAxis("month", .count), y: ChartAxis("GPUs", .count),
          [ChartSeries("GPUs", (0..<count).map { ChartPoint(Double($0), 8) })]))
    }
    let page = text(bare: true) {
      Section {
        Part.chart(chart(2))
        Part.picture(chart(2))
        Part.chart(chart(60))
        Part.fold("More", [.paragraph("hidden")])
      }
    }
    #expect(page == "month  GPUs\n0         8\n1         8\n")
  }

  @Test func listHasItsLinesBelow() {
    let page = text(bare: true) {
      Section {
        Part.list([
          Item(.code("peak.bf16"), ["989 TFLOP/s", .status("datasheet")], lines: ["note: dense"]),
          Item(.code("peak"), ["-", .status("measured")]),
        ])
      }
    }
    #expect(
      page == """
        peak.bf16  989 TFLOP/s  datasheet
          note: dense
        peak       -            measured

        """)
  }

  @Test func columnsAreAsWideAsTheirWidestCell() {
    var table = TextTable([.left, .right])
    table.add(heading: ["name", "ms"])
    table.add(["prefill", "1.5"])
    #expect(table.lines(.plain) == ["  name      ms", "  prefill  1.5"])
  }

  @Test func barIsAsLongAsItsSharesSay() {
    let shares = [("m", 0.5), ("c", 0.3), (".", 0.2)]
    #expect(TextBar.text(shares.map { (letter: $0.0, share: $0.1) }, width: 10) == "[mmmmmccc..]")
  }

  @Test func paragraphsBreakBetweenWords() {
    let lines = TextWrap.lines("one two three four", width: 10, indent: 0, hang: 2)
    #expect(lines == ["one two", "  three", "  four"])
    #expect(
      TextWrap.lines("are 9 % of it", width: 6, indent: 0, hang: 0) == ["are", "9 % of", "it"])
  }

  @Test func styleNeverChangesTheWords() {
    #expect(TextStyle.plain.bold("x") == "x")
    #expect(TextStyle.terminal.bold("x") == "\u{1B}[1mx\u{1B}[0m")
  }
}
