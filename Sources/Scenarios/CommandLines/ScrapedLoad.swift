internal import Diagnostics
internal import Units

/// What a serving engine counted of its requests, in the text that Prometheus scrapes: how long
/// prompts and answers were, and how many came.
///
///     let load = try ScrapedLoad(later: after, earlier: before)
///     load.input       // `{distribution: empirical, lengths: [...], weights: [...]}`
///     load.requests    // between the two
///
/// A histogram says how many lengths lie between two bounds, and their sum. Each bucket becomes one
/// length, the same part of the way from its lower to its upper bound in all of them, so that the
/// mean is the one that was counted:
///
///     t = (S/n - sum of p_i l_i) / (sum of p_i (u_i - l_i))
///
/// - S: sum of all lengths - n: their count - p_i: share of a bucket - l_i, u_i: its bounds
///
/// Check: 3 lengths up to 10 and 1 up to 20 that make 40 together have the mean 10; t = 0.75, so
/// the lengths are 8 and 18 (`ScrapedLoadTests.workedExample`).
package struct ScrapedLoad: Equatable, Sendable {
  package let input: String
  package let output: String
  package let requests: Double
  /// Part of the prompts' tokens that vLLM found in its prefix cache; nil where it looked for none.
  /// Source: vLLM, `v1/metrics/loggers.py`: `vllm:prefix_cache_queries` and
  /// `vllm:prefix_cache_hits`, in tokens. SGLang has a gauge of its last pass alone.
  package let cachedShare: Double?

  private static let prompts = ["vllm:request_prompt_tokens", "sglang:prompt_tokens_histogram"]
  private static let answers = [
    "vllm:request_generation_tokens", "sglang:generation_tokens_histogram",
  ]

  /// - Parameters:
  ///   - later: text of a scrape, and where it is from.
  ///   - earlier: of one before it, whose counts are taken off.
  /// - Throws: `InvalidInput` for text without the histograms, or of several models.
  package init(
    later: (file: String, text: String), earlier: (file: String, text: String)? = nil
  ) throws {
    func histogram(_ names: [String]) throws -> ScrapedHistogram {
      var found = try ScrapedHistogram(of: names, in: later)
      if let earlier { try found.subtract(try ScrapedHistogram(of: names, in: earlier)) }
      guard found.count > 0 else {
        throw InvalidInput(
          Diagnostic(
            code: "metrics/no-request", "no request was counted", at: .init(file: later.file)))
      }
      return found
    }
    let models = Self.models(in: later.text)
    guard models.count < 2 else {
      let names = models.map { "`\($0)`" }.joined(separator: ", ")
      throw InvalidInput(
        Diagnostic(
          code: "metrics/models", "requests of several models are counted: \(names)",
          at: SourceLocation(file: later.file),
          hint: "keep one: `grep 'model_name=\"\(models[0])\"' \(later.file) > one.txt`"))
    }
    let (prompts, answers) = (try histogram(Self.prompts), try histogram(Self.answers))
    input = prompts.distribution
    output = answers.distribution
    requests = answers.count
    let asked = Self.counted("vllm:prefix_cache_queries", later.text, earlier?.text)
    let hits = Self.counted("vllm:prefix_cache_hits", later.text, earlier?.text)
    cachedShare = asked > 0 ? min(max(hits / asked, 0), 1) : nil
  }

  /// Models whose answers were counted, in the order of their names.
  private static func models(in text: String) -> [String] {
    let names = PrometheusSample.all(in: text).compactMap { sample in
      answers.contains { sample.name == "\($0)_count" } && sample.value > 0
        ? sample.label("model_name").map(String.init) : nil
    }
    return Set(names).sorted()
  }

  /// What a counter has more than it had before, all label sets together.
  private static func counted(_ name: String, _ later: String, _ earlier: String?) -> Double {
    func total(_ text: String) -> Double {
      PrometheusSample.all(in: text).reduce(0) { sum, sample in
        [name, "\(name)_total"].contains(String(sample.name)) ? sum + sample.value : sum
      }
    }
    return total(later) - (earlier.map(total) ?? 0)
  }
}
