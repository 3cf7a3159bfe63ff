/// A result as other programs read it: JSON, YAML and rows are made of its tree.
package protocol ReportDocument: Encodable, Sendable {
  func tree() throws -> DocumentValue
}

extension ReportDocument {
  package func tree() throws -> DocumentValue { try DocumentEncoder.tree(of: self) }
  package func json() throws -> String { try tree().json }
}

/// Name and version of a document's layout. The version changes when a key goes or changes meaning.
package struct ReportSchema: Encodable, Equatable, Sendable {
  package var name: String
  package var version: Int
}
