/// What an option of a server's command line means for a scenario.
struct EngineFlag {
  enum Meaning {
    case model
    /// How ranks divide the model, put together when all are known.
    case layout(Dimension)
    /// A key that takes the value as it stands.
    case sets(String)
    /// A key that takes a number which may be written `8k`; `auto` and -1 leave it alone.
    case count(String)
    /// A key that takes a number like `count`, where it is less than what another option says.
    case atMost(String)
    /// A key that takes the largest of several numbers.
    case largest(String)
    /// A key that takes a number like `count`, of all attention ranks together.
    case shared(String)
    /// A key with a value of its own, set where the option stands.
    case puts(String, String)
    /// A key by the option's word; empty where the word leaves everything as it is.
    case word(String, [String: String])
    /// A format of the weights, as `word`, which depends on the checkpoint's own.
    case weights([String: String])
    /// Host memory for caches, in units of 10^9 or 2^30 bytes, of one rank or of all.
    case hostMemory(unit: String, ofEachRank: Bool)
    case adapters(AdapterPart)
    case guesses(EngineGuesses.Part)
    /// A YAML file with more of the same.
    case file
    /// JSON with more of the same, their names behind this one's; the reason for those unknown.
    case nested(String)
    /// Nothing that changes time, memory or money.
    case idle
    /// Something that does, and that a scenario cannot say.
    case unmodelled(String)
    /// Something that a scenario cannot say, by the option's word; the reason for every other word.
    case named([String: String], otherwise: String)
    /// A cache in the host's memory, of a size that `hostMemory` says; the reason where none does.
    case hostCache(String)

    /// Whether it says nothing without a value.
    var needsValue: Bool {
      switch self {
      case .model, .count, .atMost, .largest, .shared, .weights, .hostMemory, .guesses, .file: true
      case .layout(let dimension): ![.attention, .wholeExperts].contains(dimension)
      case .sets(let key): key != "prefix_cache"
      case .word(_, let words): words["true"] == nil
      case .adapters(let part): part != .used
      case .puts, .nested, .idle, .unmodelled, .named, .hostCache: false
      }
    }
  }

  enum Dimension: Hashable {
    case tensor, pipeline, data, expert
    /// Whole experts on every rank.
    case wholeExperts
    /// Every group of ranks has requests of its own.
    case attention
    /// So many groups of ranks have requests of their own.
    case attentionGroups
  }

  /// What options say of low-rank adapters.
  enum AdapterPart {
    case used, most, rank, names
  }

  /// Without dashes before it, with `-` between words.
  let names: [String]
  /// How many words follow: none, one, or all up to the next option.
  enum Words { case none, one, many }
  let words: Words
  let meaning: Meaning

  /// Names behind which keys of a mapping may stand: `--reasoning-config.KEY`.
  var mappings: [String] {
    switch meaning {
    case .nested: names
    case .idle, .unmodelled: names.filter { $0.hasSuffix("-config") }
    default: []
    }
  }

  static func one(_ names: String..., is meaning: Meaning) -> EngineFlag {
    EngineFlag(names: names, words: .one, meaning: meaning)
  }

  static func many(_ names: String..., is meaning: Meaning) -> EngineFlag {
    EngineFlag(names: names, words: .many, meaning: meaning)
  }

  static func bare(_ names: String..., is meaning: Meaning) -> EngineFlag {
    EngineFlag(names: names, words: .none, meaning: meaning)
  }

  /// Options that say nothing about speed, memory or money: names with spaces between.
  static func idle(_ words: Words, _ names: String) -> [EngineFlag] {
    each(names, words, .idle)
  }

  static func unmodelled(_ reason: String, _ words: Words, _ names: String) -> [EngineFlag] {
    each(names, words, .unmodelled(reason))
  }

  private static func each(_ names: String, _ words: Words, _ meaning: Meaning) -> [EngineFlag] {
    names.split(whereSeparator: \.isWhitespace).map {
      EngineFlag(names: [String($0)], words: words, meaning: meaning)
    }
  }

  // Reasons that several engines share.
  static let guesses = "of guessing, the method, the numbers and what guesses are simulated"
  static let draftRanks = "what guesses is cut over as many ranks as the model"
  static let adapters = "adapters are as `adapters` says it: all in memory, one rank"
  static let media = "images, sound and video are not simulated"
  static let captures = "steps are compiled and captured as the engine does it by itself"
  static let kernels = "kernels are those that were timed on the machine"
  static let eager = "steps without captured batches are not simulated"
  static let apart = "prompts and answers apart: describe both under `pools`"
  static let balancing = "experts are as unequally wanted as `experts.skew` says"
  static let copies = "weights outside the accelerators are not simulated"
  static let order = "requests are taken in the order they come"
  static let lowest = "of `priority` the lower goes first, and every class has one"
  static let asConfigured = "the model is as its config says it"
  static let formats = "formats are as the checkpoint and `quantization` say it"
  static let states = "recurrent states are kept as the engine does it by itself"
  static let queue = "how long the queue may grow is not simulated"
  static let offloading =
    "caches that leave the accelerators: `--set prefix_cache.host_memory='500 GB'`"
  static let connector = "of a connector no more than what it is for is read"
  static let hostCache = "how large the host's cache is says `--hicache-size`"
  static let split = "ranks that share a prompt are not simulated, and not counted"
  static let division = "how dense parts and shared experts are divided follows from `parallelism`"
}
