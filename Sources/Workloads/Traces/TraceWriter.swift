/// Requests of a trace as lines that other programs read.
package struct TraceWriter {
  package enum Format: String, CaseIterable, Sendable {
    /// Lines of JSON with times in milliseconds, ids of blocks, sessions, delays and priorities.
    case mooncake
    /// A table: `arrived_at,num_prefill_tokens,num_decode_tokens`, times in seconds, and columns
    /// for sessions, delays, priorities and ids where the trace has them.
    case csv
  }

  private let format: Format
  /// Further columns of a table.
  private let columns: [Column]

  private enum Column: String {
    case session = "session_id"
    case delay = "delay_s"
    case priority
    case ids = "hash_ids"
  }

  /// - Parameter summary: what the trace has.
  package init(_ format: Format, _ summary: TraceSummary) {
    self.format = format
    var columns: [Column] = []
    if summary.hasSessions { columns.append(.session) }
    if summary.hasTurns { columns.append(.delay) }
    if !summary.priorities.isEmpty { columns.append(.priority) }
    if summary.blockTokens != nil { columns.append(.ids) }
    self.columns = columns
  }

  package var header: String {
    switch format {
    case .mooncake: ""
    case .csv:
      "arrived_at,num_prefill_tokens,num_decode_tokens"
        + columns.map { "," + $0.rawValue }.joined() + "\n"
    }
  }

  package func add(_ request: TraceWalk.Request, to text: inout String) {
    switch format {
    case .mooncake: addObject(request, to: &text)
    case .csv: addRow(request, to: &text)
    }
  }

  private func addRow(_ request: TraceWalk.Request, to text: inout String) {
    text += request.nanoseconds.map { Self.decimal($0, places: 9) } ?? ""
    text += ",\(request.inputTokens),\(request.outputTokens)"
    for column in columns {
      text += ","
      switch column {
      case .session: if request.session >= 0 { text += "\(request.session)" }
      case .delay: text += request.delayNanoseconds.map { Self.decimal($0, places: 9) } ?? ""
      case .priority: text += "\(request.priority)"
      case .ids:
        guard !request.ids.isEmpty else { continue }
        text += "\""
        addIDs(of: request, to: &text)
        text += "\""
      }
    }
    text += "\n"
  }

  private func addObject(_ request: TraceWalk.Request, to text: inout String) {
    text += "{"
    if request.session >= 0 { text += "\"session_id\": \"\(request.session)\", " }
    if let delay = request.delayNanoseconds {
      text += "\"delay\": \(Self.decimal(delay, places: 6)), "
    } else if let time = request.nanoseconds {
      text += "\"timestamp\": \(Self.decimal(time, places: 6)), "
    }
    text += "\"input_length\": \(request.inputTokens), \"output_length\": \(request.outputTokens)"
    // In its own sense, the higher first.
    if request.priority != 0 { text += ", \"priority\": \(-request.priority)" }
    if !request.ids.isEmpty {
      text += ", \"hash_ids\": "
      addIDs(of: request, to: &text)
    }
    text += "}\n"
  }

  private func addIDs(of request: TraceWalk.Request, to text: inout String) {
    text += "["
    var chain = IDChain(scope: request.scope)
    for (index, id) in request.ids.enumerated() {
      if index > 0 { text += ", " }
      // Ids that mean something within a session only must not meet those of another.
      text += request.scope == 0 ? "\(id)" : "\(chain.append(id) >> 11)"
    }
    text += "]"
  }

  /// A whole number of small parts with its point, and no zeros behind it.
  private static func decimal(_ value: Int64, places: Int) -> String {
    var digits = String(value.magnitude)
    while digits.count <= places { digits = "0" + digits }
    let whole = digits.dropLast(places)
    var fraction = digits.suffix(places)
    while fraction.last == "0" { fraction.removeLast() }
    return (value < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}
