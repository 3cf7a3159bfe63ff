internal import ModelArchitecture

/// How much of a sequence's context one kind of layer reads at a decode step.
package enum ContextVisibility: Hashable, Sendable {
  case full
  /// The last `tokens` tokens.
  case sliding(tokens: Int)
  /// The tokens since the last multiple of `tokens`.
  case chunked(tokens: Int)

  init(_ window: AttentionWindow?) {
    switch window {
    case nil: self = .full
    case .sliding(let tokens): self = .sliding(tokens: tokens)
    case .chunked(let tokens): self = .chunked(tokens: tokens)
    }
  }

  /// Tokens read by the query at a position (from 1), itself included.
  @inline(__always)
  package func visible(at context: Int) -> Int {
    switch self {
    case .full: context
    case .sliding(let tokens): min(context, tokens)
    case .chunked(let tokens): (context - 1) % tokens + 1
    }
  }

  /// The sum of `visible(at:)` over the positions prior + 1 ... prior + new.
  ///
  /// - full:     new · prior + new (new + 1) / 2
  /// - sliding:  the same up to the window, then the window for every further position
  /// - chunked:  triangles, restarted at every multiple of the chunk
  func visiblePairs(prior: Int, new: Int) -> Double {
    func triangle(_ n: Int) -> Double { Double(n) * Double(n + 1) / 2 }
    switch self {
    case .full:
      return triangle(prior + new) - triangle(prior)
    case .sliding(let tokens):
      let growing = max(0, min(prior + new, tokens) - prior)
      return triangle(prior + growing) - triangle(prior) + Double(new - growing) * Double(tokens)
    case .chunked(let tokens):
      func upTo(_ n: Int) -> Double {
        Double(n / tokens) * triangle(tokens) + triangle(n % tokens)
      }
      return upTo(prior + new) - upTo(prior)
    }
  }

  /// Pairs of tokens that see each other in a text that is read as a whole, each with itself too:
  ///
  ///     full:    n²
  ///     sliding: n + 2 (h n - h (h + 1) / 2)          h = min(w / 2, n - 1)
  ///     chunked: the square of each chunk
  ///
  /// - n: tokens of the text      - w: width of a window, half of it to either side
  ///
  /// Source: Warner et al., "ModernBERT", 2024, arXiv:2412.13663, section 2.1.2.
  /// Check: 512 tokens have 262,144 pairs; with a window of 128, 61,888
  /// (`EncoderCostTests.pairsOfATextThatIsReadAsAWhole`).
  func pairsBothWays(of tokens: Int) -> Double {
    let n = Double(tokens)
    switch self {
    case .full: return n * n
    case .sliding(let width):
      let half = Double(max(0, min(width / 2, tokens - 1)))
      return n + 2 * (half * n - half * (half + 1) / 2)
    case .chunked(let width):
      let (chunks, rest) = tokens.quotientAndRemainder(dividingBy: width)
      return Double(chunks) * Double(width) * Double(width) + Double(rest) * Double(rest)
    }
  }
}
