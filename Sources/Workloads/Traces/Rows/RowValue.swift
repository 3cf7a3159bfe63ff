internal import ByteStreams
internal import Diagnostics
internal import Units

/// What has been read of one row.
struct RowValues {
  var row = TraceRow()
  /// Tokens, -1 where the row has none.
  var input: Int64 = -1
  var output: Int64 = -1
  var prefix: Int64 = -1
  var delayAfterNanoseconds: Int64 = 0
  var hasIDs = false
  var hasText = false
  /// Whether it waits for other rows than the one before it in its conversation.
  var waitsForOthers = false
  var blockTokens: Int64 = 0
  /// Whether it is the end of a request; nil where rows are of one kind.
  var isRequest: Bool?
  var chat: UInt64?
  var parentChat: UInt64?

  mutating func clear() {
    row.clear()
    input = -1
    output = -1
    prefix = -1
    delayAfterNanoseconds = 0
    hasIDs = false
    hasText = false
    waitsForOthers = false
    blockTokens = 0
    isRequest = nil
    chat = nil
    parentChat = nil
  }

  /// Reads a value that stands on its own, as in a field of a table or between quotes.
  ///
  /// - Returns: whether it is one of the kind.
  mutating func read(_ field: RowField, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var scanner = ByteScanner(text)
    switch field {
    case .session: row.session = numbered(text)
    case .chat: chat = numbered(text)
    case .parentChat: parentChat = text.elementsEqual("-1".utf8) ? nil : numbered(text)
    case .kind: isRequest = text.elementsEqual("request_end".utf8)
    case .text: hasText = true
    case .others: waitsForOthers = true
    case .time(.date):
      guard let time = TimeText.date(text) else { return false }
      row.nanoseconds = time
    case .ids:
      hasIDs = true
      scanner.skipSpaces()
      return scanner.wholeNumbers(into: &row.ids) != nil && scanner.isAtEnd
    default: return readNumber(field, &scanner) && isOnlySpace(scanner.rest)
    }
    return true
  }

  private func isOnlySpace(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { $0 == 0x20 || $0 == 0x0D }
  }

  /// Reads a number at the scanner's position.
  mutating func readNumber(_ field: RowField, _ scanner: inout ByteScanner) -> Bool {
    switch field {
    case .time(let unit):
      guard let time = scanner.fixedPoint(decimals: unit.decimals),
        time <= TimeUnit.latestNanoseconds
      else { return false }
      row.nanoseconds = time
    case .delay(let unit):
      guard let time = duration(unit, &scanner) else { return false }
      row.delayNanoseconds = time
    case .delayAfter(let unit):
      guard let time = duration(unit, &scanner) else { return false }
      delayAfterNanoseconds = time
    case .duration(let unit):
      guard let time = duration(unit, &scanner) else { return false }
      row.durationNanoseconds = time
    case .input:
      guard let count = scanner.count(to: TraceRow.mostTokens) else { return false }
      input = count
    case .output:
      guard let count = scanner.count(to: TraceRow.mostTokens) else { return false }
      output = count
    case .prefix:
      guard let count = scanner.count(to: TraceRow.mostTokens) else { return false }
      prefix = count
    case .turn:
      guard let count = scanner.count(to: Int64(Int32.max)) else { return false }
      row.turn = Int32(count)
    case .priority: return readPriority(&scanner)
    case .blockTokens:
      guard let count = scanner.count(to: 1 << 20), count > 0 else { return false }
      blockTokens = count
    case .session, .chat, .parentChat, .kind, .text, .others, .ids: return false
    }
    return true
  }

  private func duration(_ unit: TimeUnit, _ scanner: inout ByteScanner) -> Int64? {
    guard let time = scanner.fixedPoint(decimals: unit.decimals),
      time <= TimeUnit.latestNanoseconds
    else { return nil }
    return time
  }

  /// The lowest may be below zero.
  private mutating func readPriority(_ scanner: inout ByteScanner) -> Bool {
    let isNegative = scanner.next == 0x2D
    if isNegative { scanner.position += 1 }
    guard let value = scanner.count(to: Int64(Int32.max)) else { return false }
    row.priority = Int32(isNegative ? -value : value)
    return true
  }

  // MARK: Wording

  /// Why a value is none of its kind.
  static func problem(
    _ field: RowField, _ name: String, _ text: UnsafeBufferPointer<UInt8>
  ) -> (code: String, message: String, hint: String?) {
    let value = shown(text)
    switch field {
    case .time(.date):
      let (reason, hint) = TimeText.problem(text)
      return (
        "timestamp", "not a time\(reason.map { ", for \($0)" } ?? ""): \(value)", hint
      )
    case .time(let unit):
      return ("timestamp", "not a time in \(unit.words) from \(unit.range): \(value)", nil)
    case .delay(let unit), .delayAfter(let unit), .duration(let unit):
      return (
        "duration", "`\(name)` is not a time in \(unit.words) from \(unit.range): \(value)", nil
      )
    case .input, .output, .prefix:
      return ("tokens", "not a count of tokens from 0 to 100,000,000: \(value)", nil)
    case .ids: return ("hash-id", "not the id of a block: \(value)", nil)
    default: return ("value", "`\(name)` cannot be: \(value)", nil)
    }
  }
}
