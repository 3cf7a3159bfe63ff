/// How a figure came to be known, the firmest first.
///
/// `<` reads "is less weak than": `.measured < .assumed`. A result is as weak as the weakest figure
/// it rests on.
package enum Status: String, CaseIterable, Comparable, Sendable {
  /// Somebody ran it and published the number.
  case measured
  /// The vendor states it.
  case datasheet
  /// A curve through measured points.
  case fitted
  /// Derived from something related: an older machine, a teardown, an analyst's model.
  case estimated
  /// Chosen because nothing is known.
  case assumed

  private var weakness: Int {
    switch self {
    case .measured: 0
    case .datasheet: 1
    case .fitted: 2
    case .estimated: 3
    case .assumed: 4
    }
  }

  package static func < (left: Status, right: Status) -> Bool { left.weakness < right.weakness }

  /// The weakest of several, or nil of none.
  package static func weakest(_ statuses: some Sequence<Status>) -> Status? { statuses.max() }

  package static func weakest(_ first: Status, _ others: Status...) -> Status {
    others.reduce(first, max)
  }
}

/// Where a figure comes from.
///
/// Kept once for all copies of its figure: a profile has dozens of figures, and copying their texts
/// in everything that holds a profile takes a lot of code.
package final class Provenance: Hashable, Sendable {
  package let status: Status
  /// The key under `sources`.
  package let source: String
  /// What stands there: title, publisher, date or address.
  package let citation: String
  /// The day, month or year that a figure which changes holds for: `2026-07`.
  package let date: String?
  package let note: String?

  package init(
    status: Status, source: String, citation: String, date: String? = nil, note: String? = nil
  ) {
    self.status = status
    self.source = source
    self.citation = citation
    self.date = date
    self.note = note
  }

  package static func == (left: Provenance, right: Provenance) -> Bool {
    left === right
      || (left.status, left.source, left.citation) == (right.status, right.source, right.citation)
        && (left.date, left.note) == (right.date, right.note)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(status)
    hasher.combine(source)
    hasher.combine(citation)
    hasher.combine(date)
    hasher.combine(note)
  }
}
