internal import ArgumentParser
internal import Reports

/// Whether the answer alone is wanted, in one line.
struct BriefOption: ParsableArguments {
  @Flag(help: "The answer alone, in one line.")
  var brief = false

  /// - Parameter result: the form that was asked for.
  func check(_ result: ResultOptions) throws {
    if brief, result.format != .table {
      throw ValidationError("'--brief' is a line of text: leave out '--format' or '--brief'")
    }
  }
}
