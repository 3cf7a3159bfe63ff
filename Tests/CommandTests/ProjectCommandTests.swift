import TestSupport
import Testing

@Suite struct ProjectCommandTests {
  private func report(_ arguments: String...) throws -> PrintedResult {
    let outcome = try Tool().start(["project"] + arguments + ["--format", "json"]).wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    return try outcome.result
  }

  private func figure(_ path: String, of report: PrintedResult) throws -> Double {
    try #require(
      report.figures.list.first { $0.path.text == path }?.value.number, "\(path)")
  }

  /// Sardana et al. 2024 report about 7 billion parameters and 17 %.
  @Test func smallerModelTrainedLongerIsCheaperToServe() throws {
    let found = try report("sardana-13b").results.allocation
    let optimum = found.optima[0]
    #expect(((optimum.best.parameters.number ?? 0) / 1e8).rounded() / 10 == 7.1)
    #expect(((optimum.best.tokens.number ?? 0) / 1e10).rounded() / 100 == 1.30)
    #expect(((optimum.saved.number ?? 0) * 1_000).rounded() / 10 == 16.3)
    // The optimum of Gopher's budget by every law.
    #expect(
      found.laws.list.map { (($0.parameters.number ?? 0) / 1e8).rounded() / 10 }
        == [72.2, 40.3, 32.2, 804.3])
  }

  @Test func smallProjectionAsATable() throws {
    let outcome = try Tool().run("project", "sardana-13b")
    try expectGolden(outcome.output, "project-sardana.txt")
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 110 })
  }

  @Test func requirementsAndBaselinesWorkHereToo() throws {
    let tool = try Tool()
    let met = try tool.run(
      "project", "sardana-13b", "--require", "allocation.flops.saved > 10 %", "--format", "json",
      "--output", "kept.json")
    #expect(met.status == 0, "\(met.error)")
    let same = try tool.run("project", "sardana-13b", "--baseline", "kept.json")
    #expect(same.status == 0, "\(same.error)")
    let missed = try tool.run(
      "project", "sardana-13b", "--require", "allocation.flops.saved > 20 %")
    #expect(missed.status == 2)
    #expect(missed.error.contains("error[requirement/not-met]"), "\(missed.error)")
    let mistyped = try tool.run("project", "sardana-13b", "--require", "ratio.life.euros < 2")
    #expect(mistyped.status == 4)
    #expect(mistyped.error.contains("unknown figure: ratio.life.euros"))
    let page = try tool.run("project", "sardana-13b", "--format", "html")
    #expect(page.status == 0 && page.output.contains("billion parameters"))
  }

  @Test func projectionAsAPage() throws {
    let outcome = try Tool().run("project", "chinchilla-70b", "--format", "markdown")
    #expect(outcome.status == 0)
    try expectGolden(outcome.output, "project-chinchilla.md")
  }

  @Test func headlineFiguresAreRowsOfACSV() throws {
    let outcome = try Tool().run("project", "llama-3.1-405b", "--format", "csv")
    let rows = outcome.output.split(separator: "\n").map(String.init)
    #expect(rows[0] == "figure,value,unit")
    #expect(
      rows.dropFirst().map { $0.split(separator: ",")[0] } == [
        "training.flops", "training.gpu_hours", "training.dollars", "training.joules",
      ])
  }

  /// 30.84 million H100 hours on the model card.
  @Test func publishedHoursLieInsideTheRange() throws {
    let training = try report("llama-3.1-405b").results.training
    #expect(training.published.within_range.flag == true)
    #expect(try #require(training.gpu_hours_low.number) < 30.84e6)
    #expect(try #require(training.gpu_hours_high.number) > 30.84e6)
    #expect(abs(try #require(training.total.gpu_hours.number) / 30.84e6 - 1) < 0.01)
  }

  @Test func chinchillaHasThreeWaysOutAndTheirPrices() throws {
    let model = try report("chinchilla-70b").results.data.models[0]
    #expect(model.tokens.number == 1.4e12)
    #expect(model.options.list.count == 3)
    for option in model.options.list {
      #expect(option.usd.isPresent && option.equal_loss_usd.isPresent, "\(option.option)")
    }
  }

  /// 3 D and 354 D, whatever the model and the machine; the hours of each machine are its own.
  @Test func targetsOfTheFigureOf118AreExact() throws {
    let found = try report("claim-06-118x")
    #expect(try figure("target.1.tokens_per_training_token", of: found) == 3)
    #expect(try figure("target.2.tokens_per_training_token", of: found) == 354)
    let machines = found.results.machines.list
    #expect(machines.count == 4)
    #expect(Set(machines.compactMap(\.ratio.flops.number)).count == 1)
    #expect(Set(machines.compactMap(\.ratio.gpu_hours.number)).count == 4)
    #expect(found.figures.list.allSatisfy { $0.value.number?.isFinite == true })
  }

  @Test func claimSaysUnderWhichConditionsItHolds() throws {
    let agents = try report("claim-10-agents").results.claim
    #expect(agents.conditions.list.map(\.holds.flag) == [true, true, false])
    #expect(agents.holds.flag == false)
    let tries = try report("claim-05-7b-for-70b").results.claim
    #expect(tries.conditions.list.map(\.holds.flag) == [false, false, true, false])
  }

  @Test func questionWithoutAnAnswerGetsTheReason() throws {
    let found = try report("sardana-13b", "--set", "allocation.quality={loss: 1.5}")
    #expect(
      found.results.impossible.texts == [
        "allocation: no model reaches this loss: 1.5000; the law `hoffmann` ends at 1.6900 for any "
          + "size and any amount of text - ask for a loss above 1.6900"
      ])
    let shrinking = try report(
      "claim-06-118x", "--set", "demand.growth=1e-6", "--set", "targets=[{ratio: 1e6}]")
    let target = shrinking.results.targets[0]
    #expect(!target.months.value.isPresent)
    #expect(target.months.reason.text?.hasPrefix("demand that shrinks never adds up") == true)
  }

  @Test func sameProjectionGivesTheSameBytes() throws {
    #expect(
      try Tool().run("project", "claim-07-thinking")
        == (try Tool().run("project", "claim-07-thinking")))
  }

  @Test func wrongProjectionIsAnInvalidInput() throws {
    let outcome = try Tool().run("project", "deepseek-v3", "--set", "demand.growth=-0.2")
    #expect(outcome.status == 4)
    #expect(outcome.output == "")
    #expect(
      outcome.error == """
        error[projection/growth]: `demand.growth` is a factor a year and must be above zero: -0.2
          --> --set demand.growth=-0.2  demand.growth
          note: 1 is no growth, 2 doubles every year, 0.5 halves
        hint: for a loss of 20 % a year write `0.800`

        """)
  }

  @Test func shownProjectionRunsAgain() throws {
    let text = try Tool().run("show", "projection", "sardana-13b").output
    let tool = try Tool(files: ["copy.yaml": text])
    #expect(
      try tool.run("check", "copy.yaml")
        == Tool.Outcome(output: "ok  copy.yaml  projection sardana-13b\n", error: "", status: 0))
    #expect(
      try tool.run("project", "copy.yaml").output
        == (try Tool().run("project", "sardana-13b").output))
  }
}
