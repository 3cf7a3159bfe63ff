package import ModelArchitecture

/// FLOPs that a model does for its tokens on any machine, as papers count them.
///
///     prefill of new tokens after prior ones = new · 2 N + sum over layers of F · pairs
///     decode of new tokens after prior ones  = new · 2 N + sum over layers of f · pairs
///
/// - N: parameters that work on a token: experts that are not chosen and the input table do not
/// - F, f [FLOP]: of a pair of query and key, prefill and decode apart (`AttentionKernel`)
/// - pairs: each token with those it sees, itself included; fewer with a window
///
/// What an engine does beyond that - padded batches, wrong guesses, tokens computed again - is not
/// in it. The output head counts for prompt tokens too, although engines compute it for the last.
/// Source: Kaplan et al. 2020, arXiv:2001.08361, section 2.1; latent attention as in
/// `AttentionKernel`.
/// Check: DeepSeek-V3, a token decoded at a context of 4,989: 2 N = 73.4e9 and 61 · 278,528 · 4,989
/// = 84.8e9 FLOPs (`TokenWorkTests.latentAttentionOutweighsTheParameters`).
package struct TokenWork: Sendable {
  /// N.
  package let activeParameters: Double
  private let attention: [(layers: Double, kernel: AttentionKernel)]
  private let recurrenceFLOPsPerToken: Double

  package init(_ architecture: Architecture, activeParameters stated: Double? = nil) {
    activeParameters =
      stated ?? Double(architecture.parameterCount.activeWithoutInputTable)
    var attention: [(layers: Double, kernel: AttentionKernel)] = []
    var recurrence = 0.0
    for group in architecture.groups {
      let layers = Double(group.count)
      attention += AttentionKernel.kernels(of: group.mixer, ranks: 1, cache: .bf16)
        .map { (layers, $0) }
      if case .recurrent(let mixer) = group.mixer {
        recurrence += layers * Double(mixer.layer.recurrenceFLOPsPerToken)
      }
    }
    self.attention = attention
    recurrenceFLOPsPerToken = recurrence
  }

  /// 2 N.
  package var parameterFLOPsPerToken: Double { 2 * activeParameters }

  /// Beside 2 N, of all the new tokens together.
  package func prefillAttention(new: Int, prior: Int) -> Double {
    attention.reduce(Double(new) * recurrenceFLOPsPerToken) { sum, item in
      let pairs = item.kernel.pairs(prior: prior, new: new)
      return sum + item.layers * item.kernel.prefillFLOPsPerPair * pairs
    }
  }

  /// FLOPs of attention and recurrence beside 2 N, of all tokens that are generated one after the
  /// other.
  package func decodeAttention(new: Int, prior: Int) -> Double {
    attention.reduce(Double(new) * recurrenceFLOPsPerToken) { sum, item in
      let pairs = item.kernel.visibility.visiblePairs(prior: prior, new: new)
      return sum + item.layers * item.kernel.decodeFLOPsPerContextToken * pairs
    }
  }
}
