/// Files without a problem, and what they are.
package struct CheckReport: ReportDocument {
  package struct File: Encodable, Sendable {
    package var file: String
    /// `scenario`, `hardware`, `engine`, `prices`, `projection` or `model`.
    package var kind: String
    /// What it calls itself; of a model its family, of prices the machines.
    package var name: String

    package init(_ file: String, kind: String, name: String) {
      self.file = file
      self.kind = kind
      self.name = name
    }
  }

  package var schema = ReportSchema(name: "windtunnel/check", version: 1)
  package var command = "check"
  package var files: [File]

  package init(_ files: [File]) { self.files = files }
}
