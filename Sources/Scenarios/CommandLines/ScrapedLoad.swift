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
    func histogram(_ names: [String]) throws -> Histogram {
      var found = try Histogram(of: names, in: later)
      if let earlier { found.subtract(try Histogram(of: names, in: earlier)) }
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

  /// The counts of one metric, all its label sets together.
  private struct Histogram {
    /// Cumulative counts by upper bound.
    private var cumulative: [Double: Double] = [:]
    private var sum = 0.0
    private(set) var count = 0.0

    init(of names: [String], in scrape: (file: String, text: String)) throws {
      for sample in PrometheusSample.all(in: scrape.text) {
        guard let name = names.first(where: { sample.name.hasPrefix($0 + "_") }) else { continue }
        switch sample.name.dropFirst(name.count + 1) {
        case "sum": sum += sample.value
        case "count": count += sample.value
        case "bucket":
          if let bound = sample.label("le").flatMap(Self.bound) {
            cumulative[bound, default: 0] += sample.value
          }
        default: break
        }
      }
      guard !cumulative.isEmpty else {
        throw InvalidInput(
          Diagnostic(
            code: "metrics/no-histogram",
            "no histogram of lengths: `\(names.joined(separator: "` or `"))`",
            at: SourceLocation(file: scrape.file),
            hint: "scrape the server itself: `curl http://HOST:8000/metrics > metrics.txt`"))
      }
    }

    private static func bound(_ label: Substring) -> Double? {
      label == "+Inf" ? .infinity : Double(label)
    }

    mutating func subtract(_ earlier: Histogram) {
      for (bound, count) in earlier.cumulative { cumulative[bound, default: 0] -= count }
      sum -= earlier.sum
      count -= earlier.count
    }

    var distribution: String {
      var buckets: [(low: Double, high: Double, share: Double)] = []
      var (low, before) = (0.0, 0.0)
      for (bound, total) in cumulative.sorted(by: { $0.key < $1.key }) {
        // Beyond the last bound nothing says how far.
        let high = bound.isFinite ? bound : 2 * low
        if total > before { buckets.append((low, high, (total - before) / count)) }
        (low, before) = (bound, max(total, before))
      }
      let floor = buckets.map { $0.share * $0.low }.reduce(0, +)
      let room = buckets.map { $0.share * ($0.high - $0.low) }.reduce(0, +)
      let part = room > 0 ? min(max((sum / count - floor) / room, 0), 1) : 1
      let lengths = buckets.map { bucket in
        NumberText.typed(max(1, (bucket.low + part * (bucket.high - bucket.low)).rounded()))
      }
      let weights = buckets.map { NumberText.plain(($0.share * 1e6).rounded() / 1e6) }
      return "{distribution: empirical, lengths: [\(lengths.joined(separator: ", "))], "
        + "weights: [\(weights.joined(separator: ", "))]}"
    }
  }
}
