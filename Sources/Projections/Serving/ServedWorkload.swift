package import Diagnostics

/// One of the runs that a projection takes its serving figures from.
package struct ServedWorkload: Equatable, Sendable {
  package var name: String
  package var scenario: String
  /// Keys of the scenario that the projection changes.
  package var overrides: [ConfigOverride]
  /// The part of the demand's tokens that is served so, against the parts of the other workloads.
  package var share: Double
  package var location: SourceLocation
  package var path: String
}

extension [(share: Double, figures: ServingFigures)] {
  /// What a day of a mix takes when its tokens are divided over the workloads.
  package func effort(of mix: TokenMix, attention: Bool) -> Effort {
    let shares = reduce(0) { $0 + $1.share }
    return reduce(Effort.none) { sum, item in
      sum + item.figures.effort(of: mix * (item.share / shares), attention: attention)
    }
  }
}
