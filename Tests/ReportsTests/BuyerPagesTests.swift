import Planning
import Results
import Testing

@testable import Documents
@testable import Reports

/// What `plan` and `compare` lead with.
struct BuyerPagesTests {
  private static func choice() throws -> CompareReport.Choice {
    var results = try SampleRun().report.results
    results.makespanSeconds = 25_200
    return CompareReport.Choice(
      layout: "1 x TP1", accelerators: 1, settings: ["--set replicas=1"], weights: "bf16",
      results: results, fingerprint: "", weakest: "fitted")
  }

  private static func plan(
    _ choice: CompareReport.Choice, process: String = "poisson"
  ) -> PlanReport {
    PlanReport(
      seed: 1,
      inputs: PlanReport.Inputs(
        scenario: "night", title: "", file: "night.yaml", model: "m", hardware: "h200-sxm",
        engine: "vllm", price: "rental", process: process, level: ["makespan < 8 h"], headroom: 0,
        growthPerMonth: 0, months: 0, spares: 0),
      choice: choice, certainty: .marginal, gpusDeployed: 1, gpusPerDomain: 8, reasons: [],
      months: [
        PlanReport.Month(month: 0, load: 1, layout: "1 x TP1", accelerators: 1, domains: 1)
      ], simulations: 3)
  }

  private static func compare(
    _ choice: CompareReport.Choice, interactivity: Double? = nil, share: Double? = nil
  ) -> CompareReport {
    CompareReport(
      seed: 1,
      inputs: CompareReport.Inputs(
        scenario: "night", title: "", file: "night.yaml", model: "m", price: "rental",
        process: WorkloadInputs.batch, level: [], interactivity: interactivity, share: share),
      machines: [
        CompareReport.Machine(
          hardware: "h200-sxm", title: "", engine: "vllm", verdict: .holds, certainty: .yes,
          untimedWeights: [], reasons: [], choice: choice, simulations: 3)
      ])
  }

  private func words(_ report: some Report, _ form: ReportForm = .table) throws -> String {
    try report.text(form).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func planOfABatchSaysWhatItCosts() throws {
    let plan = Self.plan(try Self.choice(), process: WorkloadInputs.batch)
    let text = try words(plan)
    #expect(text.contains("The fewest that hold the level, marginally: 1 x TP1 on h200-sxm, "))
    #expect(text.contains("14.35 USD for 7 h, 2.05 an hour"))
    #expect(!text.contains("a month") && !text.contains("time to first token"))
    let markdown = try plan.text(.markdown)
    #expect(!markdown.contains("demand") && !markdown.contains("not served"))
  }

  @Test func comparisonOfABatchSaysWhatItCosts() throws {
    let text = try words(Self.compare(try Self.choice()))
    #expect(text.contains("USD for the job it takes"))
    #expect(text.contains("14.35 7 h"))
    #expect(!text.contains("Interactivity"))
    #expect(!text.contains("a month") && !text.contains("time to first token"))
  }

  @Test func serversAreTheCheapestAndNotTheFewest() throws {
    var choice = try Self.choice()
    choice.results.cost?.bills[0].acceleratorsPerUnit = 8
    #expect(try words(Self.plan(choice)).contains("The cheapest that hold the level"))
  }

  @Test func guessesThatNobodyAskedForAreSaid() throws {
    var choice = try Self.choice()
    choice.assumedAcceptance = 0.85
    for text in [try words(Self.plan(choice)), try words(Self.compare(choice))] {
      #expect(
        text.contains(
          "; with guesses right at 0.85, which nobody measured here: `--keep speculation` leaves "
            + "them out."))
    }
  }

  @Test(arguments: [(0.95, "95 % of them"), (nil, "the median user")] as [(Double?, String)])
  func speedSaysWhoseItIs(share: Double?, whose: String) throws {
    var choice = try Self.choice()
    choice.clients = 61
    let report = Self.compare(choice, interactivity: 40, share: share)
    for form in [ReportForm.table, .markdown, .html] {
      let text = try words(report, form)
      #expect(text.contains("with as many users as leave \(whose) 40 tok/s."))
      #expect(text.contains("61 users"))
      #expect(text.contains("windtunnel run night.yaml --set replicas=1"))
    }
  }

  @Test func whatIsBoughtStandsBesideEveryAnswer() throws {
    var choice = try Self.choice()
    choice.results.api = APIResults(
      name: "hosted", dollarsPerRequest: 0.0012, breakEvenRate: 2, isOwnCheaper: false)
    for text in [try words(Self.plan(choice)), try words(Self.compare(choice))] {
      #expect(text.contains("owning is cheaper from 2.00 req/s on"))
    }
  }

  @Test func rowsCanBePasted() throws {
    let choice = try Self.choice()
    #expect(
      try Self.compare(choice).text(.csv).contains(",windtunnel run night.yaml --set replicas=1,"))
    let rows = try #require(Self.plan(choice).rows)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(rows[1].contains("marginal"))
  }
}
