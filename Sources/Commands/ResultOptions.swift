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
  func destination(_ answer: BriefOption? = nil) throws -> Destination {
    try answer?.check(self)
    return Destination(
      form: format, isBrief: answer?.brief ?? false, place: try place.destination())
  }

  /// - Throws: `CommandLineMisuse` when the result would replace one of the files it is made of.
  func checkOutput(apartFrom inputs: [String]) throws {
    try place.checkOutput(apartFrom: inputs)
  }

  struct Destination {
    let form: ReportForm
    var isBrief = false
    let place: OutputOptions.Destination

    /// Whether what only pictures show is worth its while.
    var isPage: Bool { form == .html }

    /// What has one form.
    func put(text: String) throws { try place.put(text) }

    func put(_ report: some Report) throws {
      try place.put(isBrief ? report.line + "\n" : report.text(form, place.style))
    }
  }
}

extension ReportForm: ExpressibleByArgument {}
