/// What is said of a trace beside its file.
package struct TraceOptions: Hashable, Sendable {
  /// Found from the file where it is left out.
  package var format: TraceFormat?
  /// What stands in which column of a table, or under which path of keys of objects, that no format
  /// knows.
  package var columns: [Column] = []
  /// Unit of the times; found from their names and values where it is left out.
  package var timeUnit: TimeUnit?
  /// Character between the fields of a table; found from its header where it is left out.
  package var delimiter: UInt8?
  /// Tokens that an id stands for; found from the ids where it is left out.
  package var blockTokens: Int?
  /// Which turns of a conversation wait for the answer before them.
  package var turns: Turns?
  /// Tokens of the prompts, and of the answers, whose length the file does not have.
  package var inputTokens: Int32?
  package var outputTokens: Int32?
  /// What the prompts' lengths of a conversation's turns count.
  package var inputCounts = InputCounts.prompts
  /// Seed of what is drawn where the trace says how, and not what.
  package var seed: UInt64 = 1
  /// How all this is said where it is, for hints.
  package var keys = TraceKeys.scenario

  package struct Column: Hashable, Sendable {
    package var field: ColumnField
    package var name: String

    package init(_ field: ColumnField, _ name: String) {
      self.field = field
      self.name = name
    }
  }

  /// What a column can be said to have.
  package enum ColumnField: String, CaseIterable, Sendable {
    case time, input, output, session, turn, delay, duration, prefix, ids, priority
  }

  package enum Turns: String, CaseIterable, Sendable {
    /// Each turn comes when it came.
    case recorded
    /// Each turn comes as long after the answer before it as it did.
    case afterAnswers = "after-answers"
  }

  package enum InputCounts: String, CaseIterable, Sendable {
    /// Whole prompts.
    case prompts
    /// What is new in them, behind all that the conversation has said before.
    case additions
  }

  package init(format: TraceFormat? = nil) { self.format = format }

  /// A delimiter as it is written, or by its name; nil for what is none.
  package static func delimiter(_ text: String) -> UInt8? {
    let names: [String: UInt8] = [
      "comma": 0x2C, "semicolon": 0x3B, "tab": 0x09, "pipe": 0x7C, "space": 0x20,
    ]
    return names[text] ?? (text.utf8.count == 1 ? text.utf8.first : nil)
  }

  /// Whether turns wait that have no delay of their own.
  func waits(_ format: TraceFormat) -> Bool {
    switch turns {
    case .recorded: false
    case .afterAnswers: true
    case nil: format == .weka || format == .tracelab || format == .llmservingsim
    }
  }
}
