package import Units

/// What becomes of a conversation's cache while its tools run, or its user thinks.
///
/// | choice | of whom | what it costs |
/// | --- | --- | --- |
/// | kept | vLLM, SGLang: the block that nobody has used for longest goes first | luck |
/// | pinned | Continuum's time to live, cache control of Dynamo and of APIs | room |
/// | offloaded | HiCache, LMCache, when told to | the way back, over the link to the host |
/// | dropped | agents that open a session a turn | computing again |
package enum BetweenTurns: Hashable, Sendable {
  /// It stays as long as nobody needs the room.
  case kept
  /// It stays for a time, though others may need the room, or until the next turn begins.
  case pinned(SimDuration)
  /// It goes to the host's memory, and comes back with the next turn.
  case offloaded
  /// It goes, but for the text that other conversations begin with too.
  case dropped
}

/// What becomes of caches when requests of conversations end.
package struct ConversationCaches: Sendable {
  private let classes: [RequestClass]
  private let seed: UInt64
  private let texts: SharedTexts
  private let isRecorded: Bool

  /// Nil where every cache just stays.
  init?(_ workload: Workload, seed: UInt64, texts: SharedTexts) {
    guard workload.classes.contains(where: { $0.betweenTurns != .kept }) else { return nil }
    classes = workload.classes
    self.seed = seed
    self.texts = texts
    isRecorded = workload.recorded != nil
  }

  /// What becomes of the cache of a request's conversation when it has ended.
  ///
  /// Whoever runs the tools knows when a conversation is over, and that what was summed up is of no
  /// use any more: nothing is held of either. Of a recorded conversation only its end would tell.
  package func choice(after request: Request) -> BetweenTurns {
    let item = classes[Int(request.classIndex)]
    guard request.session >= 0, item.betweenTurns != .kept else { return .kept }
    guard !isRecorded else { return item.betweenTurns }
    guard request.course.kind != .compaction,
      Conversation(item, seed: seed)?.goesOn(after: request) == true
    else { return item.betweenTurns == .dropped ? .dropped : .kept }
    return item.betweenTurns
  }

  /// Tokens of the text that other conversations begin with too.
  package func sharedTokens(of request: Request) -> Int { texts.tokens(of: request) }
}
