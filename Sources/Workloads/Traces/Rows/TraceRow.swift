internal import Statistics

/// A recorded request as its file has it, before it is put into order.
package struct TraceRow: Sendable {
  /// Time at which the request came [ns], by the clock of the trace; nil where the row has no time
  /// of its own.
  package var nanoseconds: Int64?
  /// Time from the answer of the turn before it to this one [ns].
  package var delayNanoseconds: Int64?
  /// How long its answer took when it was recorded [ns].
  package var durationNanoseconds: Int64?
  package var inputTokens: Int32 = 0
  package var outputTokens: Int32 = 0
  /// The conversation it belongs to, as a number for its name; 0 for none.
  package var session: UInt64 = 0
  /// Conversations whose answers it waits for, as far as they have come, beside that of its own.
  package var after: [UInt64] = []
  /// What the ids mean something within; 0 where they do everywhere.
  package var scope: UInt64 = 0
  /// Number of the turn in its conversation, as the file counts; nil where it does not.
  package var turn: Int32?
  /// Priority, the lower the more urgent whatever the file means by it; 0 where it has none.
  package var priority: Int32 = 0
  /// Ids of the blocks of the prompt; empty where the row has none.
  package var ids: [UInt64] = []
  /// Line of the file, counted from 1.
  package var line = 0

  package init() {}

  /// Forgets everything but the room for ids.
  mutating func clear() {
    nanoseconds = nil
    delayNanoseconds = nil
    durationNanoseconds = nil
    inputTokens = 0
    outputTokens = 0
    session = 0
    if !after.isEmpty { after = [] }
    scope = 0
    turn = nil
    priority = 0
    ids.removeAll(keepingCapacity: true)
  }

  static let mostTokens: Int64 = 100_000_000
}

/// A number for a name (FNV-1a with 64 bits), never 0.
func numbered(_ name: UnsafeBufferPointer<UInt8>, after start: UInt64 = 0) -> UInt64 {
  var hash = ByteHash(salt: start)
  hash.add(name)
  return hash.value == 0 ? 1 : hash.value
}
