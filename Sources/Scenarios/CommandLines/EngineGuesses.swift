internal import Units

/// Who guesses tokens, as the options of a server say it.
///
/// No server is told how often guesses are right, so what it says is taken where a scenario adds
/// that.
package struct EngineGuesses {
  /// What an option says of them.
  enum Part {
    case method, model, guesses, branches, verified
  }

  /// How often guesses are right, which no server is told.
  package enum Acceptance: Equatable, Sendable {
    case unknown
    /// The scenario says it.
    case stated
    case counted([Double], by: String)
  }

  private var options: [String] = []
  private var words: [Part: String] = [:]

  mutating func take(_ part: Part, _ value: String, _ typed: String) {
    guard value != "null", value.lowercased() != "none" else { return }
    options.append(typed)
    words[part] = value
  }

  /// - Parameters:
  ///   - target: the model that is served.   - hasConfig: whether a model's config is at hand.
  ///   - hasExperts: whether the model has; a head for it is not like its layers.
  func read(
    engine: String, target: String?, hasExperts: Bool, acceptance: Acceptance,
    hasConfig: (String) -> Bool
  ) -> (settings: [EngineCommand.Setting], remarks: [EngineCommand.Remark]) {
    guard words[.method] != nil || words[.model] != nil else { return ([], []) }
    let typed = options.joined(separator: " ")
    guard let method = method(engine, target) else {
      let named = words[.method] ?? words[.model] ?? ""
      let reason =
        "guesses by `\(named)` are not simulated; by `mtp`, `lookup`, `eagle`, `eagle3` and "
        + "`draft` they are: `--set speculation='{method: mtp, acceptance: [0.8]}'`"
      return ([], [.init(option: typed, reason: reason)])
    }
    guard acceptance != .unknown else {
      let reason =
        "how often guesses are right is not in it: add `--set speculation.acceptance=0.8`, or a "
        + "share for each, or what the server counted: `--metrics metrics.txt`"
      return ([], [.init(option: typed, reason: reason)])
    }
    let shape = shape(engine, method)
    var settings: [EngineCommand.Setting] = []
    func set(_ key: String, _ value: String) {
      settings.append(.init(option: typed, key: "speculation.\(key)", value: value))
    }
    set("method", method.rawValue)
    set("guesses", String(shape.guesses))
    if shape.branches > 1 {
      set("branches", String(shape.branches))
      if let verified = shape.verified { set("verified", String(verified)) }
    }
    if case .counted(let shares, let option) = acceptance {
      let list = shares.map { NumberText.plain(($0 * 1e4).rounded() / 1e4) }
      settings.append(
        .init(
          option: option, key: "speculation.acceptance",
          value: "[\(list.joined(separator: ", "))]"))
    }
    guard let model = words[.model], method.hasWeights else {
      return (settings, [])
    }
    // A head may be taken to be like the model's layers; another model may not.
    if method == .draft || hasExperts || hasConfig(model) {
      set("model", model)
      return (settings, [])
    }
    let reason =
      "its config is not here, so a head of one layer like the model's is taken: "
      + "`--set speculation.model=./head/config.json`"
    return (settings, [.init(option: model, reason: reason)])
  }

  /// In the words of a scenario; nil for what is not simulated.
  private func method(_ engine: String, _ target: String?) -> SpeculationKeys.Method? {
    let word = words[.method]?.lowercased().replacing("-", with: "_")
    let model = words[.model]?.lowercased() ?? ""
    switch engine {
    case "sglang":
      let own = model.isEmpty || model == target?.lowercased()
      if word == "eagle" || word == "nextn" {
        return own || model.contains("nextn") || model.contains("mtp") ? .mtp : .eagle
      }
      return ["eagle3": .eagle3, "standalone": .draft, "ngram": .lookup][word ?? ""]
    case "tensorrt-llm":
      let known: [String: SpeculationKeys.Method] = [
        "mtp": .mtp, "eagle": .eagle3, "eagle3": .eagle3, "draft_target": .draft,
        "drafttarget": .draft, "ngram": .lookup,
      ]
      return known[word ?? ""]
    default: return vllmMethod(word, model)
    }
  }

  /// Where no method is named, the server goes by the name of what guesses.
  private func vllmMethod(_ word: String?, _ model: String) -> SpeculationKeys.Method? {
    guard let word else {
      if model == "ngram" || model == "[ngram]" { return .lookup }
      if model.contains("eagle3") { return .eagle3 }
      if model.contains("eagle-") { return .eagle }
      let others = ["dflash", "dspark", "medusa"]
      return others.contains { model.contains($0) } ? nil : .draft
    }
    if word == "mtp" || word.hasSuffix("_mtp") { return .mtp }
    if word.hasPrefix("ngram") || word == "[ngram]" || word == "suffix" { return .lookup }
    return ["eagle": .eagle, "eagle3": .eagle3, "draft_model": .draft][word]
  }

  /// How many tokens are guessed and verified, with what a server does that is not told: SGLang's
  /// `auto_choose_speculative_params`, and one token elsewhere.
  private func shape(
    _ engine: String, _ method: SpeculationKeys.Method
  ) -> (guesses: Int, branches: Int, verified: Int?) {
    func number(_ part: Part) -> Int? { words[part].flatMap { Int($0) } }
    var guesses = number(.guesses)
    var (branches, verified) = (number(.branches) ?? 1, number(.verified))
    if engine == "sglang" {
      if method == .lookup {
        guesses = (verified ?? 12) - 1
      } else if guesses == nil {
        (guesses, branches, verified) = method == .mtp ? (3, 1, nil) : (5, 4, 8)
      }
    }
    return (min(max(1, guesses ?? 1), 16), branches, verified)
  }
}
