/// A file that nobody wrote, to see what readers ask of it.
enum ProbeDocument {
  case mapping([Entry])
  case list([ProbeDocument])
  /// A single value as YAML writes it.
  case scalar(String)

  struct Entry {
    var key: String
    var value: ProbeDocument
  }

  /// With a value at a pattern, and what must be above it: `/sources/*`, `/classes/[]/share`.
  func setting(_ steps: ArraySlice<String>, _ value: ProbeDocument) -> ProbeDocument {
    guard let step = steps.first else { return value }
    let rest = steps.dropFirst()
    if step == Self.element {
      var items: [ProbeDocument] = []
      if case .list(let old) = self { items = old }
      let first = items.first ?? .mapping([])
      return .list([first.setting(rest, value)] + items.dropFirst())
    }
    var entries: [Entry] = []
    if case .mapping(let old) = self { entries = old }
    let key = step == Self.anyName ? "name" : step
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value = entries[index].value.setting(rest, value)
    } else {
      let made = ProbeDocument.mapping([]).setting(rest, value)
      entries.append(Entry(key: key, value: made))
    }
    return .mapping(entries)
  }

  func has(_ steps: ArraySlice<String>) -> Bool {
    guard let step = steps.first else { return true }
    switch self {
    case .mapping(let entries):
      let key = step == Self.anyName ? "name" : step
      return entries.first { $0.key == key }?.value.has(steps.dropFirst()) ?? false
    case .list(let items):
      return step == Self.element && items.first?.has(steps.dropFirst()) ?? false
    case .scalar: return false
    }
  }

  /// An element of a list, in a pattern.
  static let element = "[]"
  /// What stands under a name that the file chooses.
  static let anyName = "*"

  var yaml: String {
    switch self {
    case .mapping(let entries):
      "{" + entries.map { "\"\($0.key)\": \($0.value.yaml)" }.joined(separator: ", ") + "}"
    case .list(let items): "[" + items.map(\.yaml).joined(separator: ", ") + "]"
    case .scalar(let text): text
    }
  }
}
