import Runs
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// Steady parts of runs against queues that have formulas. The formula of another queue must fail:
/// a tolerance that lets it pass proves nothing.
struct SteadyRunTests {
  /// Services a second of the one server.
  private static let capacity = 1 / QueueSample.seconds

  /// Mean time in the system, in mean services.
  private func sojourn(
    _ configuration: SimulationConfiguration, capacity: Double, requests: Int = 0
  ) throws -> BatchEstimate {
    let nanoseconds = QueueSample.seconds * 1e9
    let run = try SteadyRun.run(
      configuration, asking: SteadyQuestion(requests: requests, capacity: capacity))
    let found = try #require(run.part.estimate(.mean(.endToEnd)))
    #expect(run.isSettled)
    #expect(run.summary.brokenLaws == [])
    return BatchEstimate(
      value: found.value / nanoseconds, standardError: found.standardError / nanoseconds,
      degreesOfFreedom: found.degreesOfFreedom)
  }

  private func expect(
    _ found: BatchEstimate, isNear expected: Double, notNear canary: Double,
    _ comment: Comment? = nil
  ) {
    let width = found.halfWidth(0.999)
    #expect(abs(found.value - expected) <= width, comment)
    #expect(abs(found.value - canary) > width, comment)
  }

  @Test(arguments: [0.5, 0.8])
  func oneServerWaitsAsMM1(_ load: Double) throws {
    let configuration = QueueSample.oneServer(.exponential, load: load, seed: 7)
    expect(
      try sojourn(configuration, capacity: Self.capacity, requests: 20_000), isNear: 1 / (1 - load),
      notNear: 1 + load / (2 * (1 - load)))
  }

  @Test(arguments: [0.5, 0.8])
  func fixedServiceWaitsAsMD1(_ load: Double) throws {
    let configuration = QueueSample.oneServer(.fixed, load: load, seed: 7)
    expect(
      try sojourn(configuration, capacity: Self.capacity, requests: 20_000),
      isNear: 1 + load / (2 * (1 - load)),
      notNear: 1 / (1 - load))
  }

  /// Erlang C: the share that waits, and from it the mean time in the system in mean services.
  private func multiServerSojourn(_ servers: Int, load: Double) -> Double {
    let offered = load * Double(servers)
    var (term, sum) = (1.0, 1.0)
    for number in 1..<servers {
      term *= offered / Double(number)
      sum += term
    }
    let last = term * offered / Double(servers) / (1 - load)
    return 1 + last / (sum + last) / (Double(servers) * (1 - load))
  }

  @Test func eightServersWaitAsMMc() throws {
    let configuration = QueueSample.servers(8, .exponential, load: 0.9, seed: 7)
    let found = try sojourn(configuration, capacity: 8 * Self.capacity)
    // A service begins at a step: half a step later in the mean, and 400 steps are a service.
    expect(
      found, isNear: multiServerSojourn(8, load: 0.9), notNear: multiServerSojourn(4, load: 0.9))
  }

