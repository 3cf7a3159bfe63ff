/// A kind of request with its share of the traffic and its lengths.
package struct RequestClass: Equatable, Sendable {
  package var name: String
  /// Weight against the other classes; only the proportions matter.
  package var share: Double
  package var input: LengthDistribution
  /// Thinking tokens before the answer; nil for a model that does not think.
  package var thinking: LengthDistribution?
  /// Answer tokens.
  package var output: LengthDistribution

  package init(
    name: String, share: Double = 1, input: LengthDistribution,
    thinking: LengthDistribution? = nil, output: LengthDistribution
  ) {
    self.name = name
    self.share = share
    self.input = input
    self.thinking = thinking
    self.output = output
  }
}
