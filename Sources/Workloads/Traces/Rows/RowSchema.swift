internal import ByteStreams

/// Where the rows of a format have what: names of columns, or paths of keys.
package struct RowSchema: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    /// A column, or keys of objects inside each other joined by dots. The first one that is there
    /// counts.
    package var names: [String]
    package var field: RowField
    package var isRequired: Bool

    package init(_ names: [String], _ field: RowField, isRequired: Bool = false) {
      self.names = names
      self.field = field
      self.isRequired = isRequired
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// The schema of a format that is a table; nil where it is none.
  static func table(_ format: TraceFormat) -> RowSchema? {
    switch format {
    case .azure:
      RowSchema([
        Entry(["TIMESTAMP"], .time(.date), isRequired: true),
        Entry(["ContextTokens"], .input, isRequired: true),
        Entry(["GeneratedTokens"], .output, isRequired: true),
      ])
    case .burstgpt:
      RowSchema([
        Entry(["Timestamp"], .time(.seconds), isRequired: true),
        Entry(["Request tokens"], .input, isRequired: true),
        Entry(["Response tokens"], .output, isRequired: true),
        Entry(["Session ID"], .session),
        Entry(["Elapsed time"], .duration(.seconds)),
      ])
    case .vidur:
      RowSchema([
        Entry(["arrived_at"], .time(.seconds)),
        Entry(["num_prefill_tokens"], .input, isRequired: true),
        Entry(["num_decode_tokens"], .output, isRequired: true),
        // What `TraceWriter` adds.
        Entry(["session_id"], .session),
        Entry(["delay_s"], .delay(.seconds)),
        Entry(["priority"], .priority),
        Entry(["hash_ids"], .ids),
      ])
    case .tracelab:
      RowSchema([
        Entry(["id", "session_id"], .session, isRequired: true),
        Entry(["arrival_time"], .time(.milliseconds), isRequired: true),
        Entry(["round_idx"], .turn),
        Entry(["prefix_len"], .prefix, isRequired: true),
        Entry(["input_len"], .input, isRequired: true),
        Entry(["output_len"], .output, isRequired: true),
        Entry(["tool_wait_after_ms"], .delayAfter(.milliseconds), isRequired: true),
      ])
    default: nil
    }
  }

  /// The schema of a format of objects; nil where it is none, or has objects of its own kind.
  static func objects(_ format: TraceFormat) -> RowSchema? {
    switch format {
    case .mooncake:
      RowSchema([
        // The other names are those that Dynamo reads too.
        Entry(["timestamp", "created_time"], .time(.milliseconds)),
        Entry(["input_length", "input_tokens"], .input, isRequired: true),
        Entry(["output_length", "output_tokens"], .output, isRequired: true),
        Entry(["hash_ids"], .ids),
        Entry(["session_id"], .session),
        Entry(["delay", "delay_ms"], .delay(.milliseconds)),
        Entry(["priority"], .priority),
        Entry(["wait_for"], .others),
        Entry(["text_input"], .text), Entry(["messages"], .text), Entry(["payload"], .text),
      ])
    case .bailian:
      RowSchema([
        Entry(["chat_id"], .chat, isRequired: true),
        Entry(["parent_chat_id"], .parentChat),
        Entry(["timestamp"], .time(.seconds), isRequired: true),
        Entry(["input_length"], .input, isRequired: true),
        Entry(["output_length"], .output, isRequired: true),
        Entry(["hash_ids"], .ids),
        Entry(["turn"], .turn),
      ])
    case .dynamo: dynamo
    default: nil
    }
  }

  private static let dynamo: RowSchema = {
    var schema = RowSchema([
      Entry(["event_type"], .kind, isRequired: true),
      Entry(["request.request_received_ms"], .time(.milliseconds), isRequired: true),
      Entry(["request.input_tokens", "request.replay.input_length"], .input, isRequired: true),
      Entry(["request.output_tokens"], .output, isRequired: true),
      Entry(["request.total_time_ms"], .duration(.milliseconds)),
      Entry(["request.replay.input_sequence_hashes"], .ids),
      Entry(["request.replay.trace_block_size"], .blockTokens),
      Entry(["agent_context.session_id"], .session),
    ])
    // Writers of files put each record into an envelope; that of standard error does not.
    for index in schema.entries.indices {
      schema.entries[index].names += schema.entries[index].names.map { "event." + $0 }
    }
    return schema
  }()

  var hasTimes: Bool { entries.contains { if case .time = $0.field { true } else { false } } }
}
