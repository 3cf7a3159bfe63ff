internal import Units

/// Events as text, in the JSON object format of "Trace Event Format" (Google, 2016): what Perfetto
/// and `chrome://tracing` open.
struct TraceEventText {
  enum Phase: String {
    /// A slice with a duration.
    case complete = "X"
    /// Begin and end of a slice that others may overlap; those with one id are one inside another.
    case begin = "b"
    case end = "e"
    case instant = "i"
    case counter = "C"
    /// The name of a process or thread.
    case metadata = "M"
  }

  enum Value {
    case whole(Int)
    case decimal(Double)
    case text(String)
  }

  /// Where an event is drawn.
  struct Track: Equatable {
    var process: Int
    var thread = 0
  }

  private var events: [String] = []

  var count: Int { events.count }

  mutating func add(
    _ phase: Phase, _ name: String, _ category: String, on track: Track, at time: SimTime,
    for duration: SimDuration? = nil, id: Int32? = nil, _ arguments: [(String, Value)] = []
  ) {
    var text =
      "{\"name\":\(DocumentValue.quoted(name)),\"cat\":\"\(category)\",\"ph\":\"\(phase.rawValue)\""
    text += ",\"ts\":\(Self.microseconds(time.nanoseconds))"
    if let duration { text += ",\"dur\":\(Self.microseconds(duration.nanoseconds))" }
    text += ",\"pid\":\(track.process),\"tid\":\(track.thread)"
    // Of its process: a plain `id` is one for all of them, and readers then know none.
    if let id { text += ",\"id2\":{\"local\":\"\(id)\"}" }
    if phase == .instant { text += ",\"s\":\"p\"" }
    text += ",\"args\":\(Self.object(arguments))}"
    events.append(text)
  }

  mutating func name(_ kind: String, _ name: String, of track: Track) {
    add(.metadata, kind, "__metadata", on: track, at: .zero, [("name", .text(name))])
  }

  /// The whole file.
  func file(facts: [(name: String, value: String)]) -> String {
    let other = Self.object(facts.map { ($0.name, .text($0.value)) })
    return "{\"displayTimeUnit\":\"ms\",\"otherData\":\(other),\"traceEvents\":[\n"
      + events.joined(separator: ",\n") + "\n]}\n"
  }

  // MARK: JSON

  /// To the nanosecond, as far as it is needed: `12`, `12.5`, `0.007`.
  static func microseconds(_ nanoseconds: Int64) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000)
    guard rest > 0 else { return "\(whole)" }
    var digits = "\(1_000 + rest)".dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }

  private static func object(_ pairs: [(String, Value)]) -> String {
    let members = pairs.map { name, value in
      switch value {
      case .whole(let number): "\"\(name)\":\(number)"
      case .decimal(let number): "\"\(name)\":\(DocumentValue.rounded(number).scalarText ?? "0")"
      case .text(let text): "\"\(name)\":\(DocumentValue.quoted(text))"
      }
    }
    return "{" + members.joined(separator: ",") + "}"
  }
}
