internal import Units

/// Finds out what a reader takes, by giving it files and watching what it asks for.
///
/// It begins with nearly nothing. Each key that is asked for is then given as a mapping, a list and
/// what it is taken for, each word of a choice in turn, and what is needed beside it is put there;
/// what the reader asks for then is explored in the same way.
struct SchemaExplorer {
  /// Deeper down, a schema takes anything: mixtures of mixtures have no end.
  static let deepest = 9

  private let read: (String) -> Void
  /// What is tried where text stands, beside any: names that the reader knows.
  private let names: [String]
  private(set) var seen: [String: ConfigObserver.Sight] = [:]
  private var known: Set<String> = [""]
  private var waiting: [(pattern: String, document: ProbeDocument)] = []

  /// - Parameters:
  ///   - seed: what must stand in the file, so that it is read at all.
  ///   - names: of other files, which change what must be said.
  ///   - read: reads a file of the name `ConfigObserver.probedFile`, whatever comes of it.
  init(seed: [(String, String)], names: [String], read: @escaping (String) -> Void) {
    self.read = read
    self.names = names
    let start = ProbeDocument.mapping(seed.map { .init(key: $0, value: .scalar($1)) })
    watch(start)
    for (key, _) in seed { known.insert("/\(key)") }
    while let next = waiting.popLast() { explore(next.pattern, in: next.document) }
    watchWholeFiles()
  }

  /// A name at the top of a file may stand for what sections need not say: `extends: vllm`.
  private mutating func watchWholeFiles() {
    let whole = whole("")
    for key in seen[""]?.keys ?? [] where seen["/\(key)"]?.kinds.contains(.text) ?? false {
      for name in names { watch(whole.setting([key], .scalar(name))) }
    }
  }

  /// A value with all that is known below it, but for what needs more of its kind.
  private func whole(_ pattern: String) -> ProbeDocument {
    guard let sight = seen[pattern], sight.readings > 0, !sight.takesNames else {
      return sample(pattern)
    }
    return .mapping(
      sight.keys.filter { steps("\(pattern)/\($0)").count < Self.deepest }
        .map { .init(key: $0, value: whole("\(pattern)/\($0)")) })
  }

  private func steps(_ pattern: String) -> ArraySlice<String> {
    pattern.split(separator: "/").map(String.init)[...]
  }

  /// Reads a file, with what it needs put into it, and remembers what was asked for.
  private mutating func watch(_ document: ProbeDocument) {
    var document = document
    for _ in 0..<4 {
      let observer = ConfigObserver()
      ConfigObserver.$current.withValue(observer) { read(document.yaml) }
      // In an order that is always the same, as what is found depends on it.
      let found = observer.seen.sorted { $0.key < $1.key }
      let before = document
      var isFilled = true
      for (pattern, sight) in found {
        for key in sight.needs.keys.sorted() where !before.has(steps("\(pattern)/\(key)")) {
          document = document.setting(steps("\(pattern)/\(key)"), sample("\(pattern)/\(key)"))
          isFilled = false
        }
      }
      remember(found, asIn: before)
      if isFilled { break }
    }
  }

  private mutating func remember(
    _ found: [(key: String, value: ConfigObserver.Sight)], asIn document: ProbeDocument
  ) {
    for (pattern, sight) in found {
      var whole = seen[pattern] ?? ConfigObserver.Sight()
      whole.kinds += sight.kinds.filter { !whole.kinds.contains($0) }
      whole.keys += sight.keys.filter { !whole.keys.contains($0) }
      whole.takesNames = whole.takesNames || sight.takesNames
      whole.isForked = whole.isForked || sight.isForked
      whole.readings += sight.readings
      whole.needs.merge(sight.needs, uniquingKeysWith: +)
      seen[pattern] = whole
      let below =
        sight.keys.map { "\(pattern)/\($0)" }
        + (sight.takesNames ? ["\(pattern)/\(ProbeDocument.anyName)"] : [])
        + (sight.kinds.contains(.list) ? ["\(pattern)/\(ProbeDocument.element)"] : [])
      for next in below.sorted() where steps(next).count <= Self.deepest {
        if known.insert(next).inserted { waiting.append((next, document)) }
      }
    }
  }

  private mutating func explore(_ pattern: String, in document: ProbeDocument) {
    let place = steps(pattern)
    watch(document.setting(place, .mapping([])))
    let sight = seen[pattern] ?? ConfigObserver.Sight()
    // Forms that a reader tells apart, or that it might.
    if sight.isForked || sight.kinds.contains(.list) {
      watch(document.setting(place, .list([.mapping([])])))
      watch(document.setting(place, .scalar("x")))
    }
    for kind in seen[pattern]?.kinds ?? [] {
      for value in values(of: kind) { watch(document.setting(place, value)) }
    }
  }

  /// A value that the reader takes, as far as it is known.
  private func sample(_ pattern: String) -> ProbeDocument {
    guard let kinds = seen[pattern]?.kinds, let kind = kinds.first(where: { $0 != .mapping })
    else { return seen[pattern]?.kinds.isEmpty ?? true ? .scalar("x") : .mapping([]) }
    return values(of: kind).first ?? .scalar("x")
  }

  private func values(of kind: ConfigObserver.Kind) -> [ProbeDocument] {
    switch kind {
    case .mapping: []
    case .list: [.list([.mapping([])])]
    case .text: [.scalar("x")] + names.map { .scalar($0) }
    case .boolean: [.scalar("true"), .scalar("false")]
    case .integer(let range): [.scalar(String(min(max(1, range.lowerBound), range.upperBound)))]
    case .number(let bounds): [.scalar("\(bounds.standIn)")]
    case .quantity(let dimension): [.scalar("1 \(dimension.units[0].symbol)")]
    case .choice(let words): words.map { .scalar($0) }
    }
  }
}
