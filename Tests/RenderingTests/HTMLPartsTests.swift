import Foundation
import TestSupport
import Testing

@testable import Rendering

/// The parts that pages of HTML are made of.
@Suite struct HTMLPartsTests {
  @Test func textIsNeverMoreThanItsWords() {
    let name = "<script>alert('x')</script> & \"more\"\u{0}"
    let markup: Markup = "<p title=\"\(name)\">\(name)</p>"
    let words =
      "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;\\u{0}"
    #expect(markup.text == "<p title=\"\(words)\">\(words)</p>")
    #expect(("<b>\(markup)</b>" as Markup).text == "<b>\(markup.text)</b>")
  }

  @Test(arguments: [
    (12.0, "12"), (0.5, "0.5"), (33.333_333, "33.33"), (-8.05, "-8.05"), (99.999, "100"),
    (0.001, "0"),
  ])
  func coordinatesAreShort(value: Double, text: String) {
    #expect(("\(at: value)" as Markup).text == text)
  }

  @Test(arguments: [
    (0.0, 97.0, [0, 20, 40, 60, 80, 100]), (0, 0.06, [0, 0.02, 0.04, 0.06]),
    (0, 2683, [0, 500, 1000, 1500, 2000, 2500, 3000]), (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
  ])
  func marksAreRoundNumbers(low: Double, high: Double, marks: [Double]) {
    let layout = AxisLayout(ChartAxis("x"), values: [low, high], isRounded: true)
    #expect(layout.marks.map { ($0 * 1e6).rounded() / 1e6 } == marks)
    #expect(layout.position(layout.low) == 0 && layout.position(layout.high) == 1)
  }

  @Test func timeHasTheMarksOfAClock() {
    let axis = ChartAxis("time", .seconds, range: 0...3506)
    let marks = AxisLayout(axis, values: [], isRounded: false).marks
    #expect(marks.map(axis.format.tick) == ["0", "10 min", "20 min", "30 min", "40 min", "50 min"])
  }

  @Test func logarithmicMarksArePowersOfTen() {
    let axis = ChartAxis("latency", .seconds, scale: .logarithmic)
    let wide = AxisLayout(axis, values: [0.000_2, 40], isRounded: false)
    #expect(wide.marks.map(axis.format.tick) == ["1 ms", "10 ms", "100 ms", "1 s", "10 s"])
    #expect(abs(wide.position(1) - 0.6977) < 1e-4)
    let narrow = AxisLayout(axis, values: [0.012, 0.09], isRounded: false)
    #expect(narrow.marks.map(axis.format.tick) == ["20 ms", "50 ms"])
    // Nothing and what cannot be drawn is drawn at the edge.
    #expect(wide.position(0) == 0)
    #expect(AxisLayout(axis, values: [], isRounded: false).marks.count >= 2)
  }

  @Test func waterfallEndsAtItsTotal() {
    let chart = WaterfallChart(
      "Cost", "Two parts.", madeOf: ["hours"],
      [.init("prefill", 2, parts: [.number(1)]), .init("answer", 6, parts: [.number(3)])],
      totalParts: [.number(4)])
    #expect(chart.total.value == 8)
    let text = WaterfallDrawing(chart, id: "cost").markup.text
    #expect(text.contains("x=\"0%\" y=\"22\" width=\"25%\""))
    #expect(text.contains("x=\"25%\" y=\"70\" width=\"75%\""))
    #expect(text.contains("<tr class=\"total\"><th scope=\"row\">total</th><td>4.00</td>"))
  }

  @Test func everyValueOfAChartIsInItsTable() {
    let chart = LineChart(
      "Frontier", "One machine.", x: ChartAxis("speed"), y: ChartAxis("output"),
      [ChartSeries("h200", [ChartPoint(50, 100, name: "tp 4")], style: .markedLine)],
      reading: .points)
    #expect(chart.table.columns == ["series", "point", "speed", "output"])
    #expect(chart.table.rows.map { $0.cells.map(\.text) } == [["h200", "tp 4", "50.0", "100"]])
    let text = LineDrawing(chart, id: "frontier").markup.text
    #expect(text.contains("<tr data-x=\"100\" data-y=\"0\">"))
  }

  /// Four machines side by side, each with its lines and its waterfall, are a page of a size that
  /// anybody can send.
  @Test func comparisonOfFourMachinesIsSmallAndWellFormed() {
    let machines = ["h100-sxm", "h200-sxm", "b200-sxm", "mi300x"]
    let points = (0..<256).map { index -> ChartPoint in
      let value = Double(index * index)
      return ChartPoint(Double(index), value, high: value + 9)
    }
    let page = Page(title: "Four machines", kind: "windtunnel compare", lead: "An hour of `chat`.")
    {
      Section("Machines") {
        Part.table(
          Table("Machines", ["machine", "USD"], machines.map { [.words($0), .dollars(1)] }))
      }
      Section("Charts") {
        for name in ["batch", "cache", "queue", "busy"] {
          Part.picture(
            .lines(
              LineChart(
                name, name, x: ChartAxis("time", .seconds), y: ChartAxis(name),
                machines.map { ChartSeries($0, points) })))
        }
      }
      Section("Costs") {
        for name in machines {
          Part.chart(.waterfall(WaterfallChart(name, name, [.init("prefill", 2)], scaleEnd: 5)))
        }
      }
      Section("Nothing") {}
    }
    #expect(WellFormedPage(page.html).problems == [])
    #expect(page.html.utf8.count < 500_000)
    #expect(!page.html.contains("Nothing"))
    #expect(page.html.contains("An hour of <code>chat</code>."))
  }

  /// A name and its lines stand in a row of their own, whatever comes before.
  @Test func factsKeepTheirLinesTogether() {
    let page = Page(title: "a", kind: "b") {
      Section {
        Part.facts([Fact("machine", "4 x h200", "eight a server"), Fact("engine", "vllm")])
      }
    }
    #expect(
      page.html.contains(
        """
        <dl><dt>machine</dt><dd>4 x h200</dd>
        <dd>eight a server</dd>
        <dt>engine</dt><dd>vllm</dd>
        </dl>
        """))
    let sheet = PageAssets.style
    #expect(sheet.contains("dt { color: var(--faint); grid-column: 1; }"))
    #expect(sheet.contains("dd { margin: 0; min-width: 0; grid-column: 2; }"))
  }

