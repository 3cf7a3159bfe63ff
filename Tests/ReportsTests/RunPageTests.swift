import Documents
import Foundation
import Requirements
import Results
import TestSupport
import Testing

@testable import Rendering
@testable import Reports

/// The page of a run: whole, safe, and with every figure of the document.
@Suite struct RunPageTests {
  private static func made(_ changes: String = "", title: String = "Forty") throws -> Page {
    let run = try SampleRun(changes, title: title)
    return Page(report: run.report, charts: run.charts, text: try run.findings.text(.html))
  }

  /// By the changes that they have; made once, because that takes a while.
  private static let pages = Result {
    try Dictionary(uniqueKeysWithValues: changes.map { ($0, try made($0)) })
  }

  private static func page(_ changes: String = "") throws -> Page {
    try #require(try pages.get()[changes])
  }

  private struct Page: Sendable {
    var report: RunReport
    var charts: RunCharts
    var text: String
  }

  private static let changes = [
    "", "objectives: {ttft: 300 ms, tpot: 20 ms}\n",
    "pools:\n  prefill: {parallelism: {tensor: 2}}\n  decode: {replicas: 2, hardware: h100-sxm}\n",
    "feed_forward: {hardware: groq-3-lpx, chips: 64}\n",
  ]

  @Test(arguments: changes)
  func pageIsWellFormedAndLoadsNothing(changes: String) throws {
    let text = try Self.page(changes).text
    let page = WellFormedPage(text)
    #expect(page.problems == [])
    #expect(page.headings.first == 1 && page.headings.filter { $0 == 1 }.count == 1)
    let loading = ["href", "src", "srcset", "action", "data", "poster"]
    for (name, value) in page.attributes where loading.contains(name.words.last ?? "") {
      #expect(value.hasPrefix("#"), "\(name) \(value)")
    }
    for word in [
      "url(", "@import", "fetch(", "XMLHttpRequest", "innerHTML", "http-equiv=\"refresh",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
    #expect(text.contains("<html lang=\"en\">"))
    #expect(text.utf8.count < 250_000)
  }

  /// Every chart says what it is and has a table of its values.
  @Test(arguments: changes)
  func everyChartHasATitleADescriptionAndATable(changes: String) throws {
    let text = try Self.page(changes).text
    let figures = text.components(separatedBy: "<figure ").dropFirst()
    #expect(figures.count >= 8)
    for figure in figures {
      #expect(figure.contains("role=\"img\" aria-labelledby="))
      #expect(figure.contains("<title id=") && figure.contains("<desc id="))
      #expect(figure.contains("<details><summary>Table</summary>"))
    }
  }

  @Test(arguments: changes)
  func everyFigureOfTheDocumentIsOnThePage(changes: String) throws {
    let page = try Self.page(changes)
    let lines = Set(page.text.split(separator: "\n").map(String.init))
    for item in page.report.results.figures {
      guard let value = item.value else { continue }
      let words = item.figure.words(value)
      let row = "<tr><th scope=\"row\">\(item.figure.path)</th><td>\(words)</td></tr>"
      #expect(lines.contains(row), "\(item.figure.path)")
    }
    let paths = Set(page.text.components(separatedBy: "<code>").map { $0.prefix { $0 != "<" } })
    for entry in page.report.provenance.figures {
      #expect(paths.contains(entry.path[...]), "\(entry.path)")
    }
    for range in [page.report.intervals?.meanTimeToFirstToken].compactMap({ $0 }) {
      let high = ValueFormat.seconds.words(range.high / 1e3)
      #expect(page.text.contains("to \(high)</p>"))
    }
    let words = page.text.replacing("<code>", with: "`").replacing("</code>", with: "`")
    for unknown in page.report.results.unknown { #expect(words.contains(unknown.reason)) }
  }

  /// A table of two pools, and of one with many replicas, fits a terminal.
  @Test(arguments: [changes[2], "replicas: 4\nrouting: round-robin"])
  func tableFitsTheTerminal(changes: String) throws {
    let lines = try SampleRun(changes).findings.text(.table).split(separator: "\n")
    for line in lines { #expect(line.count <= 120, "\(line)") }
  }

  @Test func titleOfAScenarioIsNeverMarkup() throws {
    let text = try Self.made(title: "</title><script>alert(1)</script><img src=x onerror=a>").text
    #expect(WellFormedPage(text).problems == [])
    #expect(!text.contains("<img") && !text.contains("alert(1)</script>"))
    #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
  }

  @Test func sameRunGivesTheSameBytes() throws {
    #expect(try Self.page().text == Self.made().text)
  }

  @Test func chartsAreThoseOfTheRun() throws {
    let page = try Self.page(Self.changes[2])
    let charts = page.charts
    #expect(charts.pools.map(\.name) == ["prefill", "decode"])
    let first = try #require(charts.latencies.first)
    let spread = try #require(page.report.results.timeToFirstToken)
    let middle = try #require(first.quantiles.first { $0.share == 0.5 })
    #expect(abs(middle.seconds * 1e3 / spread.p50 - 1) < 1e-5)
    let longest = try #require(first.quantiles.last)
    #expect(abs(longest.seconds * 1e3 / spread.max - 1) < 1e-5)
    #expect(
      zip(first.quantiles, first.quantiles.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
    #expect(charts.queue.count > 128 && charts.queue.count <= 256)
    let decode = charts.pools[1]
    #expect(decode.batch.map(\.maximum).max() == page.report.results.pools[1].batch.max)
    #expect(decode.busy.allSatisfy { $0.mean >= 0 && $0.mean <= 1 + 1e-9 })
    #expect(decode.occupancy.allSatisfy { $0.mean <= $0.maximum + 1e-9 })
    // The whole run is drawn: its last bucket ends where it does.
    #expect(abs(charts.endSeconds - page.report.results.makespanSeconds) < 1e-6)
  }

  /// Nothing that a run does lies beyond what decode steps alone would do.
  @Test func runIsWithinItsFrontier() throws {
    let page = try Self.page()
    let results = page.report.results
    let each = try #require(results.timePerOutputToken?.p50)
    let rate = try #require(results.outputRatePerAccelerator)
    let points = page.charts.decodePoints
    #expect(points.map(\.sequences) == points.map(\.sequences).sorted())
    #expect(points[0].sequences == 1)
    #expect(
      zip(points, points.dropFirst()).allSatisfy {
        $0.tokensPerSecondForOne >= $1.tokensPerSecondForOne
      })
    #expect(
      points.contains {
        $0.tokensPerSecondForOne >= 1e3 / each && $0.tokensPerSecondPerAccelerator >= rate
      })
  }
}

extension String {
  fileprivate var words: [String] { split(separator: " ").map(String.init) }
}
