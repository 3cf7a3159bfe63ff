import Testing

@testable import Reporting

/// The parts that pages are made of.
@Suite struct HTMLPartsTests {
  @Test func textIsNeverMoreThanItsWords() {
    let name = "<script>alert('x')</script> & \"more\"\u{0}"
    let markup: Markup = "<p title=\"\(name)\">\(name)</p>"
    let words =
      "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;\u{FFFD}"
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
      id: "cost", title: "Cost", description: "Two parts.",
      steps: [.init("prefill", 2, reason: "1 h at 2 USD"), .init("answer", 6)])
    #expect(chart.total == 8)
    let text = chart.markup.text
    #expect(text.contains("x=\"0%\" y=\"22\" width=\"25%\""))
    #expect(text.contains("x=\"25%\" y=\"70\" width=\"75%\""))
    #expect(text.contains("<tr class=\"total\"><th scope=\"row\">total</th>"))
  }

  @Test func everyValueOfAChartIsInItsTable() {
    let chart = LineChart(
      id: "frontier", title: "Frontier", description: "One machine.", x: ChartAxis("speed"),
      y: ChartAxis("output"),
      series: [ChartSeries("h200", [ChartPoint(50, 100, name: "tp 4")], style: .markedLine)],
      reading: .points)
    #expect(chart.table.columns == ["series", "point", "speed", "output"])
    #expect(chart.table.rows.map(\.cells) == [["h200", "tp 4", "50.0", "100"]])
    #expect(chart.markup.text.contains("<tr data-x=\"100\" data-y=\"0\">"))
  }

  /// Four machines side by side, each with its lines and its waterfall, are a page of a size that
  /// anybody can send.
  @Test func comparisonOfFourMachinesIsSmallAndWellFormed() {
    let machines = ["h100-sxm", "h200-sxm", "b200-sxm", "mi300x"]
    let points = (0..<256).map { index -> ChartPoint in
      let value = Double(index * index)
      return ChartPoint(Double(index), value, high: value + 9)
    }
    let charts = ["batch", "cache", "queue", "busy"].map { name -> Markup in
      LineChart(
        id: name, title: name, description: name, x: ChartAxis("time", .seconds),
        y: ChartAxis(name), series: machines.map { ChartSeries($0, points) }
      ).markup
    }
    let costs = machines.map { name -> Markup in
      WaterfallChart(
        id: "cost-\(name)", title: name, description: name,
        steps: [WaterfallChart.Step("prefill", 2)], scaleEnd: 5
      ).markup
    }
    let prices = PageTable(
      "Machines", columns: ["machine", "USD"], rows: machines.map { [$0, "1"] })
    let page = HTMLPage(
      title: "Four machines", kind: "windtunnel compare", lead: "The same hour of chat.",
      sections: [
        PageSection("Machines", [prices.markup]), PageSection("Charts", isGrid: true, charts),
        PageSection("Costs", isGrid: true, costs), PageSection("Nothing", []),
      ], footer: "seed 1")
    #expect(WellFormedPage(page.text).problems == [])
    #expect(page.text.utf8.count < 500_000)
    #expect(!page.text.contains("Nothing"))
  }

  // MARK: Colors

  /// By the Web Content Accessibility Guidelines 2.2: 4.5 for letters, 3 for what is drawn.
  @Test(arguments: [PageStyle.light, PageStyle.dark])
  func colorsCanBeRead(theme: PageStyle.Theme) {
    for ground in [theme.ground, theme.raised] {
      for letters in [theme.ink, theme.faint, theme.accent] + theme.series {
        #expect(contrast(letters, ground) >= 4.5, "\(letters) on \(ground)")
      }
    }
    for color in theme.series { #expect(contrast(theme.inside, color) >= 4.5, "\(color)") }
    #expect(contrast(theme.ink, theme.idle) >= 4.5)
    #expect(theme.series.count == PageStyle.colors)
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