  /// The share of seeds whose stated interval holds the value of an endless run.
  @Test(.enabled(if: LongTests.areEnabled), arguments: [0.5, 0.8, 0.9])
  func intervalsHoldTheTrueValue(_ load: Double) throws {
    for (service, expected) in [
      (QueueSample.Service.exponential, 1 / (1 - load)), (.fixed, 1 + load / (2 * (1 - load))),
    ] {
      var inside = 0
      for seed in 1...200 as ClosedRange<UInt64> {
        let found = try sojourn(
          QueueSample.oneServer(service, load: load, seed: seed), capacity: Self.capacity)
        if abs(found.value - expected) <= found.halfWidth(0.95) { inside += 1 }
      }
      #expect((180...196).contains(inside), "\(inside) of 200 at \(load), \(service)")
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func capacityIsTheRateOfTheServers(_ seed: UInt64) throws {
    for (configuration, expected) in [
      (QueueSample.oneServer(.exponential, load: 0.3, seed: seed), Self.capacity),
      (QueueSample.oneServer(.fixed, load: 5, seed: seed), Self.capacity),
      (QueueSample.servers(8, .exponential, load: 0.3, seed: seed), 8 * Self.capacity),
    ] {
      let found = try #require(try Capacity.measure(configuration))
      #expect(abs(found.rate / expected - 1) < 0.015, "\(found)")
      #expect(found.standardError < 0.006 * expected)
    }
  }

  @Test(.enabled(if: LongTests.areEnabled))
  func errorsOfCapacitiesHoldTheTrueRate() throws {
    for configuration in [
      QueueSample.oneServer(.exponential, load: 0.3, seed: 1),
      QueueSample.servers(8, .exponential, load: 0.3, seed: 1),
    ] {
      let expected = Double(configuration.pools[0].seats) * Self.capacity
      var inside = 0
      for seed in 1...200 as ClosedRange<UInt64> {
        var seeded = configuration
        seeded.seed = seed
        let found = try #require(try Capacity.measure(seeded))
        // Lengths that end at twelve means are shorter by 6 in a million.
        let tolerance = 2 * found.standardError + 1e-5 * expected
        if abs(found.rate - expected) <= tolerance { inside += 1 }
      }
      #expect(inside >= 180, "\(inside) of 200")
    }
  }

  @Test func missIsSaidEarly() throws {
    var configuration = QueueSample.oneServer(.exponential, load: 0.9, seed: 1)
    configuration.objectives = Objectives(
      endToEndLatency: SimDuration(seconds: QueueSample.seconds))
    // A tenth of all sojourns of mean 10 are at most one: far from half of them.
    let criterion = Criterion(.attainment, .atLeast(0.5, tolerance: 0.001))
    let asked = try SteadyRun.run(
      configuration,
      asking: SteadyQuestion(criteria: [criterion], capacity: Self.capacity, depth: .answer))
    let whole = try SteadyRun.run(configuration, asking: SteadyQuestion(capacity: Self.capacity))
    #expect(asked.isDecided && !asked.isSettled)
    #expect(asked.arrived * 5 < whole.arrived)
    // A run whose figures are reported says of each of them what it is.
    let reported = try SteadyRun.run(
      configuration, asking: SteadyQuestion(criteria: [criterion], capacity: Self.capacity))
    #expect(reported.isSettled)
  }

  /// Conversations of 16 s, of which 20 begin a second: 3,000 turns are over before the first
  /// conversations are, and as many as there will be are under way after twice that.
  @Test func longConversationsMayFillBeforeARunIsGivenUp() throws {
    var configuration = QueueSample.servers(64, .exponential, load: 0.3, seed: 1)
    configuration.workload.arrivals = .poisson(rate: 20)
    configuration.workload.classes[0].sessions = Sessions(
      turns: .fixed(5), thinkTime: .fixed(seconds: 4))
    let criterion = Criterion(.mean(.endToEnd), .atMost(1e9, tolerance: 1e6))
    let question = SteadyQuestion(
      criteria: [criterion], capacity: 64 * Self.capacity, depth: .quick, mostRequests: 3_000)
    let run = try SteadyRun.run(configuration, asking: question)
    #expect(run.isSettled && run.isDecided)
    #expect(run.arrived > 3_000 && run.arrived < 12_000)
    #expect(run.warmUp.seconds >= 32)
    // Of what nobody asks for nothing longer is run.
    let unasked = try SteadyRun.run(
      configuration, asking: SteadyQuestion(depth: .quick, mostRequests: 3_000))
    #expect(!unasked.isSettled && unasked.arrived < 6_000)
  }

  /// An eighth of the clients keeps a thousand servers an eighth as busy.
  @Test func whatIsEnoughIsFoundWithFewClients() throws {
    let configuration = QueueSample.servers(1024, .exponential, load: 0.3, seed: 1)
    let capacity = 1024 * Self.capacity
    func saturated(_ enough: Double?) throws -> SaturatedRun {
      try #require(try SaturatedRun.run(configuration, .rough.enough(enough)))
    }
    let (few, all) = (try saturated(capacity / 16), try saturated(capacity / 2))
    #expect(few.isLeast && few.rate.value >= capacity / 16 && few.rate.value < capacity / 4)
    #expect(!all.isLeast && abs(all.rate.value / capacity - 1) < 0.05)
    #expect(few.summary.counts.arrived < all.summary.counts.arrived)
  }
}
