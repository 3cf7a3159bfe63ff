package import Documents
package import Rendering

extension CheckReport: Report {
  package var page: Page {
    Page(title: "Files without a problem", kind: "windtunnel check", isBare: true) {
      Section {
        Part.table(
          Table(
            "Files", ["", "", ""],
            rows: files.map { ["ok", .words($0.file), .words($0.words)] }))
      }
    }
  }
}

extension CheckReport.File {
  fileprivate var words: String { kind == "prices" ? "prices of \(name)" : "\(kind) \(name)" }
}
