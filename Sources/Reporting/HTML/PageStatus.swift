/// How sure a figure is, as a word in a frame; its color says nothing that the word does not.
enum PageStatus {
  private static let known = ["measured", "datasheet", "fitted", "estimated", "assumed"]

  static func badge(_ status: String) -> Markup {
    let kind = known.contains(status) ? status : "assumed"
    return "<span class=\"status \(kind)\">\(status)</span>"
  }

  /// Below a figure that stands among many.
  static func quiet(_ status: String) -> Markup {
    "<p class=\"rests\">weakest: \(status)</p>"
  }
}