  @Test func twoPartsOfOneNameHaveTwoAnchors() {
    let page = Page(title: "a", kind: "b") {
      for _ in 0..<2 { Section("Cost") { Part.paragraph("c") } }
    }
    #expect(page.html.contains("<h2 id=\"cost\">") && page.html.contains("<h2 id=\"cost-2\">"))
  }

  // MARK: Series

  /// Four times as many as there are colors; each has a color, a mark and dashes of its own.
  @Test func twentyFourSeriesCanBeToldApart() {
    let looks = (0..<24).map { SeriesLook(series: $0) }
    for (index, look) in looks.enumerated() {
      #expect(!looks[..<index].contains(look), "\(index)")
    }
    let marks = Set(looks.map { $0.mark(size: 5).text })
    #expect(marks.count == 24)
    for look in looks where look.mark > 0 {
      #expect(PageAssets.style.contains(".d\(look.mark) { stroke-dasharray"))
    }
    for color in 0..<SeriesLook.colors {
      #expect(PageAssets.style.contains(".c\(color) { --color: var(--series-\(color)); }"))
    }
  }

  /// By the Web Content Accessibility Guidelines 2.2: 4.5 for letters, 3 for what is drawn.
  @Test(arguments: [0, 1])
  func colorsCanBeRead(theme: Int) throws {
    let blocks = PageAssets.style.components(separatedBy: ":root {").dropFirst()
      .map { $0.prefix { $0 != "}" } }
    #expect(blocks.count == 2)
    let pairs = blocks[theme].split(separator: "\n").compactMap { line -> (String, String)? in
      let parts = line.split(separator: ":").map { $0.filter { !" ;".contains($0) } }
      return parts.count == 2 && parts[0].hasPrefix("--") ? (parts[0], parts[1]) : nil
    }
    let colors = Dictionary(uniqueKeysWithValues: pairs)
    func color(_ name: String) throws -> String { try #require(colors["--\(name)"]) }
    let series = try (0..<SeriesLook.colors).map { try color("series-\($0)") }
    for ground in [try color("ground"), try color("raised")] {
      for letters in [try color("ink"), try color("faint"), try color("accent")] + series {
        #expect(contrast(letters, ground) >= 4.5, "\(letters) on \(ground)")
      }
    }
    for one in series { #expect(contrast(try color("inside"), one) >= 4.5, "\(one)") }
    #expect(contrast(try color("ink"), try color("idle")) >= 4.5)
    #expect(colors.count == 8 + SeriesLook.colors)
  }

  private func contrast(_ one: String, _ other: String) -> Double {
    let (low, high) = (min(luminance(one), luminance(other)), max(luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
  }

  private func luminance(_ color: String) -> Double {
    let value = Int(color.dropFirst(), radix: 16) ?? 0
    let parts = [value >> 16, value >> 8 & 255, value & 255].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.040_45 ? share / 12.92 : powered((share + 0.055) / 1.055)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  /// To the power of 2.4, by 12/5: the fifth root by Newton's method.
  private func powered(_ value: Double) -> Double {
    var root = value
    for _ in 0..<60 { root -= (root * root * root * root * root - value) / (5 * power4(root)) }
    return value * value * root * root
  }

  private func power4(_ value: Double) -> Double { value * value * value * value }
}
