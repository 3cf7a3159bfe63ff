internal import ServingSimulation
internal import Statistics
internal import Units

/// What can be said of a run at one look: which part of it is steady, and whether that is enough.
struct SteadyLook {
  let part: MomentSeries
  /// Whether the system has filled before half of the run was over.
  let isFilled: Bool
  /// Whether the part is steady and long enough.
  private(set) var isSettled = false
  private(set) var isDecided = false
  /// Whether the part is steady, and long enough where no more can be simulated.
  private(set) var isBearable = false
  /// Whether a criterion is missed for good.
  private(set) var isHopeless = false
  /// Times that the system had forgotten in the part how full it was.
  private(set) var memories = 0.0

  /// Nothing more is to be learnt.
  var isEnough: Bool { (isSettled && isDecided) || isHopeless }

  private static let fewestCompletions = 500
  /// Share of a run that is looked at at most: an eighth is its beginning.
  static let shareKept = 7.0 / 8
  /// What is left of the beginning then: less than a hundredth, e^-5.
  private static let memoriesToForget = 5.0
  /// With fewer batches that do not remember each other no error can be stated.
  private static let fewestMemories = 15.0
  /// With fewer the error is known badly; a bound that is ten of them away needs no better. Of a
  /// fleet of hundreds the queues of single replicas may change for longer than any run.
  private static let fewestClearMemories = 5.0
  /// Memories that are told apart: the requests in the system are counted twice as often.
  private static let tellableMemories = 200.0
  /// Bursts of misses with which their share is known.
  private static let fewestBursts = 10
  /// Share of the length of a run that says yes which one takes that says no.
  private static let shareForNo = 0.1

  /// - Parameter expected: for how long the system remembers, by its distance to its capacity [s].
  init(_ series: MomentSeries, _ question: SteadyQuestion, expected: Double) {
    var beginning = Int(Double(series.count) * (1 - Self.shareKept))
    let slowest = series.dropping(beginning).slowestNanoseconds
    let conversation = series.longConversationNanoseconds
    // The first moment is that of the start.
    beginning = max(
      beginning,
      series.moments.firstIndex { Double($0.time.nanoseconds) >= max(slowest, conversation) }
        ?? series.count)
    isFilled = beginning <= series.count / 2
    part = series.dropping(isFilled ? beginning : series.count * 3 / 4)
    let completions = part.end.counts.completed - part.start.counts.completed
    guard isFilled, completions >= Self.fewestCompletions,
      part.seconds * 1e9 >= max(question.depth.spans * slowest, conversation)
    else { return }
    let seen = part.correlationSeconds
    let memory = max(seen, expected)
    memories = memory > 0 ? part.seconds / memory : .infinity
    let fewest = min(Self.fewestClearMemories, question.depth.memories * Self.shareForNo)
    guard memories >= fewest else { return }
    let isClear =
      !question.criteria.isEmpty
      && question.criteria.allSatisfy {
        $0.isClear(by: part, memories: memories, question.depth)
      }
    let isLong = memories >= question.depth.memories * Self.shareForNo
    guard isLong || isClear else { return }
    let far = question.depth.errorsOfAMiss
    let isMissed = question.criteria.contains { [part] in $0.isMissed(by: part, errors: far) }
    isHopeless = isLong && question.depth.endsAtAMiss && isMissed
    let needed = question.depth.memories * (isClear ? question.depth.clearShare : 1)
    let hasLevelled = series.beginning.map { $0 <= series.count / 2 } ?? false
    // A burst near the end looks like a system that still fills; one that has forgotten several
    // times how it began does not.
    let hasForgotten = memory > 0 && part.start.time.seconds >= Self.memoriesToForget * memory
    let isSteady = hasLevelled || hasForgotten
    isBearable =
      isSteady && memories >= (isClear ? Self.fewestClearMemories : Self.fewestMemories)
    let hasSeenBursts = question.criteria.allSatisfy { [part] criterion in
      let least = criterion.memories(toSee: question.depth.bursts)
      let told =
        expected > 0 ? criterion.memories(toSee: question.depth.bursts, in: part) : least
      return part.seconds >= least * expected
        && part.seconds >= min(told, Self.tellableMemories) * seen
        || part.stretchesWithMisses(of: criterion.quantity) >= Self.fewestBursts
    }
    isSettled =
      isSteady && hasSeenBursts
      && (memories >= needed || isPrecise(question.depth.relativeError))
    isDecided = question.criteria.allSatisfy {
      $0.isDecided(by: part, question.depth)
    }
  }

  /// Whether the mean of each latency is known to within a share of it.
  private func isPrecise(_ relativeError: Double) -> Bool {
    Latency.limited.allSatisfy { latency in
      guard let found = part.estimate(.mean(latency)) else { return true }
      return found.standardError <= relativeError * found.value
    }
  }
}
