internal import Diagnostics
internal import Units

/// The options of a command line, one after the other.
struct EngineOptions {
  let server: EngineServer
  private(set) var model: String?
  private(set) var settings: [EngineCommand.Setting] = []
  private(set) var remarks: [EngineCommand.Remark] = []
  /// By what they divide, with the option as typed.
  private(set) var layout: [EngineFlag.Dimension: (option: String, count: Int)] = [:]
  /// That are of all attention ranks together.
  private(set) var shared: [EngineCommand.Setting] = []
  /// That hold where they are less than a setting of their key.
  private var limits: [EngineCommand.Setting] = []
  private(set) var adapters = EngineAdapters()
  private(set) var guesses = EngineGuesses()
  private(set) var weights: EngineWeights?
  /// Ranks that are no numbers: on one accelerator would be a guess.
  private(set) var unreadable: [Diagnostic] = []
  /// What asks for a cache in the host's memory.
  private var hostCaches: [EngineCommand.Remark] = []
  private(set) var hostMemory: (setting: EngineCommand.Setting, ofEachRank: Bool)?

  init(server: EngineServer) { self.server = server }

  mutating func read(_ words: [String], _ readFile: (String) throws -> String) {
    let all = options(words)
    let isFile = { (option: Option) in
      if case .file = option.flag?.meaning { true } else { false }
    }
    // Which of the two wins is taken last.
    let (files, others) = (all.filter(isFile), all.filter { !isFile($0) })
    for option in server.fileWins ? others + files : files + others {
      guard let flag = option.flag else {
        note(option.typed)
        continue
      }
      guard option.value != nil || !flag.meaning.needsValue else {
        miss(flag, option.typed)
        continue
      }
      let (turned, value) = turned(flag, option.value ?? "true")
      take(turned, value, typed: option.typed, readFile)
    }
    if hostMemory == nil { remarks += hostCaches }
    settings.removeAll { setting in
      limits.contains { $0.key == setting.key && Self.isLess($0, than: setting) }
    }
    settings += limits.filter { limit in !settings.contains { $0.key == limit.key } }
  }

  /// One on the command line, with its value.
  private struct Option {
    var flag: EngineFlag?
    var value: String?
    var typed: String
  }

  private mutating func options(_ words: [String]) -> [Option] {
    var options: [Option] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      guard Self.isOption(word) else {
        if server.takesModel, model == nil { model = word } else if !word.isEmpty { note(word) }
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let flag = flag(Self.plain(parts[0]))
      var value = parts.count > 1 ? String(parts[1]) : nil
      if value == nil {
        // Of what is not known, whatever is no option is its value.
        let count =
          switch flag?.words {
          case .some(.none): 0
          case .many: Int.max
          case .one, nil: 1
          }
        var taken: [String] = []
        while index < words.count, !Self.isOption(words[index]),
          taken.count < count || taken.isEmpty && EngineSwitch.value(words[index]) != nil
        {
          taken.append(words[index])
          index += 1
        }
        value = taken.isEmpty ? nil : taken.joined(separator: " ")
      }
      let typed = value.map { "\(parts[0]) \($0)" } ?? String(parts[0])
      options.append(Option(flag: flag, value: value, typed: typed))
    }
    return options
  }

  private func flag(_ name: String) -> EngineFlag? {
    let plain = name.replacing(".", with: "-")
    if let flag = server.flags.first(where: { $0.names.contains(plain) }) { return flag }
    if let flag = nest(of: plain) { return flag }
    // `-O3`
    if name.count == 2, name.last?.isNumber == true {
      return server.flags.first { $0.names.contains(String(name.prefix(1))) }
    }
    guard plain.hasPrefix("no-"),
      let flag = server.flags.first(where: { $0.names.contains(String(plain.dropFirst(3))) })
    else { return nil }
    switch flag.meaning {
    case .idle, .unmodelled: return flag
    // Without an option that turns it off, it is off where nobody turns it on.
    default: return flag.words == .none ? .bare(plain, is: .idle) : nil
    }
  }

