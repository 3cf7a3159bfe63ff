/// Where in a file something was found; lines and columns count from 1.
package struct SourceLocation: Hashable, Sendable {
  package var file: String
  package var line: Int?
  package var column: Int?

  package init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// One message to a person: what is wrong, where, why with the numbers, and what to type.
///
/// The layout is in `Diagnostic+Text.swift`; the rules for the wording are in CONTRIBUTING.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Sendable { case error, warning, note }

  package var severity: Severity
  /// Stable and short: `scenario/unknown-key`.
  package var code: String
  /// What is wrong: lower case, no full stop, value last after a colon.
  package var message: String
  package var location: SourceLocation?
  /// The key path the message is about, as it would be given to `--set`.
  package var path: String?
  package var notes: [String]
  package var hint: String?

  package init(
    _ severity: Severity = .error, code: String, _ message: String,
    at location: SourceLocation? = nil, path: String? = nil, notes: [String] = [],
    hint: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.location = location
    self.path = path
    self.notes = notes
    self.hint = hint
  }
}

/// Everything that was wrong with an input, in file order.
package struct InvalidInput: Error, Equatable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  package init(_ diagnostic: Diagnostic) { self.init([diagnostic]) }
}

/// A file could not be read or written: the machine's fault, not the input's.
package struct FileFailure: Error, Equatable {
  package var diagnostic: Diagnostic

  package init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}
