internal import Diagnostics
internal import Units

/// The counts of one metric in the text that Prometheus scrapes, all its label sets together.
///
/// What no server can have counted is refused with its line: a count below zero, a bucket with
/// fewer than the one below it, bounds that do not rise, a count that is not that of the last
/// bucket, a sum that the buckets leave no room for, a metric without its sum or its last bucket.
struct ScrapedHistogram {
  /// Cumulative counts by upper bound.
  private var cumulative: [Double: Double] = [:]
  private var sum = 0.0
  private(set) var count = 0.0
  private let name: String
  private let file: String

  /// - Throws: `InvalidInput` for text without any of the metrics, and for counts that cannot be.
  init(of names: [String], in scrape: (file: String, text: String)) throws {
    file = scrape.file
    var (found, hasSum, hasCount) = (names[0], false, false)
    var last: (sample: PrometheusSample, set: Substring, bound: Double)?
    for sample in PrometheusSample.all(in: scrape.text) {
      guard let name = names.first(where: { sample.name.hasPrefix($0 + "_") }) else { continue }
      let part = sample.name.dropFirst(name.count + 1)
      guard ["sum", "count", "bucket"].contains(part) else { continue }
      found = name
      guard sample.value >= 0 else {
        throw Self.wrong(file, sample, "a count is below zero: \(NumberText.typed(sample.value))")
      }
      switch part {
      case "sum": (sum, hasSum) = (sum + sample.value, true)
      case "count": (count, hasCount) = (count + sample.value, true)
      default:
        let bound = try Self.bound(of: sample, file)
        try Self.check(sample, bound, behind: last, file)
        last = (sample, Self.set(of: sample), bound)
        cumulative[bound, default: 0] += sample.value
      }
    }
    name = found
    guard !cumulative.isEmpty else { throw Self.missing(names, file) }
    guard let all = cumulative[.infinity] else {
      throw wrong("`\(name)_bucket` has no `le=\"+Inf\"`, which counts all")
    }
    if !hasCount { count = all }
    guard hasSum else { throw wrong("`\(name)_sum` is missing, which says how long all were") }
    guard count == all else {
      throw wrong(
        "`\(name)_count` is \(NumberText.typed(count)), and the last bucket has "
          + NumberText.typed(all))
    }
    try checkSum()
  }

  /// - Throws: `InvalidInput` where fewer were counted than before.
  mutating func subtract(_ earlier: ScrapedHistogram) throws {
    guard earlier.count <= count, earlier.sum <= sum,
      earlier.cumulative.allSatisfy({ cumulative[$0.key, default: 0] >= $0.value })
    else {
      throw InvalidInput(
        Diagnostic(
          code: "metrics/restarted",
          "`\(name)` has counted less than before: \(NumberText.typed(count)) requests after "
            + NumberText.typed(earlier.count),
          at: SourceLocation(file: file), notes: ["before: \(earlier.file)"],
          hint: "the server began anew, or the files are swapped: give the later one last, or alone"
        ))
    }
    for (bound, count) in earlier.cumulative { cumulative[bound, default: 0] -= count }
    sum -= earlier.sum
    count -= earlier.count
  }

  /// Each bucket as one length (`ScrapedLoad`).
  var distribution: String {
    let buckets = buckets
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

  /// Those that anything was counted in.
  private var buckets: [(low: Double, high: Double, share: Double)] {
    var buckets: [(low: Double, high: Double, share: Double)] = []
    var (low, before) = (0.0, 0.0)
    for (bound, total) in cumulative.sorted(by: { $0.key < $1.key }) {
      // Beyond the last bound nothing says how far.
      let high = bound.isFinite ? bound : 2 * low
      if total > before { buckets.append((low, high, (total - before) / count)) }
      (low, before) = (bound, max(total, before))
    }
    return buckets
  }

  // MARK: What cannot be

  /// Whether the mean that the sum says is one that the buckets leave.
  private func checkSum() throws {
    guard count > 0 else { return }
    let buckets = buckets
    let least = buckets.map { $0.share * $0.low }.reduce(0, +)
    // What is beyond the last bound may be as long as it likes.
    let isOpen = !cumulative.contains { $0.key.isFinite && $0.value == count }
    let most = isOpen ? Double.infinity : buckets.map { $0.share * $0.high }.reduce(0, +)
    let mean = sum / count
    guard mean >= least * (1 - 1e-9), mean <= most * (1 + 1e-9) else {
      throw wrong(
        "`\(name)_sum` says a mean of \(NumberText.significant(mean)), and the buckets "
          + "leave \(NumberText.significant(least))"
          + (isOpen ? " and more" : " to \(NumberText.significant(most))"))
    }
  }

  private static func bound(of sample: PrometheusSample, _ file: String) throws -> Double {
    let label = sample.label("le") ?? ""
    if label == "+Inf" { return .infinity }
    guard let bound = Double(label), bound.isFinite, bound >= 0 else {
      throw wrong(
        file, sample, "a bucket has no bound `le` of tokens: \(label.isEmpty ? "none" : label)")
    }
    return bound
  }

  /// What makes one histogram of several lines: all labels but the bound.
  private static func set(of sample: PrometheusSample) -> Substring {
    sample.labels.firstRange(of: "le=\"").map { sample.labels[..<$0.lowerBound] } ?? sample.labels
  }

  /// Buckets of one label set stand in the order of their bounds, each with all that are below.
  private static func check(
    _ sample: PrometheusSample, _ bound: Double,
    behind last: (sample: PrometheusSample, set: Substring, bound: Double)?, _ file: String
  ) throws {
    guard let last, last.sample.name == sample.name, last.set == set(of: sample),
      last.bound.isFinite
    else { return }
    guard bound > last.bound else {
      throw wrong(
        file, sample,
        "the bounds of the buckets do not rise: \(NumberText.typed(bound)) after "
          + NumberText.typed(last.bound))
    }
    guard sample.value >= last.sample.value else {
      throw wrong(
        file, sample,
        "a bucket has fewer than the one below it: \(NumberText.typed(sample.value)) after "
          + NumberText.typed(last.sample.value))
    }
  }

  private static func missing(_ names: [String], _ file: String) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "metrics/no-histogram",
        "no histogram of lengths: `\(names.joined(separator: "` or `"))`",
        at: SourceLocation(file: file),
        hint: "scrape the server itself: `curl http://HOST:8000/metrics > metrics.txt`"))
  }

  private func wrong(_ message: String) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "metrics/histogram", message, at: SourceLocation(file: file), hint: Self.hint))
  }

  private static func wrong(
    _ file: String, _ sample: PrometheusSample, _ message: String
  ) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "metrics/histogram", message, at: SourceLocation(file: file, line: sample.line),
        hint: hint))
  }

  private static let hint =
    "take the text as the server gave it: `curl http://HOST:8000/metrics > metrics.txt`"
}