  /// What turns off instead, where what turns on is told to be off.
  private func turned(_ flag: EngineFlag, _ value: String) -> (EngineFlag, String) {
    guard flag.words == .none, EngineSwitch.value(value) == false,
      let opposite = EngineSwitch.opposite(of: flag, among: server.flags)
    else { return (flag, value) }
    return (opposite, "true")
  }

  /// What is said of a mapping's keys that have no meaning of their own, the innermost first.
  private func nest(of name: String) -> EngineFlag? {
    let depths = server.flags.map { flag in
      (flag, flag.mappings.filter { name.hasPrefix($0 + "-") }.map(\.count).max() ?? 0)
    }
    guard let (flag, depth) = depths.max(by: { $0.1 < $1.1 }), depth > 0 else { return nil }
    if case .nested(let reason) = flag.meaning { return .one(name, is: .unmodelled(reason)) }
    return .one(name, is: flag.meaning)
  }

  private mutating func note(_ option: String) {
    remarks.append(.init(option: option, reason: "not an option that is known of this server"))
  }

  private static func isOption(_ word: String) -> Bool {
    word.hasPrefix("-") && Double(word) == nil && word.count > 1
  }

  private static func plain(_ option: Substring) -> String {
    String(option.drop { $0 == "-" }).lowercased().replacing("_", with: "-")
  }

  private mutating func take(
    _ flag: EngineFlag, _ given: String, typed: String, _ readFile: (String) throws -> String
  ) {
    var value = given
    if flag.words == .none {
      guard let isOn = EngineSwitch.value(value) else { return refuse(typed, EngineSwitch.refusal) }
      value = String(isOn)
    }
    switch flag.meaning {
    case .model: model = value
    case .layout(let dimension): takeRanks(dimension, value, typed)
    case .sets(let key): set(key, value, typed)
    case .count(let key):
      if let count = count(key, value, typed) { set(key, count, typed) }
    case .atMost(let key):
      if let count = count(key, value, typed) {
        limits.append(.init(option: typed, key: key, value: count))
      }
    case .largest(let key):
      let numbers = value.split { !$0.isNumber }.compactMap { Int($0) }
      if let most = numbers.max() { set(key, String(most), typed) }
    case .shared(let key):
      if let count = count(key, value, typed) {
        shared.removeAll { $0.key == key }
        shared.append(.init(option: typed, key: key, value: count))
      }
    case .puts(let key, let put): if value != "false" { set(key, put, typed) }
    case .word(let key, let words): take(key, words, value, typed)
    case .weights(let words): weights = EngineWeights(typed: typed, word: value, formats: words)
    case .adapters(let part): adapters.take(part, value, typed)
    case .guesses(let part): guesses.take(part, value, typed)
    case .nested(let reason): readNested(flag, value, typed, reason)
    case .hostMemory(let unit, let ofEachRank):
      hostMemory = (
        .init(option: typed, key: "prefix_cache.host_memory", value: "\(value) \(unit)"), ofEachRank
      )
    case .file: readOptions(in: value, typed, readFile)
    case .idle: break
    case .unmodelled(let reason):
      // `key: false` in a file, of something that is there or not.
      if flag.words != .none || value != "false" { refuse(typed, reason) }
    case .named(let reasons, let otherwise): refuse(typed, reasons[value] ?? otherwise)
    case .hostCache(let reason):
      if value != "false" { hostCaches.append(.init(option: typed, reason: reason)) }
    }
  }

  private mutating func takeRanks(
    _ dimension: EngineFlag.Dimension, _ value: String, _ typed: String
  ) {
    if value.lowercased() == "true" {
      layout[dimension] = (typed, 1)
    } else if value.lowercased() != "false" {
      guard let count = Int(value), count > 0 else { return refuseRanks(typed, ": \(value)") }
      layout[dimension] = (typed, count)
    }
  }

  private mutating func refuseRanks(_ typed: String, _ what: String) {
    unreadable.append(
      Diagnostic(
        code: "command/ranks", "no number of ranks\(what)",
        at: SourceLocation(file: "--from \(typed)"),
        hint: "write the number that the shell puts there, above zero"))
  }

  /// An option without the value that it must have.
  private mutating func miss(_ flag: EngineFlag, _ typed: String) {
    if case .layout = flag.meaning {
      refuseRanks(typed, " behind it")
    } else {
      refuse(typed, "no value stands behind it")
    }
  }

