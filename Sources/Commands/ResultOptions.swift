internal import ArgumentParser
internal import Diagnostics
internal import Reporting

/// In which form a result is written, and where to.
struct ResultOptions: ParsableArguments {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case json
    case csv
    case markdown
    case html
  }

  @Option(help: "Form of the result.")
  var format = Format.table

  @OptionGroup var place: OutputOptions

  /// Checked before the work, so that nobody waits an hour for a folder that is not there.
  ///
  /// - Parameter hasPage: whether the command's result has a page of HTML.
  /// - Throws: `FileFailure` when a file cannot be put there, `CommandLineMisuse` for a form that
  ///   the result does not have.
  func destination(hasPage: Bool = false) throws -> Destination {
    guard format != .html || hasPage else {
      throw CommandLineMisuse(
        Diagnostic(
          code: "command/no-page", "this result has no page of HTML",
          at: SourceLocation(file: "--format html"), hint: "use `--format table` or `json`"))
    }
    return Destination(format: format, place: try place.destination())
  }

  /// - Throws: `CommandLineMisuse` when the result would replace one of the files it is made of.
  func checkOutput(apartFrom inputs: [String]) throws {
    try place.checkOutput(apartFrom: inputs)
  }

  struct Destination {
    fileprivate let format: Format
    fileprivate let place: OutputOptions.Destination

    /// Whether what only a page shows is worth its while.
    var isPage: Bool { format == .html }

    func put(
      _ report: some RenderedReport,
      page: () throws -> String = { preconditionFailure("asked for without `hasPage`") }
    ) throws {
      switch format {
      case .table: try place.put(report.table(place.style))
      case .json: try place.put(try report.json())
      case .csv: try place.put(report.csv)
      case .markdown: try place.put(report.markdown)
      case .html: try place.put(try page())
      }
    }
  }
}
