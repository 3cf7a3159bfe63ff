/// Low-rank adapters, as the options of a server say them.
///
/// A server sets memory aside for so many places of one size, however many adapters it is given,
/// and a step uses no more of them than it has places (vLLM source, vllm/lora/layers, 2026-11).
struct EngineAdapters {
  /// What a server does that is not told; nil where it depends on the adapters' files.
  struct Defaults {
    let most: Int?
    let rank: Int?
  }

  private var options: [String] = []
  private var isUsed = false
  private var most: Int?
  private var rank: Int?
  private var names = 0

  mutating func take(_ part: EngineFlag.AdapterPart, _ value: String, _ typed: String) {
    if EngineSwitch.value(value) == false, part == .used { return }
    options.append(typed)
    switch part {
    case .used: isUsed = true
    case .most: most = Int(value)
    case .rank: rank = Int(value)
    case .names: names = Self.count(value)
    }
  }

  /// `sql=/a chat=/b`, or a mapping for each.
  private static func count(_ value: String) -> Int {
    value.contains("{")
      ? value.count { $0 == "{" } : value.split(whereSeparator: \.isWhitespace).count
  }

  func read(
    _ defaults: Defaults
  ) -> (settings: [EngineCommand.Setting], remarks: [EngineCommand.Remark]) {
    // What belongs to adapters without them says nothing.
    guard isUsed || names > 0 else { return ([], []) }
    let typed = options.joined(separator: " ")
    guard let rank = rank ?? defaults.rank, let places = most ?? defaults.most else {
      let reason =
        "how large adapters are is not in it: add `--set adapters='{rank: 16, count: 8}'`"
      return ([], [.init(option: typed, reason: reason)])
    }
    let settings = [("adapters.rank", rank), ("adapters.count", places)].map {
      EngineCommand.Setting(option: typed, key: $0, value: String($1))
    }
    let turns =
      "\(names) adapters take turns in places for \(places): bringing them in is not simulated"
    return (settings, names > places ? [.init(option: typed, reason: turns)] : [])
  }
}
