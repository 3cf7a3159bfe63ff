import Diagnostics
import Requirements
import Testing
import Units

@testable import Documents

/// The forms of a verdict, of a result that was never computed.
@Suite struct GateDocumentTests {
  private struct Sample: GatedDocument {
    struct Inputs: Encodable {
      var machine: String
    }

    static func figure(_ path: String) -> Figure? {
      [latency, rejected].first { $0.path == path }
    }

    static let schema = ReportSchema(name: "windtunnel/sample", version: 3)
    static let command = "sample"

    var schema = Self.schema
    var command = Self.command
    var subject = "a|b <c> & \"d\""
    var inputs = Inputs(machine: "slow")
    var latency: Double?
    var rejected = 0.0
    var requirements: [RequirementReport]?
    var baseline: BaselineReport?

    var circumstances: String { "on a \(inputs.machine) machine" }
    var figures: [FigureValue] {
      [
        FigureValue(Self.latency, latency, unknown: FigureValue.Unknown("nothing\nran")),
        FigureValue(Self.rejected, rejected),
      ]
    }

    static let latency = Figure("ttft.p99", .seconds, .less)
    static let rejected = Figure("rejected", nil, .less)
  }

  private func judged(
    _ sample: Sample, against before: Sample? = nil
  ) throws -> (document: Sample, verdict: GateVerdict) {
    let baseline = try before.map { try Baseline<Sample>(try $0.json(), file: "b.json") }
    let verdict = GateVerdict(
      sample.figures,
      requirements: [
        Requirement(
          Sample.latency, .less, 0.5, at: SourceLocation(file: "a.yaml", line: 3, column: 5))
      ],
      baseline: baseline?.comparison(with: sample.figures, tolerances: Tolerances(0.01)))
    var document = sample
    document.adopt(verdict, inputs: try baseline?.inputDifferences(to: sample) ?? [])
    return (document, verdict)
  }

  @Test func testReportHasATestForEachRequirementAndFigure() throws {
    let (document, verdict) = try judged(
      Sample(latency: nil, rejected: 1), against: Sample(latency: 0.4, rejected: 1))
    #expect(
      GateJUnit(document, verdict).text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="windtunnel sample a|b &lt;c&gt; &amp; &quot;d&quot;" tests="3" \
        failures="2">
          <testsuite name="windtunnel sample a|b &lt;c&gt; &amp; &quot;d&quot;: requirements" \
        tests="1" failures="1" errors="0" skipped="0">
            <testcase classname="windtunnel sample a|b &lt;c&gt; &amp; &quot;d&quot;: \
        requirements" name="ttft.p99 &lt; 500 ms" file="a.yaml" line="3">
              <failure type="requirement/not-met" message="`ttft.p99` must be below 500 ms: \
        unknown">error[requirement/not-met]: `ttft.p99` must be below 500 ms: unknown&#10;  --&gt; \
        a.yaml:3:5&#10;  note: nothing\\nran</failure>
            </testcase>
            <system-out>on a slow machine</system-out>
          </testsuite>
          <testsuite name="windtunnel sample a|b &lt;c&gt; &amp; &quot;d&quot;: baseline" \
        tests="2" failures="1" errors="0" skipped="0">
            <testcase classname="windtunnel sample a|b &lt;c&gt; &amp; &quot;d&quot;: baseline" \
        name="ttft.p99">
              <failure type="baseline/worse" message="400.0 ms before, unknown now: \
        nothing&#10;ran">error[baseline/worse]: 400.0 ms before, unknown now: \
        nothing\\nran</failure>
            </testcase>
            <testcase classname="windtunnel sample a|b &lt;c&gt; &amp; &quot;d&quot;: baseline" \
        name="rejected"/>
            <system-out>on a slow machine</system-out>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func whatWasNotAskedForIsAbsent() throws {
    var document = Sample(latency: 0.4)
    document.adopt(GateVerdict(document.figures, requirements: []))
    #expect(document.requirements == nil)
    #expect(document.baseline == nil)
  }

  /// A baseline must not bring a number that nobody could print.
  @Test func numberWithoutEndIsRefused() throws {
    let json = try Sample(latency: 0.4).json()
    for odd in ["1e999", "\"Infinity\"", "{}"] {
      #expect(throws: InvalidInput.self) {
        try Baseline<Sample>(json.replacing("0.4", with: odd), file: "b.json")
      }
    }
  }

  @Test func charactersThatXMLCannotSayAreReplaced() {
    #expect(XMLText.escaped("a\u{1}\u{b}\tb\u{ffff}") == "a\u{fffd}\u{fffd}&#9;b\u{fffd}")
    #expect(XMLText.escaped("\u{9b}1m\u{202e}\u{2028}") == "&#155;1m&#8238;&#8232;")
  }
}