  private mutating func take(
    _ key: String, _ words: [String: String], _ value: String, _ typed: String
  ) {
    guard let word = words[value] ?? words[value.lowercased()] else {
      return refuse(typed, Self.unknown(key, words))
    }
    guard !word.isEmpty else { return }
    // Experts on all ranks: how many there are is known at the end.
    if word == "all" { layout[.wholeExperts] = (typed, 1) } else { set(key, word, typed) }
  }

  static func unknown(_ key: String, _ words: [String: String]) -> String {
    "`\(key)` is not known to be so; known: " + words.keys.sorted().joined(separator: ", ")
  }

  private mutating func set(_ key: String, _ value: String, _ typed: String) {
    settings.removeAll { $0.key == key }
    settings.append(.init(option: typed, key: key, value: value))
  }

  private mutating func refuse(_ typed: String, _ reason: String) {
    remarks.append(.init(option: typed, reason: reason))
  }

  /// Nil for what leaves it to the server; said where the server takes no such thing.
  private mutating func count(_ key: String, _ value: String, _ typed: String) -> String? {
    if let count = Self.count(value) { return count }
    if key == "scheduler.token_budget", server.engine == "sglang" {
      refuse(typed, "prompts are computed in chunks")
    } else if value == "-1", key != "maximum_context" {
      refuse(typed, "-1 is no such number: the engine's own is taken")
    }
    return nil
  }

  /// `8192`, `8k` (8,000), `8K` (8,192); nil for `auto` and -1, which leave it to the server.
  private static func count(_ text: String) -> String? {
    let units: [Character: Double] = [
      "k": 1e3, "K": 1_024, "m": 1e6, "M": 1_048_576,
    ]
    if text == "auto" || text == "-1" { return nil }
    guard let last = text.last, let factor = units[last], let number = Double(text.dropLast())
    else { return text }
    return Int(exactly: (number * factor).rounded(.down)).map { String($0) } ?? text
  }

  private static func isLess(
    _ limit: EngineCommand.Setting, than setting: EngineCommand.Setting
  ) -> Bool {
    guard let (least, count) = Int(limit.value).flatMap({ a in Int(setting.value).map { (a, $0) } })
    else { return false }
    return least < count
  }

  /// A file of `key: value`, nested ones joined by dashes.
  private mutating func readOptions(
    in file: String, _ typed: String, _ readFile: (String) throws -> String
  ) {
    guard let text = try? readFile(file),
      let root = try? ConfigSource(file: file, kind: "command").parse(text), root.isMapping
    else { return refuse(typed, "the file is not there, or is no mapping of keys") }
    takeAll(of: root, behind: "", readFile)
  }

  /// JSON of an option, its keys joined to the option's name by dashes.
  private mutating func readNested(
    _ flag: EngineFlag, _ value: String, _ typed: String, _ reason: String
  ) {
    guard value.hasPrefix("{"),
      let root = try? ConfigSource(file: "--from", kind: "command").parse(value), root.isMapping
    else { return refuse(typed, reason) }
    takeAll(of: root, behind: flag.names[0]) { _ in "" }
  }

  private mutating func takeAll(
    of root: ConfigNode, behind prefix: String, _ readFile: (String) throws -> String
  ) {
    for (name, value) in Self.flat(root, prefix) {
      let typed = "\(name): \(value)"
      guard let flag = flag(Self.plain(name[...])) else {
        note(typed)
        continue
      }
      if case .file = flag.meaning { continue }
      take(flag, value, typed: typed, readFile)
    }
  }

  private static func flat(_ node: ConfigNode, _ prefix: String) -> [(String, String)] {
    node.mapping().entries().flatMap { key, value -> [(String, String)] in
      let name = prefix.isEmpty ? key : "\(prefix)-\(key)"
      if value.isMapping { return flat(value, name) }
      if value.isSequence {
        return [(name, value.sequence().map { $0.scalarText ?? "" }.joined(separator: ", "))]
      }
      return value.isNull ? [] : [(name, value.scalarText ?? "")]
    }
  }
}
