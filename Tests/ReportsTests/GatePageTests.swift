import Diagnostics
import Rendering
import Requirements
import Testing
import Units

@testable import Documents
@testable import Reports

/// A verdict as people read it, of a result that was never computed.
struct GatePageTests {
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
      [FigureValue(Self.latency, latency), FigureValue(Self.rejected, rejected)]
    }

    static let latency = Figure("ttft.p99", .seconds, .less)
    static let rejected = Figure("rejected", nil, .less)
  }

  private func judged(
    _ sample: Sample, against before: Sample? = nil
  ) throws -> (document: Sample, verdict: GateVerdict) {
    let baseline = try before.map { try Baseline<Sample>(try $0.json(), file: "b.json") }
    let verdict = GateVerdict(
      sample.figures, requirements: [Requirement(Sample.latency, .less, 0.5)],
      baseline: baseline?.comparison(with: sample.figures, tolerances: Tolerances(0.01)))
    var document = sample
    document.adopt(verdict, inputs: try baseline?.inputDifferences(to: sample) ?? [])
    return (document, verdict)
  }

  @Test func summaryFoldsWhatIsTolerated() throws {
    let now = Sample(inputs: Sample.Inputs(machine: "fast"), latency: 0.401, rejected: 2)
    let (document, verdict) = try judged(now, against: Sample(latency: 0.4, rejected: 1))
    #expect(
      document.summary(verdict) == """
        ### windtunnel sample a\\|b &lt;c&gt; &amp; "d": not met

        on a fast machine

        1 of 1 requirement met; 1 of 2 figures worse than the baseline.

        | requirement | value |  |
        | --- | ---: | --- |
        | ttft.p99 &lt; 500 ms | 401.0 ms | met |

        #### Baseline

        b.json, 1 % tolerated: 1 worse, 1 within

        | figure | before | now | change |  |
        | --- | ---: | ---: | ---: | --- |
        | rejected | 1 | 2 | +100 % | **worse** |

        <details><summary>1 within</summary>

        | figure | before | now | change |  |
        | --- | ---: | ---: | ---: | --- |
        | ttft.p99 | 400.0 ms | 401.0 ms | +0.250 % | within |

        </details>

        | other input | before | now |
        | --- | --- | --- |
        | inputs.machine | slow | fast |

        """)
  }

  @Test func tableShowsWhatFailsFirst() throws {
    let now = Sample(inputs: Sample.Inputs(machine: "fast"), latency: 0.3, rejected: 2)
    let document = try judged(now, against: Sample(latency: 0.4, rejected: 1)).document
    let page = Page(kind: "sample", isBare: true) { document.gateSections }
    #expect(
      page.terminal(.plain) == """
        Requirements
        requirement           value
        ttft.p99 < 500 ms  300.0 ms  met

        Baseline
        b.json, 1 % tolerated: 1 worse, 1 better
        figure      before       now   change
        rejected         1         2   +100 %  worse
        ttft.p99  400.0 ms  300.0 ms  -25.0 %  better

        other input     before  now
        inputs.machine  slow    fast

        """)
    #expect(!Sample().gateSections.contains { !$0.parts.isEmpty })
  }
}
