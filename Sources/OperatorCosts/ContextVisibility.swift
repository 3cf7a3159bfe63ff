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
}
