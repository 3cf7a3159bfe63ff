import Hardware
import ModelArchitecture
import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Units
import Workloads

/// A small scenario drawn from a seed: every policy, kind of traffic, cache, engine and price,
/// mostly crowded.
///
///     RandomScenario(seed: 17).configuration       // the same on every run
struct RandomScenario: CustomStringConvertible {
  let seed: UInt64
  private(set) var configuration: SimulationConfiguration
  private(set) var notes: [String] = []
  private var random: RandomStream
  private var input = 1...1
  /// Of a trace, where it is one.
  private(set) var entries: [Trace.Entry] = []
  private var output = 1...1
  private var thinking: ClosedRange<Int>?

  init(seed: UInt64) {
    self.seed = seed
    random = RandomStream(seed: seed, name: "scenario")
    configuration = SimulationConfiguration(
      model: StepModel(secondsPerStep: 1),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 1, maximumSequences: 1),
      capacity: CacheCapacity(totalBlocks: 1, blockTokens: 1),
      workload: Workload(arrivals: .offline, requests: 0, classes: []), seed: seed,
      keepsRecords: true)
    input = 1...pick([4, 60, 300])
    output = 1...pick([1, 20, 20, 200])
    if chance(0.3) { thinking = pick([0, 1, 10])...pick([10, 80]) }
    chooseLimits()
    chooseModel()
    chooseCapacity()
    chooseTraffic()
    chooseEngine()
  }

  /// Run in one mode, to the end.
  func summary(_ mode: SimulationConfiguration.Mode = .fastForward) -> RunSummary {
    var configuration = configuration
    configuration.mode = mode
    let simulation = Simulation(configuration)
    return simulation.finish()
  }

  var description: String {
    "RandomScenario(seed: \(seed)): " + notes.joined(separator: ", ")
  }

  // MARK: Draws

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[random.integer(in: 0...choices.count - 1)]
  }
  private mutating func chance(_ probability: Double) -> Bool { random.uniform() < probability }
  private mutating func between(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * random.uniform()
  }

  private mutating func chooseLimits() {
    let sequences = pick([1, 2, 3, 5, 8, 24])
    configuration.limits = SchedulerLimits(
      policy: pick(SchedulingPolicy.allCases),
      tokenBudget: sequences + pick([0, 1, 7, 40, 400, 4000]), maximumSequences: sequences,
      reservedAnswerShare: pick([0, 0, 0, 0.5, 1]), maximumContext: chance(0.1) ? 150 : nil)
    let limits = configuration.limits
    notes.append(
      "\(limits.policy.rawValue) of \(limits.tokenBudget) tokens and \(sequences) sequences, "
        + "reserve \(limits.reservedAnswerShare)")
  }

  private mutating func chooseModel() {
    if chance(0.6) {
      // A round step, so that steps end exactly when something else happens.
      let step = chance(0.3) ? 0.001 : between(1e-4, 1e-2)
      let views: [ContextVisibility] = pick([
        [.full], [.full, .sliding(tokens: pick([1, 20, 90]))],
        [.full, .chunked(tokens: pick([1, 16, 50]))],
        [.full, .chunked(tokens: 30), .sliding(tokens: 30)],
      ])
      configuration.model = StepModel(
        secondsPerStep: step, secondsPerToken: pick([0, step / 100]),
        secondsPerContextToken: pick([0, step / 777, step / 54_321]), visibilities: views,
        host: host(near: step))
      notes.append("constant steps of \(step) s, views \(views)")
    } else {
      let architecture = pick(SampleModels.all)
      let precision = Precision(
        weights: pick([.bf16, .fp8]), keyValueCache: pick(KeyValueFormat.allCases))
      let design = ReplicaDesign(
        architecture: architecture, hardware: SampleMachine.profile, precision: precision,
        layout: ParallelLayout(tensor: pick([1, 2, 4])), host: host(near: 1.5e-4))
      configuration.model = StepModel(design)
      notes.append("\(architecture.name) \(precision) on \(design.layout.tensor)")
    }
  }

  /// None, in series, or hidden and about as slow as the accelerator, so that the pace changes
  /// over; the latter sometimes launches the kernels of prompts one by one.
  private mutating func host(near step: Double) -> HostCosts {
    switch random.integer(in: 0...2) {
    case 0: return .none
    case 1: return .serial(step: step / 3, sequence: step / 50, prefill: step / 20)
    default:
      var host = HostCosts(
        secondsPerStep: step * between(0.9, 1.5), secondsPerSequence: pick([0, step / 40]),
        secondsPerPrefill: pick([0, step / 10]), overlapsAccelerator: true,
        exposedElementwiseFloor: 0.5)
      // Not drawn, so that the rest of a seed's scenario stays what it was.
      host.secondsPerLaunchedLayer = seed % 2 == 0 ? step : 0
      host.capturedPromptTokens = seed % 3 == 0 ? 8 : 0
      return host
    }
  }

  private mutating func chooseCapacity() {
    let blockTokens = pick([1, 16, 64, Int(Int32.max)])
    let longest = input.upperBound + output.upperBound + (thinking?.upperBound ?? 0)
    let needed = (longest + blockTokens - 1) / blockTokens
    let factor = pick([0.7, 1, 1.2, 2, 4, 30])
    let total = max(1, Int((Double(needed) * factor).rounded()))
    configuration.capacity = CacheCapacity(totalBlocks: total, blockTokens: blockTokens)
    notes.append("\(total) blocks of \(blockTokens)")
    guard chance(0.3) else { return }
    var plan = MemoryPlan(
      ReplicaDesign(
        architecture: SampleModels.windowed(), hardware: SampleMachine.profile,
        precision: Precision(weights: .bf16, keyValueCache: .bf16),
        layout: ParallelLayout(tensor: 1), host: .none),
      policy: MemoryPolicy(usableFraction: 0.9, reservedBytes: 0, blockTokens: 16),
      tokenBudget: 64, maximumSequences: 8)
    plan.blockTokens = blockTokens
    plan.bytesPerBlock = 100
    for index in plan.windows.indices {
      plan.windows[index].tokens = 40 * (index + 1)
      plan.windows[index].bytesPerToken = 2
    }
    plan.stateBytesPerSequence = pick([0, 150])
    plan.blocks = total + pick([1, 3])
    configuration.capacity = CacheCapacity(plan)
    notes.append("fixed blocks up to \(plan.fixedBlocks(finalContext: 1000))")
  }

  private mutating func chooseTraffic() {
    let requests = random.integer(in: 1...70)
    let classes = [
      RequestClass(
        name: "random", input: .uniform(input), thinking: thinking.map { .uniform($0) },
        output: .uniform(output)),
      RequestClass(name: "short", share: 0.2, input: .fixed(1), output: .fixed(1)),
    ]
    let mean = Double(output.upperBound) / 2 + Double(thinking?.upperBound ?? 0) / 2 + 1
    let step = max(configuration.model.host.secondsPerStep, 1e-3)
    let sequences = Double(configuration.limits.maximumSequences)
    let rate = between(0.2, 2) * sequences / (mean * step)
    let arrivals: ArrivalProcess
    switch random.integer(in: 0...4) {
    case 0: arrivals = .poisson(rate: rate)
    case 1: arrivals = .gamma(rate: rate, coefficientOfVariation: pick([0.5, 3]))
    case 2: arrivals = .offline
    case 3:
      let thinkTime = SimDuration(seconds: pick([0, step * 5]))
      arrivals = .closedLoop(clients: random.integer(in: 1...30), thinkTime: thinkTime)
    default: arrivals = .trace(trace(requests, rate: rate))
    }
    configuration.workload = Workload(arrivals: arrivals, requests: requests, classes: classes)
    if case .trace = arrivals {
      notes.append("\(requests) from a trace")
    } else {
      notes.append("\(requests) \(arrivals), input \(input), output \(output)")
    }
    if let thinking { notes.append("thinking \(thinking)") }
  }

  /// When the engine looks at a request: from a stream of its own, so that the rest of a seed's
  /// scenario is the same without it.
  private mutating func chooseEngine() {
    random = RandomStream(seed: seed, name: "engine")
    if chance(0.4) {
      configuration.limits.plansAhead = true
      notes.append("plans ahead")
    }
    if chance(0.4) {
      let gathering = PromptGathering(
        tokens: pick([2, 5, 30, 200, 4000]), steps: pick([1, 2, 5, 40]))
      configuration.limits.gathering = gathering
      notes.append("gathers \(gathering.tokens) tokens or \(gathering.steps) steps")
    }
    if chance(0.3) {
      let step = max(configuration.model.host.secondsPerStep, 1e-3)
      // Now and then round, so that requests are ready exactly when steps end.
      let frontEnd = FrontEnd(
        secondsPerRequest: pick([0, 0.001, step / 7, step * 2]),
        secondsPerPromptToken: pick([0, 0, step / 100]),
        delaySeconds: pick([0, 0.001, step * 3.7]))
      configuration.pools[0].frontEnd = frontEnd
      notes.append("\(frontEnd)")
    }
    if chance(0.3) {
      configuration.workload.classes[1].output = .fixed(0)
      configuration.workload.classes[1].input = .uniform(input)
      notes.append("some without an answer")
    }
  }

  private mutating func trace(_ requests: Int, rate: Double) -> Trace {
    var clock: Int64 = 0
    entries = (0..<requests).map { _ in
      // Bursts at one instant among single arrivals.
      if chance(0.6) { clock += Int64(random.exponential() / rate * 1e9) }
      // On a round step's end, or a nanosecond beside it.
      if chance(0.3) {
        clock = (clock / 1_000_000 + 1) * 1_000_000 + Int64(random.integer(in: -1...1))
      }
      return Trace.Entry(
        arrival: SimTime(nanoseconds: clock), inputTokens: Int32(random.integer(in: input)),
        outputTokens: Int32(random.integer(in: output)))
    }
    return Trace(entries: entries)
  }
}
