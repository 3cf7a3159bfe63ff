internal import Diagnostics
internal import Outcomes
package import Runs
package import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

/// The highest load that a given deployment holds its level at: requests a second, or clients.
///
/// Where nothing is to be held, the load at which its queue would begin to grow.
package struct RateSearch {
  /// How much of the scenario's load.
  package struct Found: Sendable {
    /// The load as a multiple of the scenario's.
    package var factor: Double
    /// Requests a second at the highest, or nil where clients wait for their answers.
    package var rate: Double?
    /// Requests a second on average, where the rate changes.
    package var meanRate: Double?
    package var clients: Int?
    package var trial: Trial
  }

  /// Held; nil when not even next to nothing is.
  package private(set) var held: Found?
  /// A little more, and what it misses; nil where the capacity itself is the end.
  package private(set) var beyond: (found: Found, shortfalls: [ServiceLevel.Shortfall])?
  /// What could be served whatever anybody waits.
  package private(set) var capacity: Capacity?
  package private(set) var trials = 0
  /// Whether it had simulated as much as it may before it knew its answer.
  package private(set) var isSpent = false

  /// How near the load is found, as a share of it.
  static let precision = 0.01
  /// Share of its capacity that a load may be: nearer to it, no run of bearable length says how
  /// long the queue is.
  private static let mostUtilization = 0.985
  /// Share of the highest load that is tried at which a level that is missed is missed at any load.
  private static let leastShare = 1e-4
  private static let mostRequests = 1_000_000

  package let deployment: Deployment
  private let level: ServiceLevel
  private let catalogues: Catalogues
  private let watch: RunWatch

  private init(
    _ deployment: Deployment, holding level: ServiceLevel, from catalogues: Catalogues,
    _ watch: RunWatch
  ) {
    self.deployment = deployment
    self.level = level
    self.catalogues = catalogues
    self.watch = watch
  }

  /// - Throws: `InvalidInput` when the deployment cannot work, or the workload has no load to
  ///   change; `RunFailure` when every request is refused, or nobody waits any more.
  package static func find(
    _ deployment: Deployment, holding level: ServiceLevel, from catalogues: Catalogues,
    _ watch: RunWatch = RunWatch()
  ) throws -> RateSearch {
    guard deployment.scenario.workload.hasLoad else {
      throw InvalidInput(
        Diagnostic(
          code: "capacity/no-load", "an offline workload has no load to change",
          at: SourceLocation(file: deployment.scenario.file), path: "workload.arrivals",
          hint: "how long it takes says `windtunnel run`, what ends in time `windtunnel plan`; or "
            + "let requests arrive: `--set 'workload.arrivals={process: poisson, rate: 4 req/s}'`"))
    }
    var search = RateSearch(deployment, holding: level, from: catalogues, watch)
    do {
      try search.search()
    } catch RunFailure.outOfBudget {
      search.isSpent = true
    }
    return search
  }

  private mutating func search() throws {
    capacity = try Capacity.measure(deployment.configuration(), .exact, watch)
    if scenario.workload.arrivals.isClosed {
      try searchClients()
    } else {
      try searchRate()
    }
    try confirm()
  }

  private var scenario: Scenario { deployment.scenario }

  // MARK: Rates

  private mutating func searchRate() throws {
    guard let offered = scenario.workload.highestOfferedRate, let capacity, offered > 0 else {
      return
    }
    var high = Self.mostUtilization * capacity.rate / offered
    if try holds(high) { return }
    let least = high * Self.leastShare
    var low = high
    repeat {
      high = low
      low /= 2
      guard low > least else { return }
    } while try !holds(low)
    while high > low * (1 + Self.precision) {
      let middle = (low * high).squareRoot()
      if try holds(middle) { low = middle } else { high = middle }
    }
  }

  /// Runs what was found for as long as `run` would, and lowers it until that holds too. A rate
  /// that changes is run for a whole period beside its highest hour: a token costs what it does
  /// over the day.
  private mutating func confirm() throws {
    guard let found = held else { return }
    var factor = found.factor
    while factor > found.factor * Self.leastShare {
      held = nil
      if try holds(factor, depth: .thorough) { return }
      if let clients = found.clients {
        factor -= max(factor * Self.precision, found.factor / Double(clients))
      } else {
        factor *= 1 - Self.precision
      }
    }
  }

  // MARK: Clients

  private mutating func searchClients() throws {
    guard case .closedLoop(let clients, _) = scenario.workload.arrivals else { return }
    func factor(_ count: Int) -> Double { Double(count) / Double(clients) }
    var (low, high) = (0, 1)
    while try holds(factor(high)) {
      low = high
      guard high < Self.mostClients else { return }
      high *= 2
    }
    while Double(high) > Double(low) * (1 + Self.precision), high - low > 1 {
      let middle = (low + high) / 2
      if try holds(factor(middle)) { low = middle } else { high = middle }
    }
  }

  private static let mostClients = 1 << 20

  // MARK: Trials

  @discardableResult private mutating func holds(
    _ exact: Double, depth: SteadyQuestion.Depth = .quick
  ) throws -> Bool {
    // What is found must be what somebody types: a rate, or whole clients.
    let factor =
      scenario.workload.arrivals.isClosed ? exact : ReportNumber.rounded(exact, digits: 4)
    var changed = scenario
    changed.workload = scenario.workload.scaled(by: factor)
    if changed.workload.arrivals.isClosed { changed.workload.judgement = .steady }
    let deployment = try Deployment(changed, from: catalogues)
    trials += 1
    let trial = try Trial.run(
      deployment,
      OutcomeQuestion(
        criteria: level.criteria(of: deployment), depth: depth,
        mostRequests: depth == .quick ? Self.mostRequests : SteadyQuestion.mostRequests,
        capacity: changed.workload.isJudgedSteady ? capacity : nil, hasCapacity: false,
        hasWholePeriods: depth == .thorough), watch)
    var found = Found(
      factor: factor, rate: changed.workload.highestOfferedRate,
      meanRate: changed.workload.meanOfChangingRate, trial: trial)
    if case .closedLoop(let clients, _) = changed.workload.arrivals { found.clients = clients }
    let shortfalls = level.shortfalls(of: trial)
    if shortfalls.isEmpty { held = found } else { beyond = (found, shortfalls) }
    return shortfalls.isEmpty
  }
}
