import Results
import Testing

@testable import Documents
@testable import Rendering
@testable import Reports

/// What a buyer reads first, in every form.
struct AnswerFirstTests {
  private static func overloaded() throws -> RunFindings {
    var report = try SampleRun("objectives: {ttft: 300 ms}\n").report
    report.intervals = nil
    report.results.load = LoadResults(
      state: .overloaded, offered: 20, served: 9.4, capacity: 9.5, utilization: 2.105,
      limit: .cache, limitingPool: "serving", backlogShare: 1)
    report.objectives?.judge(report.results)
    return RunFindings(report)
  }

  private static let trouble =
    "20.0 req/s offered, 9.40 served: the queue grows; figures are of a backlog, not of a service; "
    + "there is no more room for keys and values; 9.50 req/s can be served."

  @Test(arguments: [ReportForm.table, .markdown, .html])
  func overloadStandsAboveEverythingElse(form: ReportForm) throws {
    let text = try Self.overloaded().text(form)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let alert = try #require(words.firstRange(of: Self.trouble))
    for later in ["could be served", "mean power"] {
      let place = try #require(words.firstRange(of: later))
      #expect(alert.lowerBound < place.lowerBound, "\(later)")
    }
    #expect(words.contains("have no intervals: they grow with the length of the run"))
    #expect(words.contains("Holds its objectives: no: the queue grows."))
    #expect(!words.contains("of requests within TTFT"))
  }

  @Test func loadThatIsServedHasNoAlert() throws {
    let text = try SampleRun("objectives: {ttft: 300 ms}\n").findings.text(.table)
    #expect(!text.contains("the queue grows"))
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains(
        "Holds its objectives: yes: 100.0 % of requests within TTFT 300 ms, 99 % must. 2.05 USD an")
    )
  }

  @Test(arguments: [ReportForm.table, .markdown, .html])
  func missedObjectivesAreSaid(form: ReportForm) throws {
    let run = try SampleRun("objectives: {ttft: 1 ms}\n").findings
    let words = try run.text(form).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let verdict =
      "Holds its objectives: no: 0.0 % of requests within TTFT 1 ms, 99 % must."
    #expect(words.contains(verdict))
    #expect(run.brief.contains(verdict))
    #expect(try run.text(.json).contains("\"holds\" : \"no\""))
  }

  /// Names are anybody's: a line is one line, and no command to a terminal or a runner.
  @Test func theAnswerInOneLineIsInert() throws {
    var report = try SampleRun().report
    report.inputs.scenario.name = "::error::a\nb\u{1B}[31m"
    let line = RunFindings(report).line
    #expect(line.hasPrefix("\\u{3a}:error::a b\\u{1b}[31m:"))
    #expect(!line.contains("\n"))
  }

  @Test func objectivesAreJudgedAtTheHighestRateToo() throws {
    var report = try SampleRun("objectives: {ttft: 300 ms}\n").report
    var peak = RunResults.PeakResults(
      load: LoadResults(
        state: .sustained, offered: 4, served: 4, capacity: 9.5, utilization: 0.42,
        limit: .cache, limitingPool: "serving", backlogShare: 0))
    peak.attainment = 0.98996
    report.results.peak = peak
    report.objectives?.judge(report.results)
    #expect(
      report.objectives?.words
        == "no: at the highest rate 98.996 % of requests within TTFT 300 ms, 99 % must")
    report.results.peak?.load.state = .undecided
    report.objectives?.judge(report.results)
    #expect(
      report.objectives?.words
        == "not known: too near to what can be served at the highest rate")
  }

  /// Nobody pays for a month of what takes seven hours.
  @Test func jobCostsWhatItTakes() throws {
    var report = try SampleRun().report
    report.inputs.workload.process = WorkloadInputs.batch
    report.results.makespanSeconds = 25_200
    let text = try RunFindings(report).text(.table)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("14.35 USD for 7 h, 2.05 an hour"))
    #expect(text.contains("\n  the job "))
    #expect(!text.contains("a month") && !text.contains("a year"))
  }

  /// A section is one file, and stands in every form.
  @Test(arguments: [ReportForm.table, .markdown, .html])
  func loadIsASectionOfEveryForm(form: ReportForm) throws {
    let text = try Self.overloaded().text(form)
    for words in ["offered", "9.40 req/s", "9.50 req/s", "210.5 %", "grows"] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test func billNamesUnitsSparesAndWhatIsUnused() {
    var bill = CostResults.Bill()
    (bill.hardware, bill.unit, bill.acceleratorsPerUnit) = ("h200-sxm", "server", 8)
    (bill.units, bill.serving, bill.spare, bill.unused) = (6, 44, 1, 3)
    bill.dollarsPerUnitHour = 16.4
    #expect(bill.words == "45 in 6 servers of 8")
    #expect(
      bill.fact
        == Fact(
          "h200-sxm", "45 in 6 servers of 8: 1 of replicas that stand by, 3 in no replica",
          "16.40 USD an hour for each server, the profile's price"))
    (bill.isOwnPrice, bill.priceDate) = (true, "2026-11")
    #expect(bill.priceWords == "your price of 2026-11")
    (bill.unit, bill.acceleratorsPerUnit, bill.spare, bill.unused) = ("accelerator", 1, 0, 0)
    #expect(bill.words == "44" && bill.idleWords == "")
  }

  @Test(arguments: [
    (2.0, "own", "owning is cheaper from 2.00 req/s on", "at this load owning is cheaper"),
    (30.0, "bought", "owning is cheaper from 30.0 req/s on", "at this load buying is cheaper"),
  ])
  func breakEvenIsSaid(rate: Double, name: String, from: String, now: String) throws {
    var report = try SampleRun().report
    report.results.api = APIResults(
      name: name, dollarsPerRequest: 0.0012, breakEvenRate: rate, isOwnCheaper: name == "own")
    let text = try RunFindings(report).text(.table)
    #expect(text.contains("0.00120 USD for such a request; \(from)"), "\(text)")
    #expect(text.contains("per million tokens, bought 0.00120 and "))
    #expect(text.contains(now))
  }

  @Test func owningThatIsNeverCheaperSaysWhatItCosts() throws {
    var report = try SampleRun().report
    report.results.api = APIResults(
      name: "other", dollarsPerRequest: 0.0012, breakEvenRate: 30, isOwnCheaper: false
    ).limited(to: 2, dollarsPerHour: 36)
    let text = try RunFindings(report).text(.table)
    #expect(text.contains("owning is never cheaper with this deployment: full, it costs 0.00500"))
  }

  @Test func costOfARequestAMonthAndAYearStandBesideTheHour() throws {
    let text = try SampleRun().findings.text(.table)
    for line in ["an hour", "a month", "a year", "a request"] {
      #expect(text.contains("\n  \(line) "), "\(line)")
    }
    #expect(text.contains("everything paid, over all tokens in and out"))
  }

  @Test func peakHasItsColumn() throws {
    var report = try SampleRun("objectives: {ttft: 300 ms}\n").report
    let load = try #require(try Self.overloaded().results.load)
    report.results.load = load
    var peak = RunResults.PeakResults(load: load)
    peak.attainment = 0.9
    peak.endToEnd = report.results.endToEnd
    report.results.peak = peak
    let text = try RunFindings(report).text(.table)
    #expect(text.contains("as a whole"))
    #expect(text.contains("at the peak"))
    #expect(text.contains("90.0 %"))
  }
}
