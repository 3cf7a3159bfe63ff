/// A question that has no answer, with the reason in a person's words: what is asked, the numbers
/// that rule it out, and what to change.
///
/// It takes the place of a number that would not be one.
package struct Impossibility: Error, Equatable, Sendable {
  /// What cannot be: lower case, no full stop, the value last after a colon.
  package var reason: String
  package var notes: [String]
  package var hint: String?

  package init(_ reason: String, notes: [String] = [], hint: String? = nil) {
    self.reason = reason
    self.notes = notes
    self.hint = hint
  }
}
