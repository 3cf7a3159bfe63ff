package import OperatorCosts
package import Workloads

/// Replicas of one kind, each with a queue of its own: alone behind a router, or as a part of a
/// fleet with replicas of other kinds.
package struct PoolConfiguration: Sendable {
  package var name: String
  package var role: ReplicaRole
  package var replicas: Int
  package var model: StepModel
  package var limits: SchedulerLimits
  /// Cache of one attention rank.
  package var capacity: CacheCapacity
  /// The rule that chooses which of its replicas gets a request.
  package var routing: RoutingPolicy
  package var availability: Availability
  /// How prompts share what is cached; nil when they share nothing.
  package var prefixCache: PrefixCacheSettings?
  /// What stands before its replicas, one for each.
  package var frontEnd: FrontEnd
  /// Requests that the pool takes, where it is a part of a fleet.
  package var takes: RequestFilter
  /// What the images of a prompt take before it is read, by class; empty where there are none.
  package var encoding: [PartCost] = []

  package init(
    name: String = "serving", role: ReplicaRole = .serving, replicas: Int = 1, model: StepModel,
    limits: SchedulerLimits, capacity: CacheCapacity, routing: RoutingPolicy = .leastRequests,
    availability: Availability = .always, prefixCache: PrefixCacheSettings? = nil,
    frontEnd: FrontEnd = .none, takes: RequestFilter = .all
  ) {
    self.name = name
    self.role = role
    self.replicas = replicas
    self.model = model
    self.limits = limits
    self.capacity = capacity
    self.routing = routing
    self.availability = availability
    self.prefixCache = prefixCache
    self.frontEnd = frontEnd
    self.takes = takes
  }

  /// Sequences that a replica may have in its steps at a time.
  package var seats: Int { limits.maximumSequences * model.attentionRanks }
}

/// Everything one simulation needs, with no file, price or format in it.
package struct SimulationConfiguration: Sendable {
  package enum Mode: String, CaseIterable, Sendable {
    /// Undisturbed decode steps are advanced in closed form.
    case fastForward = "fast-forward"
    /// Every step is an event of its own: slower, and the proof of the other.
    case stepwise
  }

  /// The pools: one that serves, or several as the parts of a fleet behind one router; or one that
  /// prefills followed by one that decodes.
  package var pools: [PoolConfiguration]
  /// The link between a pool that prefills and one that decodes; nil elsewhere.
  package var transfer: CacheTransfer?
  package var workload: Workload
  package var objectives: Objectives
  package var seed: UInt64
  package var mode: Mode
  /// Keeps a record of every request: for tests and exports, not for ten million requests.
  package var keepsRecords: Bool
  /// Keeps what a timeline of at most so many events shows; nil keeps nothing.
  package var timelineEvents: Int?
  /// Whether requests go on coming when those of the workload have come, until arrivals are closed.
  package var isEndless = false
  /// How many requests may wait at a rank before those behind them are kept in less memory: nothing
  /// else comes of it.
  package var longestQueue = 4_096
  /// Keeps what batches, caches and the queue were like over time (`RunHistory`).
  package var keepsHistory = false

  package init(
    pools: [PoolConfiguration], transfer: CacheTransfer? = nil, workload: Workload,
    objectives: Objectives = Objectives(), seed: UInt64 = 1, mode: Mode = .fastForward,
    keepsRecords: Bool = false
  ) {
    precondition(
      !pools.isEmpty && pools.allSatisfy { $0.role == .serving }
        || pools.map(\.role) == [.prefill, .decode],
      "pools that serve, or one that prefills and one that decodes")
    self.pools = pools
    self.transfer = transfer
    self.workload = workload
    self.objectives = objectives
    self.seed = seed
    self.mode = mode
    self.keepsRecords = keepsRecords
  }

  /// Whether replicas of several kinds are behind one router.
  package var isFleet: Bool { pools.count > 1 && pools[0].role == .serving }

  /// Whether turns of conversations find the earlier ones in a cache.
  package var keepsConversations: Bool {
    workload.hasConversations && pools.contains { $0.prefixCache != nil }
  }

  /// Whether requests find in a cache what others have left there for them, earlier turns or the
  /// rounds of a question before. Such a system serves the fewer the more wait: those who come back
  /// find that others have taken their room.
  package var servesFewerTheMoreWait: Bool {
    (workload.hasConversations || workload.hasQuestionsOfRounds)
      && pools.contains { $0.prefixCache != nil }
  }

  /// One replica.
  package init(
    model: StepModel, limits: SchedulerLimits, capacity: CacheCapacity, workload: Workload,
    objectives: Objectives = Objectives(), seed: UInt64 = 1, mode: Mode = .fastForward,
    keepsRecords: Bool = false
  ) {
    self.init(
      pools: [PoolConfiguration(model: model, limits: limits, capacity: capacity)],
      workload: workload, objectives: objectives, seed: seed, mode: mode,
      keepsRecords: keepsRecords)
  }
}
