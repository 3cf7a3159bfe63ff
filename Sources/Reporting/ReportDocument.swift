internal import FoundationEssentials

/// A result as other programs read it: every renderer takes one, and the JSON is its plain
/// encoding.
package protocol ReportDocument: Codable, Sendable {}

extension ReportDocument {
  /// The document as JSON with sorted keys and a final newline: the same bytes for the same result.
  package func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}

/// Name and version of a document's layout. The version changes when a key goes or changes meaning.
package struct ReportSchema: Codable, Equatable, Sendable {
  package var name: String
  package var version: Int
}
