package import Diagnostics

/// Where a value of a scenario stands, so that what is found wrong with it later can say so.
package struct Place: Equatable, Sendable {
  package var location: SourceLocation
  package var path: String

  package init(location: SourceLocation, path: String) {
    self.location = location
    self.path = path
  }

  /// The error's diagnostics, those without a place put here.
  package func adopt(_ error: InvalidInput) -> InvalidInput {
    InvalidInput(
      error.diagnostics.map { diagnostic in
        guard diagnostic.location == nil else { return diagnostic }
        var placed = diagnostic
        placed.location = location
        placed.path = path
        return placed
      })
  }
}
