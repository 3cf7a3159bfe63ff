import Diagnostics
import Economics
import Outcomes
import Planning
import Results
import Scenarios
import TestSupport
import Testing
import Units
import Workloads

struct CapacityPlanTests {
  private func scenario(_ changes: [String] = []) throws -> Scenario {
    try ScenarioCatalogue.load(
      nameOrPath: "reasoning-distill-32b",
      overrides: try (["workload.requests=150", "workload.arrivals.rate=4 req/s"] + changes).map {
        try ConfigOverride(argument: $0)
      })
  }

  private func plan(_ scenario: Scenario, _ demand: CapacityPlan.Demand) throws -> CapacityPlan {
    CapacityPlan.find(
      scenario, on: try SearchedMachine("h200-sxm", for: scenario, from: .builtIn),
      with: SearchOptions(holding: ServiceLevel(scenario)), for: demand, isCancelled: { false })
  }

  @Test(.enabled(if: LongTests.areEnabled))
  func aPlanHoldsAndOneFewerMisses() throws {
    let scenario = try scenario()
    let plan = try plan(scenario, CapacityPlan.Demand())
    let stage = try #require(plan.stages.first)
    #expect(ServiceLevel(scenario).shortfalls(of: stage.trial) == [])
    #expect(stage.bill.paid == stage.candidate.accelerators)
    if let fewer = plan.oneFewer { #expect(!fewer.shortfalls.isEmpty) }
  }

  @Test(.enabled(if: LongTests.areEnabled))
  func sparesComeOnTop() throws {
    let plan = try plan(try scenario(["spares=2"]), CapacityPlan.Demand())
    let stage = try #require(plan.stages.first)
    #expect(stage.bill.paid == stage.candidate.adding(replicas: 2).accelerators)
    let cost = try #require(stage.trial.results.cost)
    let bill = try #require(cost.bills.first)
    #expect(bill.spare == stage.bill.spare)
    #expect(abs(cost.dollarsPerHour - bill.dollarsPerUnitHour * Double(stage.bill.paid)) < 1e-9)
    #expect(cost.lines.contains { $0.pool == "spare" && $0.item == "idle" })
  }

  @Test(.enabled(if: LongTests.areEnabled))
  func moreLoadNeverNeedsLess() throws {
    let plan = try plan(
      try scenario(), CapacityPlan.Demand(headroom: 0.2, growthPerMonth: 0.3, months: 4))
    #expect(plan.stages.map(\.month) == [0, 1, 2, 3, 4])
    let counts = plan.stages.map(\.bill.paid)
    #expect(counts == counts.sorted())
    #expect(abs(plan.stages[2].factor - 1.2 * 1.3 * 1.3) < 1e-12)
  }

  @Test func aLoadIsScaledAsItIsTyped() throws {
    let scenario = try scenario()
    func settings(_ workload: Workload, _ factor: Double) -> [String] {
      workload.loadSettings(scaledBy: factor).map { "\($0.path)=\($0.value)" }
    }
    let scaled = scenario.workload.scaled(by: 1.5)
    #expect(scaled.arrivals == .poisson(rate: 6))
    // As long as before.
    #expect(scaled.requests == 225)
    #expect(settings(scenario.workload, 1.5) == ["arrivals.rate=6.0 req/s"])
    #expect(settings(scenario.workload, 1) == [])
    var closed = scenario.workload
    closed.arrivals = .closedLoop(clients: 10, thinkTime: .zero)
    #expect(closed.scaled(by: 1.25).arrivals == .closedLoop(clients: 13, thinkTime: .zero))
    closed.arrivals = .diurnal(
      DiurnalRate(mean: 2, swing: 0.5, periodSeconds: 86_400, peakSeconds: 43_200))
    #expect(closed.scaled(by: 1.5).highestOfferedRate == 4.5)
    #expect(settings(closed, 1.5) == ["arrivals.rate=3.0 req/s"])
    #expect(settings(closed, 1) == [])
    closed.arrivals = .offline
    #expect(closed.scaled(by: 2).arrivals == .offline)
    #expect(!closed.hasLoad)
  }
}
