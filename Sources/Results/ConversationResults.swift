/// What the further turns of conversations found of what was said, and what was done about it.
package struct ConversationResults: Encodable, Equatable, Sendable {
  /// Prompt tokens of further turns that their conversations had said before.
  package var said: Int64 = 0
  /// Those that were computed again, and their share of them and of all computed prompt tokens.
  package var repeated: Int64 = 0
  package var repeatedShare = 0.0
  package var repeatedShareOfComputed = 0.0
  /// Time from an answer to the next turn, in which tools run or users think, in the mean [s].
  package var pauseSeconds: Double?
  /// Where caches are pinned between turns.
  package var leases: Leases?
  /// Cached tokens that went to the host's memory between turns, and their size [B].
  package var offloaded: Int64?
  package var offloadedBytes: Double?
  /// Cached tokens that came back from it, and their size [B].
  package var loaded: Int64?
  package var loadedBytes: Double?
  /// Cached tokens that were dropped between turns.
  package var dropped: Int64?

  package init() {}

  package struct Leases: Encodable, Equatable, Sendable {
    /// Caches that were pinned.
    package var count: Int64
    /// How they ended: with the next turn, with their time, or because others needed the room.
    package var used: Int64
    package var expired: Int64
    package var givenUp: Int64
    /// Share of the cache that was held by them and by nobody else when they began, mean over time.
    package var cacheShare: Double

    package init(count: Int64, used: Int64, expired: Int64, givenUp: Int64, cacheShare: Double) {
      self.count = count
      self.used = used
      self.expired = expired
      self.givenUp = givenUp
      self.cacheShare = cacheShare
    }
  }
}
