/// What agents' conversations took beside their turns.
package struct DetourResults: Encodable, Equatable, Sendable {
  /// Calls that summed a context up.
  package var compactions: Int64 = 0
  /// Calls that read the error of a tool.
  package var toolRetries: Int64 = 0
  /// Prompt tokens that these calls had computed, and tokens that they wrote.
  package var prefilled: Int64 = 0
  package var output: Int64 = 0
  /// Share of the computed prompt tokens and of the written ones of all requests.
  package var prefilledShare = 0.0
  package var outputShare = 0.0

  package init() {}
}
