/// What a layer does to each token alone.
package enum FeedForward: Equatable, Sendable {
  case dense(DenseFeedForward)
  case experts(MixtureOfExperts)
}

package struct DenseFeedForward: Equatable, Sendable {
  package var inner: Int
  /// Gate, up and down (SwiGLU) instead of up and down alone.
  package var isGated: Bool
  package var hasBias: Bool
  /// Parameters that are no matrices, beside the biases.
  package var extraVectors = 0

  package init(inner: Int, isGated: Bool = true, hasBias: Bool = false) {
    self.inner = inner
    self.isGated = isGated
    self.hasBias = hasBias
  }

  package func projections(hiddenSize: Int) -> [Projection] {
    let up = Projection("up", hiddenSize, inner)
    let down = Projection("down", inner, hiddenSize, cut: .rows)
    return isGated ? [Projection("gate", hiddenSize, inner), up, down] : [up, down]
  }

  func vectorParameters(hiddenSize: Int) -> Int {
    (hasBias ? (isGated ? 2 * inner : inner) + hiddenSize : 0) + extraVectors
  }
}

/// A router that sends each token to `topK` of `experts` feed-forwards, beside the shared ones.
package struct MixtureOfExperts: Equatable, Sendable {
  package var experts: Int
  package var topK: Int
  package var inner: Int
  package var isGated: Bool
  package var sharedIsGated: Bool
  package var sharedExperts: Int
  /// Inner width of all shared experts together; 0 when there are none.
  package var sharedInner: Int
  /// A sigmoid gate on the shared output, one column wide (Qwen3-Next, Qwen3.5).
  package var hasSharedGate: Bool
  /// Biases inside the experts (gpt-oss).
  package var hasBias: Bool
  /// One number an expert, added to the router's output or to the score that ranks the experts.
  package var hasRouterBias: Bool
  package var routerOutputs: Int
  /// Width that the routed experts work in, when it is not the model's: tokens are projected down
  /// to it before they are sent and up after they are summed (Nemotron-3 Super, Kimi-K3).
  package var latentWidth: Int?
  /// Biases inside the shared experts, which may have them where the routed ones do not.
  package var sharedHasBias = false
  /// Matrices beside router and experts that every token passes, the latent ones aside.
  package var extraProjections: [Projection] = []
  /// Parameters that are no matrices, beside those named.
  package var extraVectors = 0

  package init(
    experts: Int, topK: Int, inner: Int, isGated: Bool = true, sharedExperts: Int = 0,
    sharedInner: Int = 0, hasSharedGate: Bool = false, hasBias: Bool = false,
    hasRouterBias: Bool = false
  ) {
    self.experts = experts
    self.topK = topK
    self.inner = inner
    self.isGated = isGated
    sharedIsGated = isGated
    self.sharedExperts = sharedExperts
    self.sharedInner = sharedInner
    self.hasSharedGate = hasSharedGate
    self.hasBias = hasBias
    self.hasRouterBias = hasRouterBias
    routerOutputs = experts
  }

  package func router(hiddenSize: Int) -> Projection {
    Projection("router", hiddenSize, routerOutputs)
  }

  /// One routed expert as a feed-forward of its own.
  package var expert: DenseFeedForward {
    DenseFeedForward(inner: inner, isGated: isGated, hasBias: hasBias)
  }

  /// All shared experts as one feed-forward, which is how engines run them.
  package var shared: DenseFeedForward? {
    sharedInner > 0
      ? DenseFeedForward(inner: sharedInner, isGated: sharedIsGated, hasBias: sharedHasBias) : nil
  }

  /// Width of what an expert is given and gives.
  package func expertWidth(hiddenSize: Int) -> Int { latentWidth ?? hiddenSize }

  /// Into the experts' own width and out of it, and what else every token passes.
  package func outerProjections(hiddenSize: Int) -> [Projection] {
    let latent =
      latentWidth.map { width in
        [
          Projection("latent_down", hiddenSize, width, cut: .whole),
          Projection("latent_up", width, hiddenSize, cut: .whole),
        ]
      } ?? []
    return latent + extraProjections
  }
}
