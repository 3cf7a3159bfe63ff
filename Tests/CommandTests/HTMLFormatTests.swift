import Foundation
import Outcomes
import Documents
import TestSupport
import Testing
import Units

/// The page that the program prints: the figures of its document, and the same bytes every time.
@Suite struct HTMLFormatTests {
  private let tool: Tool

  init() throws { tool = try Tool(files: ["sample.yaml": sampleScenario]) }

  @Test func pageHasTheFiguresOfTheDocument() throws {
    let json = try tool.run("run", "sample.yaml", "--format", "json").output
    let report = try JSONDecoder().decode(RunReport.self, from: Data(json.utf8))
    let outcome = try tool.run("run", "sample.yaml", "--format", "html")
    #expect(outcome.status == 0 && outcome.error == "")
    #expect(outcome.output.hasPrefix("<!DOCTYPE html>\n") && outcome.output.hasSuffix("</html>\n"))
    #expect(outcome.output.contains("<title>Twenty requests</title>"))
    #expect(outcome.output.contains("fingerprint \(report.fingerprint)"))
    let results = report.results
    let figures: [(Double?, Units.Dimension)] = [
      (results.outputRate, .tokensPerSecond), (results.totalRatePerAccelerator, .tokensPerSecond),
      (results.timeToFirstToken.map { $0.p99 / 1e3 }, .seconds),
      (results.timePerOutputToken.map { $0.p50 / 1e3 }, .seconds),
      (results.endToEnd.map { $0.mean / 1e3 }, .seconds),
      (results.cost?.perMillionTokens.blended, .dollarsPerMillionTokens),
      (results.energy?.joulesPerOutputToken, .joulesPerToken),
    ]
    for (value, dimension) in figures {
      let words = NumberText.quantity(try #require(value), dimension, digits: 4)
      #expect(outcome.output.contains(">\(words)<"), "\(words)")
    }
    #expect(try tool.run("run", "sample.yaml", "--format", "html") == outcome)
  }

  @Test func pageGoesIntoAFile() throws {
    let outcome = try tool.run("run", "sample.yaml", "--format", "html", "-o", "page.html")
    #expect(outcome == Tool.Outcome(output: "", error: "", status: 0))
    #expect(try tool.read("page.html").utf8.count < 250_000)
  }

  @Test func resultWithoutAPageIsRefused() throws {
    for arguments in [["explain", "sample.yaml"], ["list", "hardware"]] {
      let outcome = try tool.start(arguments + ["--format", "html"]).wait()
      #expect(
        outcome
          == Tool.Outcome(
            output: "",
            error: """
              error[command/no-page]: this result has no page of HTML
                --> --format html
              hint: use `--format table` or `json`

              """, status: 64))
    }
  }
}
