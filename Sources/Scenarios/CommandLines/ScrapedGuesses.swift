/// How often each guess of a server was right, as it counted them.
///
///     a_i = n_i / n_(i - 1)
///
/// - n_0: drafts, each of so many guesses      - n_i: drafts of which the first i were right
///
/// Source: vLLM, `v1/spec_decode/metrics.py`: `vllm:spec_decode_num_drafts` and
/// `vllm:spec_decode_num_accepted_tokens_per_pos`.
/// Check: 100 drafts, 80 right in the first place and 60 in the second: 0.8, 0.75
/// (`ScrapedGuessesTests.workedExample`).
package enum ScrapedGuesses {
  private static let drafts = "vllm:spec_decode_num_drafts"
  private static let accepted = "vllm:spec_decode_num_accepted_tokens_per_pos"

  /// - Parameters:
  ///   - later: text of a scrape.   - earlier: of one before it, whose counts are taken off.
  /// - Returns: one share for each guess; nil where none was counted.
  package static func acceptance(later: String, earlier: String? = nil) -> [Double]? {
    let (all, before) = (counts(later), earlier.map(counts) ?? [])
    let counted = all.enumerated().map { index, count in
      count - (index < before.count ? before[index] : 0)
    }
    guard counted.count > 1, counted[0] > 0 else { return nil }
    return zip(counted, counted.dropFirst()).prefix(16).map { former, count in
      former > 0 ? min(max(count / former, 0), 1) : 0
    }
  }

  /// Drafts, then those right up to each place; all label sets together.
  private static func counts(_ text: String) -> [Double] {
    var total = 0.0
    var places: [Int: Double] = [:]
    for sample in PrometheusSample.all(in: text) {
      let name = sample.name.hasSuffix("_total") ? sample.name.dropLast(6) : sample.name
      if name == drafts { total += sample.value }
      if name == accepted, let place = sample.label("position").flatMap({ Int($0) }) {
        places[place, default: 0] += sample.value
      }
    }
    return [total] + (0..<places.count).map { places[$0] ?? 0 }
  }
}
