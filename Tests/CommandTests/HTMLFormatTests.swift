import TestSupport
import Testing
import Units

/// The page that the program prints: the figures of its document, and the same bytes every time.
@Suite struct HTMLFormatTests {
  private let tool: Tool

  init() throws { tool = try Tool(files: ["sample.yaml": sampleScenario]) }

  @Test func pageHasTheFiguresOfTheDocument() throws {
    let report = try tool.run("run", "sample.yaml", "--format", "json").result
    let outcome = try tool.run("run", "sample.yaml", "--format", "html")
    #expect(outcome.status == 0 && outcome.error == "")
    #expect(outcome.output.hasPrefix("<!DOCTYPE html>\n") && outcome.output.hasSuffix("</html>\n"))
    #expect(outcome.output.contains("<title>Twenty requests</title>"))
    let fingerprint = try #require(report.fingerprint.text)
    #expect(outcome.output.contains("fingerprint \(fingerprint)"))
    let figures = report.figures
    let shown: [(String, Units.Dimension)] = [
      ("output", .tokensPerSecond), ("total.per_gpu", .tokensPerSecond), ("ttft.p99", .seconds),
      ("tpot.p50", .seconds), ("e2e.mean", .seconds), ("cost.blended", .dollarsPerMillionTokens),
      ("energy.output", .joulesPerToken),
    ]
    for (path, dimension) in shown {
      let words = NumberText.quantity(
        try #require(figures[path].number), dimension, digits: 4)
      #expect(outcome.output.contains(">\(words)<"), "\(words)")
    }
    #expect(try tool.run("run", "sample.yaml", "--format", "html") == outcome)
  }

  @Test func pageGoesIntoAFile() throws {
    let outcome = try tool.run("run", "sample.yaml", "--format", "html", "-o", "page.html")
    #expect(outcome == Tool.Outcome(output: "", error: "", status: 0))
    #expect(try tool.read("page.html").utf8.count < 250_000)
  }

  @Test(arguments: [
    ["explain", "sample.yaml"], ["list", "hardware"], ["show", "hardware", "h200-sxm"],
    ["show", "model", "gpt-oss-20b"], ["check", "sample.yaml"],
  ])
  func everyResultHasAPage(arguments: [String]) throws {
    let outcome = try tool.start(arguments + ["--format", "html"]).wait()
    #expect(outcome.status == 0 && outcome.error == "")
    #expect(WellFormedPage(outcome.output).problems == [])
  }
}
