internal import Diagnostics

/// Who guesses tokens, as vLLM's `--speculative-config` says it.
struct EngineGuesses {
  private let method: String
  private let tokens: Int

  /// - Returns: nil for what is no such JSON.
  init?(json: String) {
    guard json.hasPrefix("{"),
      let root = try? ConfigSource(file: "--from", kind: "command").parse(json), root.isMapping
    else { return nil }
    var (method, tokens) = ("", 1)
    for (key, value) in root.mapping().entries() {
      if key == "method" { method = value.scalarText ?? "" }
      if key == "num_speculative_tokens" { tokens = value.scalarText.flatMap { Int($0) } ?? 1 }
    }
    self.method = method
    self.tokens = min(max(1, tokens), 16)
  }

  /// Why it is not simulated as it stands, and what to type instead.
  var reason: String {
    let own: String? =
      if method.hasSuffix("mtp") {
        "mtp"
      } else if method.hasPrefix("ngram") || method == "suffix" {
        "lookup"
      } else {
        nil
      }
    guard let own else {
      return "guesses of another model are not simulated; those of the model's own layers are: "
        + "`--set speculation='{method: mtp, acceptance: [0.8]}'`"
    }
    let rates = Array(repeating: "0.8", count: tokens).joined(separator: ", ")
    return "how often guesses are right is not in it: add "
      + "`--set speculation='{method: \(own), acceptance: [\(rates)]}'`"
  }
}
