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
  }

  @Option(help: "Form of the result.")
  var format = Format.table

  @OptionGroup var place: OutputOptions

  /// Checked before the work, so that nobody waits an hour for a folder that is not there.
  ///
  /// - Throws: `FileFailure` when a file cannot be put there.
  func destination() throws -> Destination {
    Destination(format: format, place: try place.destination())
  }

  /// - Throws: `CommandLineMisuse` when the result would replace one of the files it is made of.
  func checkOutput(apartFrom inputs: [String]) throws {
    try place.checkOutput(apartFrom: inputs)
  }

  struct Destination {
    fileprivate let format: Format
    fileprivate let place: OutputOptions.Destination

    func put(_ report: some RenderedReport) throws {
      switch format {
      case .table: try place.put(report.table(place.style))
      case .json: try place.put(try report.json())
      case .csv: try place.put(report.csv)
      case .markdown: try place.put(report.markdown)
      }
    }
  }
}
