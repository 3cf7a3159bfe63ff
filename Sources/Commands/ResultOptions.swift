internal import ArgumentParser
internal import Rendering
internal import Reports

/// In which form a result is written, and where to.
struct ResultOptions: ParsableArguments {
  @Option(help: "Form of the result.")
  var format = ReportForm.table

  @OptionGroup var place: OutputOptions

  /// Checked before the work, so that nobody waits an hour for a folder that is not there.
  ///
  /// - Throws: `FileFailure` when a file cannot be put there.
  func destination() throws -> Destination {
    Destination(form: format, place: try place.destination())
  }

  /// - Throws: `CommandLineMisuse` when the result would replace one of the files it is made of.
  func checkOutput(apartFrom inputs: [String]) throws {
    try place.checkOutput(apartFrom: inputs)
  }

  struct Destination {
    let form: ReportForm
    let place: OutputOptions.Destination

    /// Whether what only pictures show is worth its while.
    var isPage: Bool { form == .html }

    func put(_ report: some Report) throws {
      try place.put(try report.text(form, place.style))
    }
  }
}

extension ReportForm: ExpressibleByArgument {}
