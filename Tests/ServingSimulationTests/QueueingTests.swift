import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// The simulation as the queues that have formulas: one request at a time, whose prompt length is
/// its service time and whose answer is one token.
///
/// Each formula is also held against data of another system, where it must fail: a tolerance that
/// lets that pass proves nothing.
struct QueueingTests {
  /// Of the mean service.
  private static let seconds = 0.01
  private static let meanLength = 1000

  private enum Service {
    case exponential, fixed
    case logNormal(coefficientOfVariation: Double)

    var lengths: LengthDistribution {
      switch self {
      case .fixed: return .fixed(meanLength)
      case .logNormal(let cv):
        let mean = Double(meanLength)
        return .logNormal(mean: mean, coefficientOfVariation: cv, within: 1...100_000)
      case .exponential:
        // Geometric, the exponential on whole tokens: each length 1 - 1/mean as likely as the one
        // before.
        let ratio = 1 - 1 / Double(meanLength)
        var power = 1.0
        let cumulative = (1...12_000).map { _ -> Double in
          power *= ratio
          return 1 - power
        }
        return .empirical(lengths: Array(1...12_000), cumulative: cumulative)
      }
    }
  }

  /// Mean time in the system, in mean services.
  private func sojourn(_ service: Service, load: Double) -> BatchMeans {
    let count = LongTests.areEnabled ? 1_000_000 : 50_000
    let workload = Workload(
      arrivals: .poisson(rate: load / Self.seconds), requests: count,
      classes: [RequestClass(name: "job", input: service.lengths, output: .fixed(1))])
    let summary = run(workload)
    return BatchMeans(summary.records.map { $0.endToEndLatency.seconds / Self.seconds })
  }

  private func run(_ workload: Workload, sequences: Int = 1) -> RunSummary {
    let simulation = Simulation(
      SimulationConfiguration(
        model: StepModel(
          secondsPerStep: 0, secondsPerToken: Self.seconds / Double(Self.meanLength)),
        limits: SchedulerLimits(
          policy: .chunkedPrefill, tokenBudget: 1_000_000, maximumSequences: sequences),
        capacity: CacheCapacity(totalBlocks: 1_000_000, blockTokens: 16), workload: workload,
        seed: 2026, keepsRecords: true))
    let summary = simulation.finish()
    let broken = LawChecker.brokenLaws(of: summary)
    #expect(broken == [])
    return summary
  }

  /// Pollaczek-Khinchine: W = 1 + rho (1 + cv²) / (2 (1 - rho)), in mean services.
  private func expected(load: Double, coefficientOfVariation cv: Double) -> Double {
    1 + load * (1 + cv * cv) / (2 * (1 - load))
  }

  @Test(arguments: [0.5, 0.8])
  func exponentialServiceWaitsAsMM1(_ load: Double) {
    let found = sojourn(.exponential, load: load)
    #expect(found.agrees(with: 1 / (1 - load)), "\(found)")
    // The canary: the formula of M/D/1 is wrong here.
    #expect(!found.agrees(with: expected(load: load, coefficientOfVariation: 0)), "\(found)")
  }

  @Test(arguments: [0.5, 0.8])
  func fixedServiceWaitsAsMD1(_ load: Double) {
    let found = sojourn(.fixed, load: load)
    #expect(found.agrees(with: expected(load: load, coefficientOfVariation: 0)), "\(found)")
    #expect(!found.agrees(with: 1 / (1 - load)), "\(found)")
  }

  @Test(arguments: [0.5, 0.8])
  func logNormalServiceWaitsAsMG1(_ load: Double) {
    let found = sojourn(.logNormal(coefficientOfVariation: 2), load: load)
    #expect(found.agrees(with: expected(load: load, coefficientOfVariation: 2)), "\(found)")
    #expect(!found.agrees(with: 1 / (1 - load)), "\(found)")
  }

  @Test func evenArrivalsNeverQueue() {
    let gap = Int64(Self.seconds * 1.01e9)
    let entries = (0..<1000).map {
      Trace.Entry(
        arrival: SimTime(nanoseconds: Int64($0) * gap), inputTokens: Int32(Self.meanLength),
        outputTokens: 1)
    }
    let summary = run(
      Workload(
        arrivals: .trace(Trace(entries: entries)), requests: 1000,
        classes: [RequestClass(name: "job", input: .fixed(1), output: .fixed(1))]))
    #expect(summary.records.allSatisfy { $0.endToEndLatency.nanoseconds == 10_000_000 })
    #expect(summary.records.allSatisfy { $0.scheduled == $0.request.arrival })
    #expect(summary.queue.integral == 0)
  }

  @Test(arguments: [1, 3, 10], [0.0, 0.05])
  func aClosedLoopKeepsTheResponseTimeLaw(_ clients: Int, _ thinkSeconds: Double) {
    let requests = 2000
    let summary = run(
      Workload(
        arrivals: .closedLoop(clients: clients, thinkTime: SimDuration(seconds: thinkSeconds)),
        requests: requests,
        classes: [
          RequestClass(
            name: "job", input: Service.logNormal(coefficientOfVariation: 1).lengths,
            output: .fixed(1))
        ]))
    let makespan = summary.makespan.seconds
    let throughput = Double(summary.completed) / makespan
    let response = summary.records.reduce(0) { $0 + $1.endToEndLatency.seconds } / Double(requests)
    // N = X (R + Z), but for the cycle in which the clients stop.
    let longest = summary.records.map(\.endToEndLatency.seconds).max()! + thinkSeconds
    let found = throughput * (response + thinkSeconds)
    let error = abs(found - Double(clients))
    #expect(error <= Double(clients) * longest / makespan, "\(found) of \(clients) clients")
    // The canary: one client more is noticed.
    #expect(abs(found - Double(clients + 1)) > Double(clients) * longest / makespan)
  }

  @Test(arguments: [1, 8, 32])
  func fullBatchesAreServedAtTheirSize(_ batch: Int) {
    let (prompt, answer, batches) = (20, 50, 30)
    let workload = Workload(
      arrivals: .offline, requests: batch * batches,
      classes: [RequestClass(name: "job", input: .fixed(prompt), output: .fixed(answer))])
    let summary = run(workload, sequences: batch)
    let token = Int64(10_000_000_000)
    let prefill = Int64(batch * prompt) * token
    let decode = Int64(batch) * token * Int64(answer - 1)
    #expect(summary.pools[0].busyFemtoseconds == Int128(prefill + decode) * Int128(batches))
    #expect(summary.pools[0].largestBatch == batch)
    #expect(summary.steps == answer * batches)
  }
}
