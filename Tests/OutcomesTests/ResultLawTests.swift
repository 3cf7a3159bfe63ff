import Diagnostics
import Outcomes
import Results
import Runs
import Scenarios
import Testing

/// The laws of results catch what they are there for: a wrong figure breaks exactly one.
struct ResultLawTests {
  private static func sound(_ name: String, _ changes: [String] = []) throws -> (
    RunResults, Deployment
  ) {
    let scenario = try ScenarioCatalogue.load(
      nameOrPath: name,
      overrides: try (["workload.requests=40", "workload.judge=whole"] + changes).map {
        try ConfigOverride(argument: $0)
      })
    let deployment = try Deployment(scenario)
    let outcome = try Outcome.simulate(deployment, OutcomeQuestion(hasCapacity: false))
    #expect(outcome.brokenLaws == [])
    return (RunResults(outcome.summary, of: deployment), deployment)
  }

  private static func broken(_ spoil: (inout RunResults) -> Void) throws -> [String] {
    var (results, deployment) = try sound("r1-gb200-disaggregated")
    spoil(&results)
    return ResultLaws.broken(results, of: deployment).map { String($0.dropFirst(4).prefix(3)) }
  }

  @Test(arguments: [
    ("benchmark/chat", []), ("benchmark/cluster", []), ("llama2-70b-groq", []),
    ("chat-gpt-oss", ["replicas=3", "spares=1", "bill=server"]),
    ("reasoning-distill-32b", ["price=owned"]),
    ("benchmark/chat", ["availability={mean_time_between_failures: 20 s, restart: 1 s}"]),
  ])
  func aSoundResultBreaksNone(name: String, changes: [String]) throws {
    let (results, deployment) = try Self.sound(name, changes)
    #expect(ResultLaws.broken(results, of: deployment) == [])
  }

  @Test func speedCatchesAPoolThatBeatsItsPeaks() throws {
    let flops = try Self.broken { $0.pools[1].modelFLOPsUtilization = $0.pools[1].busy * 1.01 }
    #expect(flops == ["L9 "])
    let bytes = try Self.broken { $0.pools[0].modelBandwidthUtilization = $0.pools[0].busy * 1.01 }
    #expect(bytes == ["L9 "])
  }

  @Test func energyCatchesAWholeThatForgetsAPool() throws {
    let found = try Self.broken {
      $0.energy?.acceleratorPowerWatts -= $0.pools[1].acceleratorPowerWatts ?? 0
    }
    #expect(found == ["L10"])
  }

  /// Of the pool alone and of the whole alike, so that only the machine's own limits tell.
  @Test(arguments: [0.05, 20])
  func energyCatchesMachinesThatDrawWhatNoneCan(factor: Double) throws {
    let found = try Self.broken { results in
      let more = (results.pools[0].acceleratorPowerWatts ?? 0) * (factor - 1)
      results.pools[0].acceleratorPowerWatts? += more
      results.energy?.acceleratorPowerWatts += more
    }
    #expect(found == ["L10"])
  }

  @Test func costCatchesALineThatIsNoProduct() throws {
    let found = try Self.broken {
      $0.cost?.lines[0].cost += 0.01
      $0.cost?.lines[1].cost -= 0.01
    }
    #expect(found == ["L11", "L11"])
  }

  @Test func costCatchesATotalThatIsNotItsLines() throws {
    let found = try Self.broken { $0.cost?.total += 4e-6 }
    #expect(found == ["L11"])
  }

  @Test func costCatchesMachineTimeThatNobodyPaysFor() throws {
    let found = try Self.broken {
      guard let idle = $0.cost?.lines.popLast() else { return }
      $0.cost?.total -= idle.cost
    }
    #expect(found == ["L11"])
  }

  /// The judged part of a run begins within a step, which is counted as a whole: a machine that is
  /// always busy still draws no more than it may.
  @Test func aFullMachineDrawsWhatItMay() throws {
    let scenario = try ScenarioCatalogue.load(
      nameOrPath: "reasoning-distill-32b",
      overrides: [try ConfigOverride(argument: "workload.arrivals.rate=3 req/s")])
    let outcome = try Outcome.simulate(
      try Deployment(scenario), OutcomeQuestion(depth: .quick, hasCapacity: true))
    #expect(outcome.load.isSustained == false)
    #expect(outcome.brokenLaws == [])
  }
}
