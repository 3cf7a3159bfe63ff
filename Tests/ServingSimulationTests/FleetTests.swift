import OperatorCosts
import TestSupport
import Testing
import Units
import Workloads

@testable import ServingSimulation

/// Replicas of several kinds behind one router.
struct FleetTests {
  private func part(
    _ name: String, replicas: Int = 1, step: Double = 0.001, blocks: Int = 1_000,
    routing: RoutingPolicy = .leastRequests, takes: RequestFilter = .all
  ) -> PoolConfiguration {
    PoolConfiguration(
      name: name, replicas: replicas,
      model: StepModel(secondsPerStep: step, secondsPerToken: step / 1_000),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 512, maximumSequences: 16),
      capacity: CacheCapacity(totalBlocks: blocks, blockTokens: 16), routing: routing,
      takes: takes)
  }

  private func configuration(
    _ pools: [PoolConfiguration], arrivals: ArrivalProcess = .poisson(rate: 60),
    requests: Int = 400, classes: [RequestClass]? = nil
  ) -> SimulationConfiguration {
    SimulationConfiguration(
      pools: pools,
      workload: Workload(
        arrivals: arrivals, requests: requests,
        classes: classes ?? [
          RequestClass(name: "all", input: .uniform(10...900), output: .uniform(1...80))
        ]),
      keepsRecords: true)
  }

  private func summary(_ configuration: SimulationConfiguration) -> RunSummary {
    let summary = Simulation(configuration).finish()
    #expect(ClusterLaws.broken(summary, configuration) == [])
    return summary
  }

  /// Parts that are all alike are one pool of as many replicas, to the nanosecond.
  @Test(arguments: RoutingPolicy.allCases)
  func partsThatAreAlikeAreOnePool(routing: RoutingPolicy) {
    let together = summary(configuration([part("all", replicas: 5, routing: routing)]))
    let apart = summary(
      configuration([
        part("a", replicas: 2, routing: routing), part("b", replicas: 3, routing: routing),
      ]))
    #expect(apart.fingerprint == together.fingerprint)
    #expect(apart.pools.reduce(0) { $0 + $1.completed } == together.completed)
    #expect(apart.busySeconds == together.busySeconds)
  }

  /// What a part does is what it would do alone with what it takes: of a trace, its short prompts
  /// and its long ones.
  @Test func partsServeWhatTheyTakeAsIfAlone() {
    var entries: [Trace.Entry] = []
    for index in 0..<300 {
      entries.append(
        Trace.Entry(
          arrival: SimTime(nanoseconds: Int64(index) * 9_000_000),
          inputTokens: Int32(1 + index * 97 % 800), outputTokens: Int32(1 + index * 31 % 60)))
    }
    let parts = [
      part("cheap", step: 0.003, takes: RequestFilter(input: 0...200)),
      part("fast", takes: RequestFilter(input: 201...Int.max)),
    ]
    func run(_ entries: [Trace.Entry], _ pools: [PoolConfiguration]) -> RunSummary {
      summary(
        configuration(pools, arrivals: .trace(Trace(entries: entries)), requests: entries.count))
    }
    let fleet = run(entries, parts)
    for (index, part) in parts.enumerated() {
      var alone = part
      alone.takes = .all
      let own = run(entries.filter { part.takes.input.contains(Int($0.inputTokens)) }, [alone])
      #expect(fleet.pools[index].completed == own.completed && own.completed > 50)
      #expect(fleet.pools[index].busyFemtoseconds == own.pools[0].busyFemtoseconds)
      #expect(fleet.pools[index].decodedTokens == own.pools[0].decodedTokens)
      let finished = fleet.records.filter {
        part.takes.input.contains(Int($0.request.inputTokens))
      }
      #expect(finished.map(\.finish) == own.records.map(\.finish))
    }
  }

  /// With the fewest requests each a part that is three times as slow serves fewer.
  @Test func fasterPartsServeMore() {
    let found = summary(
      configuration([part("fast"), part("slow", step: 0.003)], arrivals: .poisson(rate: 40)))
    #expect(found.pools[0].completed > found.pools[1].completed)
    #expect(found.pools[1].completed > 20)
  }

  /// What a small cache can never hold goes to the part that can, and what none takes is refused.
  @Test func requestsGoWhereTheyFit() {
    let small = part("small", blocks: 20)
    let mixed = summary(configuration([small, part("large")]))
    #expect(mixed.rejected == 0)
    let alone = summary(configuration([small]))
    #expect(alone.rejected > 100)
    let filtered = summary(
      configuration([
        part("short", takes: RequestFilter(input: 0...100)),
        part("long", takes: RequestFilter(input: 500...Int.max)),
      ]))
    #expect(filtered.rejected > 50 && filtered.tooLong == 0)
  }

  /// The least-used cache is the one with the smallest share in use.
  @Test func cachesOfUnlikeSizesAreComparedByTheirShare() {
    let found = summary(
      configuration(
        [
          part("small", blocks: 100, routing: .leastCache),
          part("large", blocks: 1_000, routing: .leastCache),
        ], arrivals: .poisson(rate: 200)))
    #expect(found.pools[1].completed > 2 * found.pools[0].completed)
  }

  /// Verdicts have a model of their own: calls that judge, and they alone, come to its part.
  @Test func verdictsGoToTheJudge() {
    let classes = [
      RequestClass(
        name: "question", input: .fixed(100), output: .fixed(20),
        strategy: .best(.init(samples: 5, verdict: 0)))
    ]
    let found = summary(
      configuration(
        [
          part("writers", replicas: 2, takes: RequestFilter(calls: .answers)),
          part("judge", takes: RequestFilter(calls: .verdicts)),
        ], requests: 30, classes: classes))
    #expect(found.pools[0].completed == 150 && found.pools[1].completed == 150)
    #expect(found.pools[1].decodedTokens == 0)
    #expect(found.pools[1].prefilledTokens == 150 * 120)
  }

  /// While one part is away the others serve what it takes; what only it takes waits for it.
  @Test func partsStandInForEachOther() {
    var away = part("away")
    away.availability = Availability(planned: [
      Availability.Outage(
        kind: .failure, replica: 0, start: .zero, duration: SimDuration(seconds: 60))
    ])
    let shared = summary(configuration([away, part("there")]))
    #expect(shared.completed == 400 && shared.pools[0].completed < 10)
    away.takes = RequestFilter(input: 0...100)
    var other = part("there")
    other.takes = RequestFilter(input: 101...Int.max)
    let apart = summary(configuration([away, other]))
    #expect(apart.completed == 400)
    #expect(
      apart.records.filter { $0.request.inputTokens <= 100 }.allSatisfy {
        $0.finish > SimTime.zero + SimDuration(seconds: 60)
      })
  }
}
