package import Units

/// One number of a profile, with its unit, its provenance and, where known, how far it may be off.
///
///     bandwidth:
///       {value: 4.8 TB/s, status: datasheet, source: nvidia-h200, range: [4.5 TB/s, 4.8 TB/s]}
///
/// reads as `value` 4.8e12, `low` 4.5e12, `high` 4.8e12, `dimension` `.bytesPerSecond`.
package struct Figure: Hashable, Sendable {
  /// In the dimension's base unit: bytes, seconds, watts, FLOP/s ...
  package var value: Double
  package var dimension: Dimension
  /// The value as it is written in the profile: `4.8 TB/s`.
  package var text: String
  package var provenance: Provenance
  /// Ends of the range the true value is thought to lie in; both or none.
  package var low: Double?
  package var high: Double?

  package var status: Status { provenance.status }
  package var source: String { provenance.source }
  package var citation: String { provenance.citation }
  package var date: String? { provenance.date }
  package var note: String? { provenance.note }
}
