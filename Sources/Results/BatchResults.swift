/// What became of work that nobody waits for: of the windows that opened and closed in the run.
package struct BatchResults: Encodable, Equatable, Sendable {
  package var windows = 0
  /// Requests of a window, and how many of them were answered in the mean, some after it had
  /// closed.
  package var requests = 0
  package var done = 0.0
  /// Share of them that were.
  package var share = 0.0
  /// Windows in which all were, and from their opening to the last answer [s].
  package var finished = 0
  package var finishSeconds: Double?

  package init() {}
}
