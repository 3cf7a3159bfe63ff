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
    /// As `count`, of all attention ranks together.
    case shared(String)
    /// A key with a value of its own, set where the option stands.
    case puts(String, String)
    /// A key by the option's word; empty where the word leaves everything as it is.
    case word(String, [String: String])
    /// Host memory for caches, in units of 10^9 or 2^30 bytes, of one rank or of all.
    case hostMemory(unit: String, ofEachRank: Bool)
    /// A YAML file with more of the same.
    case file
    /// Nothing that changes time, memory or money.
    case idle
    /// Something that does, and that a scenario cannot say.
    case unmodelled(String)
  }

  enum Dimension: Hashable {
    case tensor, pipeline, data, expert
    /// Whole experts on every rank.
    case wholeExperts
    /// Every group of ranks has requests of its own.
    case attention
  }

  /// Without dashes before it, with `-` between words.
  let names: [String]
  /// How many words follow: none, one, or all up to the next option.
  enum Words { case none, one, many }
  let words: Words
  let meaning: Meaning

  static func one(_ names: String..., is meaning: Meaning) -> EngineFlag {
    EngineFlag(names: names, words: .one, meaning: meaning)
  }

  static func bare(_ names: String..., is meaning: Meaning) -> EngineFlag {
    EngineFlag(names: names, words: .none, meaning: meaning)
  }

  /// Of those that say nothing about speed, memory or money.
  static func idle(_ names: [String], words: Words) -> [EngineFlag] {
    names.map { EngineFlag(names: [$0], words: words, meaning: .idle) }
  }

  static func unmodelled(_ names: [String], _ words: Words, _ reason: String) -> [EngineFlag] {
    names.map { EngineFlag(names: [$0], words: words, meaning: .unmodelled(reason)) }
  }

  // Reasons that several engines share.
  static let guesses =
    "how often guesses are right is not in it: add `--set speculation='{method: mtp, "
    + "acceptance: [0.8]}'`"
  static let adapters = "adapters are not simulated"
  static let media = "images, sound and video are not simulated"
  static let captures = "which batches are captured is the engine profile's"
  static let kernels = "kernels are those that were timed on the machine"
  static let eager = "steps without captured batches are not simulated"
  static let apart = "prompts and answers apart: describe both under `pools`"
  static let balancing = "experts are as unequally wanted as `experts.skew` says"
  static let copies = "weights outside the accelerators are not simulated"
}
