internal import ByteStreams
internal import Units

/// What a column of a table, or a key of an object, says of a request.
package enum RowField: Hashable, Sendable {
  /// The time at which a request came.
  case time(TimeUnit)
  case input
  case output
  case session
  case turn
  /// The time from the answer before it.
  case delay(TimeUnit)
  /// The time from its own answer to the next turn.
  case delayAfter(TimeUnit)
  /// How long its answer took.
  case duration(TimeUnit)
  /// Ids of the prompt's blocks.
  case ids
  /// Tokens of the prompt that the turn before had, and that `input` does not count.
  case prefix
  case priority
  /// A text in the place of a length.
  case text
  /// Rows whose answers it waits for, by their names.
  case others
  /// Tokens of a block.
  case blockTokens
  /// What kind of event a row is of; others than the end of a request are passed over.
  case kind
  /// A turn of a conversation by its number, and the one that it follows.
  case chat, parentChat

  /// Words for it, as they stand in `columns`.
  package var name: String {
    switch self {
    case .time: "time"
    case .input: "input"
    case .output: "output"
    case .session: "session"
    case .turn: "turn"
    case .delay: "delay"
    case .delayAfter: "delay_after"
    case .duration: "duration"
    case .ids: "ids"
    case .prefix: "prefix"
    case .priority: "priority"
    case .text: "text"
    case .others: "others"
    case .blockTokens: "block_tokens"
    case .kind: "kind"
    case .chat: "chat"
    case .parentChat: "parent_chat"
    }
  }
}

/// The unit that a time is written in.
package enum TimeUnit: String, CaseIterable, Sendable {
  case seconds = "s"
  case milliseconds = "ms"
  case microseconds = "us"
  case nanoseconds = "ns"
  /// A day and a time of day, in any zone.
  case date

  /// Decimals that a nanosecond has in it.
  var decimals: Int {
    switch self {
    case .seconds: 9
    case .milliseconds: 6
    case .microseconds: 3
    case .nanoseconds, .date: 0
    }
  }

  package var words: String {
    switch self {
    case .seconds: "seconds"
    case .milliseconds: "milliseconds"
    case .microseconds: "microseconds"
    case .nanoseconds: "nanoseconds"
    case .date: "a date"
    }
  }

  /// The end of the year 2099: times may count from 1970 on.
  static let latestNanoseconds: Int64 = 4_102_444_800 * 1_000_000_000

  /// Values that are times, for messages.
  var range: String {
    var latest: Int64 = 4_102_444_800
    for _ in 0..<(9 - decimals) { latest *= 10 }
    return "0 to \(NumberText.grouped(latest))"
  }
}
