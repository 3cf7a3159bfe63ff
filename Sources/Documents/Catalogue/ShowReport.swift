/// One thing of the catalogues: a few facts about it, then every figure with its provenance.
package struct ShowReport: ReportDocument {
  package struct Fact: Encodable, Sendable {
    package var name: String
    package var value: String
  }

  package struct Figure: Encodable, Sendable {
    package var path: String
    package var value: String
    package var range: String?
    package var date: String?
    package var status: String
    /// The key under `sources`.
    package var source: String
    package var note: String?
  }

  package struct Source: Encodable, Sendable {
    package var id: String
    package var citation: String
  }

  package var schema = ReportSchema(name: "windtunnel/show", version: 1)
  package var command = "show"
  package var kind: String
  package var name: String
  package var title: String
  package var facts: [Fact]
  package var figures: [Figure]
  package var sources: [Source]
  /// The file itself, for what is shown as written.
  package var contents: String?
  /// The profile as it is written, which is its own YAML.
  package var profile: String?

  private enum CodingKeys: String, CodingKey {
    case schema, command, kind, name, title, facts, figures, sources, contents
  }
}
