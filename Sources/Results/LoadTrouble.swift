/// What must be said of a load before anything else: that figures are those of a backlog.
package struct LoadTrouble: Hashable, Sendable {
  package let words: String
  /// What there is no more of.
  package let cause: String?

  /// The trouble of a whole load or, where that is served, of its busiest time; nil where both are
  /// served.
  package init?(of whole: LoadResults?, peak: LoadResults?) {
    if let whole, let trouble = whole.trouble {
      (words, cause) = (trouble, whole.cause)
    } else if let peak, let trouble = peak.trouble {
      (words, cause) = ("at the highest rate, \(trouble)", peak.cause)
    } else {
      return nil
    }
  }
}
