/// Parameters of one part of a model, with the matrices apart from the rest.
///
/// Only matrices are quantized and only they weigh anything in a sum of billions, but exact totals
/// need both.
package struct ParameterTally: Equatable, Sendable {
  package var matrices: Int
  /// Norms, biases, sinks, and one-number-a-head or one-column parameters.
  package var vectors: Int

  package init(matrices: Int = 0, vectors: Int = 0) {
    self.matrices = matrices
    self.vectors = vectors
  }

  init(_ projections: [Projection], vectors: Int = 0) {
    self.init(matrices: projections.reduce(0) { $0 + $1.parameters }, vectors: vectors)
  }

  package var total: Int { matrices + vectors }

  package static func + (left: Self, right: Self) -> Self {
    Self(matrices: left.matrices + right.matrices, vectors: left.vectors + right.vectors)
  }

  package static func * (count: Int, tally: Self) -> Self {
    Self(matrices: count * tally.matrices, vectors: count * tally.vectors)
  }
}
